import canonicalize from 'canonicalize';
import { randomBytes } from 'node:crypto';
import { StoreRefused, WrongExpectedRevision } from './errors.ts';
import type { EventStore, NewEvent, StoredEvent } from './event-store.ts';

/** How many events are read at once. */
const pageSize = 500;

/** An event of a small stream, before it is stored: canonical JSON of it and of a salt. */
export interface SmallEvent {
  readonly id: string;
  readonly type: string;
}

/**
 * A small stream that is kept in memory as a whole (keys, catalogue, facts of the treaty): every
 * event of it is given to `take`, in order and once, however it came to be known here.
 */
export class FollowedStream<E extends SmallEvent> {
  readonly #store: EventStore;
  readonly #stream: string;
  readonly #take: (event: E, stored: StoredEvent) => void;
  #revision = -1;
  /** Writers of this process come one after another: they would only get in each other's way. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: EventStore, stream: string, take: (event: E, stored: StoredEvent) => void) {
    this.#store = store;
    this.#stream = stream;
    this.#take = take;
  }

  get isEmpty(): boolean {
    return this.#revision < 0;
  }

  /** Revision of the last event taken, −1 while there is none. */
  get revision(): number {
    return this.#revision;
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
   * Appends what `make` makes of the present state, all of it or nothing; makes it again when
   * another writer came first. Waits for the appends that were asked for before.
   *
   * @throws WrongExpectedRevision when others keep coming first, and what `make` throws
   */
  append(make: () => readonly E[], attemptsMax: number): Promise<void> {
    const done = this.#turn.then(() => this.#append(make, attemptsMax));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #append(make: () => readonly E[], attemptsMax: number): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const events = make().map(written);
      if (events.length === 0) return;
      const expected = this.#revision < 0 ? 'no-stream' : this.#revision;
      try {
        const appended = await this.#store.append(this.#stream, expected, events);
        this.take(appended.events);
        return;
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || attempt >= attemptsMax) throw error;
        await this.catchUp();
      }
    }
  }
}

function written(event: SmallEvent): NewEvent {
  const { id, type } = event;
  const salt = randomBytes(16).toString('hex');
  return { id, type, data: Buffer.from(canonicalize({ ...event, salt }) ?? '', 'utf8') };
}

function cannotTake({ position, stream, type }: StoredEvent, cause: unknown): StoreRefused {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreRefused(
    `the event at position ${position} (${type} in ${stream}) can't be applied: ${why}`,
    { cause },
  );
}
