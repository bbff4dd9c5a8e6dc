import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { createApp } from './app.ts';
import { StoreRefused } from './event-store/errors.ts';
import { readSettings, WrongSettings } from './settings.ts';

/** Starts the service and keeps it until it is told to stop. */
export async function serve(): Promise<void> {
  endWithLauncher();
  try {
    const settings = readSettings(process.env);
    const app = await createApp(settings);
    await app.listen(settings.port, settings.host);
    const url = await app.getUrl();
    const { dataFolder, eventStore } = settings;
    const ledger = eventStore === 'embedded:' ? dataFolder : eventStore.shown;
    new Logger('Stockpile').log(`Listening on ${url}, ledger in ${ledger}`);
  } catch (error) {
    process.stderr.write(`stockpile: ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

/** Ends in order when the launcher that handed over to this process was killed. */
function endWithLauncher(): void {
  if (process.connected) process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

function reasonOf(error: unknown): string {
  if (error instanceof WrongSettings || error instanceof StoreRefused) return error.message;
  const { code, ...where } = error as { code?: string; address?: string; port?: number };
  const { address = process.env['HOST'], port } = where;
  if (code === 'EADDRINUSE') {
    return `port ${port} of ${address} is in use; stop what uses it or set PORT to another one`;
  }
  if (code === 'EACCES') return `port ${port} of ${address} may not be used; set PORT above 1023`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `${address} is no address of this machine; set HOST to one that is, such as 127.0.0.1`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
