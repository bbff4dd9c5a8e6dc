import { randomBytes } from 'node:crypto';
import { readConnection } from '../../src/event-store/eventstoredb/connection.ts';
import type { TimeLimits } from '../../src/event-store/eventstoredb/calls.ts';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.ts';
import { FakeServer } from './fake-server.ts';

/** Short ones, so that what takes no answer is over soon. */
export const shortLimits: TimeLimits = { callMs: 300, outcomeMs: 1_500, silenceMs: 500 };

/** How many times each fault is brought about; more by `STOCKPILE_TEST_REPEAT=100`. */
export const repeats = Number(process.env['STOCKPILE_TEST_REPEAT'] ?? '1');

export function newLedger(): string {
  return `t${randomBytes(8).toString('hex')}`;
}

/** Opens the adapter on a server of this machine; with two seeds the client discovers. */
export function openOn(
  ports: readonly number[],
  ledger = newLedger(),
  limits?: TimeLimits,
  onWaiting: (why: string) => void = () => undefined,
): Promise<EventStoreDBEventStore> {
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const discovery = 'maxDiscoverAttempts=2&discoveryInterval=20&gossipTimeout=1';
  const connection = readConnection(`esdb://${hosts}/${ledger}?tls=false&${discovery}`);
  return EventStoreDBEventStore.open(connection, onWaiting, limits);
}

/** A server and a store on it, and what has to be stopped in the end. */
export class Stage {
  readonly #cleanups: (() => unknown)[] = [];

  async server(): Promise<FakeServer> {
    const server = new FakeServer();
    await server.start();
    this.#cleanups.push(() => server.kill());
    return server;
  }

  async store(server: FakeServer, ledger?: string): Promise<EventStoreDBEventStore> {
    const store = await openOn([server.port], ledger, shortLimits);
    this.#cleanups.unshift(() => store.close());
    return store;
  }

  onEnd(cleanup: () => unknown): void {
    this.#cleanups.unshift(cleanup);
  }

  async end(): Promise<void> {
    for (const cleanup of this.#cleanups.splice(0)) await cleanup();
  }
}
