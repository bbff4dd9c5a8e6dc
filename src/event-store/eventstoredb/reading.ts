import type { EventStoreDBClient, ResolvedEvent, StreamingRead } from '@eventstore/db-client';
import { StoreUnavailable } from '../errors.ts';
import type { Position, StoredEvent } from '../event-store.ts';
import { backOff } from './calls.ts';
import type { Calls } from './calls.ts';
import { toStoredEvent } from './recorded.ts';
import { isNoPosition, isNotFound, verdictOf } from './verdict.ts';

type Read = (client: EventStoreDBClient) => StreamingRead<ResolvedEvent>;

/** How many events of the whole server are read at once in search of the ledger's own. */
const pageSize = 500;

/** Reads from the leader: others may not know yet what was just acknowledged. */
export class Reading {
  readonly #calls: Calls;
  readonly #prefix: string;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.#prefix = calls.owner.connection.prefix;
  }

  /** @param forMs how long it may be tried; 0 for once. @throws StoreUnavailable */
  async stream(
    name: string,
    from: number,
    limit: number,
    forMs?: number,
  ): Promise<readonly StoredEvent[]> {
    if (limit === 0) return [];
    const options = { ...this.#calls.owner.callOptions, maxCount: limit };
    const events = await this.#read(
      (client) =>
        client.readStream(this.#prefix + name, { ...options, fromRevision: BigInt(from) }),
      isNotFound,
      forMs,
    );
    return this.#ours(events ?? []);
  }

  /** Revision of a stream's last event, −1 for none. @throws StoreUnavailable */
  async lastRevision(name: string, forMs?: number): Promise<number> {
    const back = { direction: 'backwards', fromRevision: 'end', maxCount: 1 } as const;
    const options = { ...this.#calls.owner.callOptions, ...back };
    const events = await this.#read(
      (client) => client.readStream(this.#prefix + name, options),
      isNotFound,
      forMs,
    );
    return this.#ours(events ?? [])[0]?.revision ?? -1;
  }

  /** The ledger's events behind a position of the whole server's log. @throws StoreUnavailable */
  async all(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    let at = after;
    while (found.length < limit) {
      const page = await this.#page(at, pageSize);
      if (page === undefined) throw new RangeError(`no event stands at position ${after}`);
      // A page begins with the event at its position, which is known already.
      const from = at;
      found.push(...this.#ours(page).filter(({ position }) => position > from));
      const last = page.at(-1)?.event?.position?.commit;
      if (page.length < pageSize || last === undefined) break;
      at = last;
    }
    return found.slice(0, limit);
  }

  /** The ledger's event at a position. @throws StoreUnavailable */
  async at(position: Position): Promise<StoredEvent | undefined> {
    const [event] = this.#ours((await this.#page(position, 1)) ?? []);
    return event?.position === position ? event : undefined;
  }

  /** Where the ledger's last event stands, 0 for none. @throws StoreUnavailable */
  async head(): Promise<Position> {
    const options = { ...this.#calls.owner.callOptions, direction: 'backwards' } as const;
    for (let from: bigint | undefined, maxCount = 1; ; maxCount = pageSize) {
      const fromPosition = from === undefined ? 'end' : { commit: from, prepare: from };
      const read: Read = (client) => client.readAll({ ...options, maxCount, fromPosition });
      const page = (await this.#read(read, () => false)) ?? [];
      const [last] = this.#ours(page);
      if (last !== undefined) return last.position;
      if (page.length < maxCount) return 0n;
      from = page.at(-1)?.event?.position?.commit;
    }
  }

  /** Events of everyone from a position on, undefined when none begins there. */
  #page(from: Position, maxCount: number): Promise<readonly ResolvedEvent[] | undefined> {
    const fromPosition = from <= 0n ? 'start' : ({ commit: from, prepare: from } as const);
    const options = { ...this.#calls.owner.callOptions, maxCount };
    return this.#read((client) => client.readAll({ ...options, fromPosition }), isNoPosition);
  }

  #ours(events: readonly ResolvedEvent[]): StoredEvent[] {
    return events.flatMap((event) => toStoredEvent(event, this.#prefix) ?? []);
  }

  /** All that a read brings; undefined when the server says that there is no such place. */
  async #read(
    read: Read,
    isNothing: (error: unknown) => boolean,
    forMs: number = this.#calls.limits.outcomeMs,
  ): Promise<readonly ResolvedEvent[] | undefined> {
    const { reachability } = this.#calls;
    const until = performance.now() + forMs;
    for (let failures = 0; ; failures += 1) {
      try {
        return await this.#calls.once((client) => collect(read(client)));
      } catch (error) {
        if (isNothing(error)) {
          reachability.answered();
          return undefined;
        }
        reachability.failed(error);
        const { is, why } = verdictOf(error);
        if (is === 'denied' || performance.now() >= until) {
          throw new StoreUnavailable(`the event store can't be read: ${why}`, { cause: error });
        }
        await backOff(failures);
      }
    }
  }
}

function collect(stream: StreamingRead<ResolvedEvent>) {
  const events: ResolvedEvent[] = [];
  const answer = new Promise<readonly ResolvedEvent[]>((resolve, reject) => {
    // Stays: an error without a listener, even a second one, would end the process.
    stream.on('error', reject);
    stream.on('data', (event) => events.push(event));
    stream.on('end', () => resolve(events));
    stream.on('close', () => reject(new Error('the read was cut off')));
  });
  const cancel = (): void => {
    // Rejects when the call has never begun.
    stream.cancel().catch(() => undefined);
    stream.destroy();
  };
  return { answer, cancel };
}
