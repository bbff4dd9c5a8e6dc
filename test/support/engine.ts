import { createHash } from 'node:crypto';

/** The server that tests are to run against, if `npm run test:engine` has found one. */
export const server = process.env['STOCKPILE_TEST_EVENTSTOREDB'] ?? '';

/** Whether tests run on the cluster engine. */
export const isCluster = server.startsWith('esdb');

/** The setting for a service on a folder: a ledger of its own where a server is shared by all. */
export function engineSettings(folder: string): Readonly<Record<string, string>> {
  if (!isCluster) return {};
  const ledger = `t${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`;
  return { STOCKPILE_EVENT_STORE: withLedger(server, ledger) };
}

/** A connection string with the name of a ledger in it. */
export function withLedger(connection: string, ledger: string): string {
  const [address = '', query] = connection.split('?');
  return `${address.replace(/\/$/, '')}/${ledger}${query === undefined ? '' : `?${query}`}`;
}
