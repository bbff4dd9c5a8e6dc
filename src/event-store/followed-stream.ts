import canonicalize from 'canonicalize';
import { randomBytes } from 'node:crypto';
import { StoreRefused, WrongExpectedRevision } from './errors.ts';
import type { EventStore, StoredEvent } from './event-store.ts';

/** How many events are read at once. */
const pageSize = 500;

/** An event of a small stream, before it is stored: canonical JSON of it and of a salt. */
export interface SmallEvent {
  readonly id: string;
  readonly type: string;
}

/**
 * A small stream that is kept in memory as a whole (keys, catalogue): every event of it is given to
 * `take`, in order and once, however it came to be known here.
 */
export class FollowedStream<E extends SmallEvent> {
  readonly #store: EventStore;
  readonly #stream: string;
  readonly #take: (event: E, stored: StoredEvent) => void;
  #revision = -1;

  constructor(store: EventStore, stream: string, take: (event: E, stored: StoredEvent) => void) {
    this.#store = store;
    this.#stream = stream;
    this.#take = take;
  }

  get isEmpty(): boolean {
    return this.#revision < 0;
  }

  /** Takes what of these events belongs to the stream and is new. @throws StoreRefused */
  take(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (event.stream !== this.#stream || event.revision <= this.#revision) continue;
      try {
        this.#take(JSON.parse(Buffer.from(event.data).toString('utf8')) as E, event);
      } catch (error) {
        throw cannotTake(event, error);
      }
      this.#revision = event.revision;
    }
  }

  /** Reads the stream to its end. @throws StoreRefused */
  async catchUp(): Promise<void> {
    for (;;) {
      const events = await this.#store.readStream(this.#stream, this.#revision + 1, pageSize);
      this.take(events);
      if (events.length < pageSize) return;
    }
  }

  /**
   * Appends what `make` makes of the present state, if anything; makes it again when another
   * writer came first.
   *
   * @throws WrongExpectedRevision when others keep coming first, and what `make` throws
   */
  async append(make: () => E | undefined, attemptsMax: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const event = make();
      if (event === undefined) return;
      const salt = randomBytes(16).toString('hex');
      const data = Buffer.from(canonicalize({ ...event, salt }) ?? '', 'utf8');
      const expected = this.#revision < 0 ? 'no-stream' : this.#revision;
      const { id, type } = event;
      try {
        const { events } = await this.#store.append(this.#stream, expected, [{ id, type, data }]);
        this.take(events);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || attempt >= attemptsMax) throw error;
        await this.catchUp();
      }
    }
  }
}

function cannotTake({ position, stream, type }: StoredEvent, cause: unknown): StoreRefused {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreRefused(
    `the event at position ${position} (${type} in ${stream}) can't be applied: ${why}`,
    { cause },
  );
}
