import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Refused } from '../cli/failure.ts';

/** A service of its own on an empty ledger, which goes when it is stopped. */
export interface ThrowAway {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
  readonly folder: string;
  /** Ends the service and removes its folder. */
  readonly stop: () => Promise<void>;
  /** Lets it run on after this process. */
  readonly release: () => void;
}

const readyWithinMs = 60_000;
const stopWithinMs = 10_000;
const logLines = 20;

/** The program that this file belongs to. */
const program = fileURLToPath(new URL('../../bin/stockpile.js', import.meta.url));

/** Starts a service on an empty ledger in a new folder and waits until it is ready. */
export async function startThrowAway(
  command: readonly string[] = [program, 'serve'],
): Promise<ThrowAway> {
  const folder = await mkdtemp(join(tmpdir(), 'stockpile-demo-'));
  const port = await freePort();
  const key = randomBytes(24).toString('base64url');
  const log = join(folder, 'service.log');
  const output = openSync(log, 'a');
  // Detached, so that a Ctrl-C at the terminal reaches the demo alone, which then stops it.
  const child = spawn(process.execPath, command, {
    detached: true,
    stdio: ['ignore', output, output],
    env: {
      ...withoutSettings(process.env),
      HOST: '127.0.0.1',
      PORT: String(port),
      STOCKPILE_DATA: join(folder, 'data'),
      STOCKPILE_BOOTSTRAP_KEY: key,
    },
  });
  closeSync(output);
  const unguard = guard(child, folder);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
    unguard();
  };
  const release = (): void => {
    unguard();
    child.unref();
  };
  try {
    await ready(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, key, pid: child.pid ?? 0, folder, stop, release };
}

/** Ends the service when this process ends in any way before the demo is over. */
function guard(child: ChildProcess, folder: string): () => void {
  const end = (): void => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const leave = (signal: NodeJS.Signals): never => process.exit(128 + constants.signals[signal]);
  process.once('exit', end).once('SIGINT', leave).once('SIGTERM', leave);
  return () => {
    process.removeListener('exit', end);
    process.removeListener('SIGINT', leave).removeListener('SIGTERM', leave);
  };
}

async function ready(url: string, child: ChildProcess, log: string): Promise<void> {
  let failed: Error | undefined;
  child.once('error', (error) => (failed = error));
  const until = performance.now() + readyWithinMs;
  while (performance.now() < until) {
    if (failed !== undefined || child.exitCode !== null || child.signalCode !== null) {
      const said = (await readFile(log, 'utf8')).trim().split('\n').slice(-logLines).join('\n');
      throw new Refused(`The service did not start.\n${failed?.message ?? said}`);
    }
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Refused(`The service at ${url} was not ready within ${readyWithinMs / 1000} seconds.`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const hurry = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
  await ended;
  clearTimeout(hurry);
}

/** The settings of a service that runs here otherwise are not those of the throw-away one. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('STOCKPILE_')));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
