import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { findMistake } from '../append-request.ts';
import type { AppendRequest } from '../append-request.ts';
import { StoreRefused, StoreUnavailable } from '../errors.ts';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
} from '../event-store.ts';
import { limits } from '../../limits.ts';
import { Calls } from './calls.ts';
import type { TimeLimits } from './calls.ts';
import { ClientOwner } from './client-owner.ts';
import type { Connection } from './connection.ts';
import { feedOf } from './feed.ts';
import { Reading } from './reading.ts';
import { Settling } from './settling.ts';
import { StreamQueue } from './stream-queue.ts';
import type { Asked } from './stream-queue.ts';
import { verdictOf } from './verdict.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const timeLimits: TimeLimits = {
  callMs: limits.clusterCallMs,
  outcomeMs: limits.clusterOutcomeMs,
  silenceMs: limits.clusterSilenceMs,
};

/**
 * The event store of any number of processes: an EventStoreDB or KurrentDB cluster, of which it uses
 * the streams that begin with the ledger's name. Positions are the commit positions of `$all`. As
 * in the embedded engine the bytes given to `append` must not be altered before it settles, and a
 * plain `Error` is a mistake in the program; that an event id stands in another stream already is
 * not noticed here.
 */
export class EventStoreDBEventStore implements EventStore {
  readonly #owner: ClientOwner;
  readonly #calls: Calls;
  readonly #reading: Reading;
  readonly #settling: Settling;
  readonly #queues = new Map<string, StreamQueue>();
  readonly #stop = new AbortController();
  #waiting = 0;
  #waitingBytes = 0;
  #closing: Promise<void> | undefined;

  /**
   * Waits until the server answers, however long, and tells `onWaiting` why it does not.
   *
   * @throws StoreRefused when the server refuses the user, or is too old
   */
  static async open(
    connection: Connection,
    onWaiting: (why: string) => void,
    given: TimeLimits = timeLimits,
  ): Promise<EventStoreDBEventStore> {
    const store = new EventStoreDBEventStore(connection, given);
    for (;;) {
      try {
        await store.head();
        return store;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        const why = `${connection.shown}: ${error.message}`;
        if (verdictOf(error.cause).is === 'denied') throw new StoreRefused(why);
        onWaiting(why);
      }
    }
  }

  private constructor(connection: Connection, given: TimeLimits) {
    this.#owner = new ClientOwner(connection);
    this.#calls = new Calls(this.#owner, given, this.#stop.signal);
    this.#reading = new Reading(this.#calls);
    this.#settling = new Settling(this.#calls, this.#reading);
  }

  /** Why the server does not answer, while it does not; it mends itself. */
  get failure(): Error | undefined {
    return this.#calls.reachability.failure;
  }

  async append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    if (this.#closing !== undefined) throw closed();
    const request = { stream, expected, events };
    const mistake = findMistake(request) ?? findNoUuid(request);
    const bytes = mistake ? 0 : events.reduce((sum, { data }) => sum + data.length, 0);
    const isFull =
      this.#waiting >= limits.commitQueueMax ||
      (this.#waiting > 0 && this.#waitingBytes + bytes > limits.commitQueueBytesMax);
    if (isFull) {
      throw new StoreUnavailable(`${this.#waiting} appends wait already; try again later`);
    }
    this.#waiting += 1;
    this.#waitingBytes += bytes;
    try {
      return await this.#enqueue({ request, mistake, bytes });
    } finally {
      this.#waiting -= 1;
      this.#waitingBytes -= bytes;
    }
  }

  readStream(stream: string, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.#read(() => this.#reading.stream(stream, count(from), count(limit)));
  }

  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.#read(() => this.#reading.all(after, count(limit)));
  }

  at(position: Position): Promise<StoredEvent | undefined> {
    return this.#read(() => this.#reading.at(position));
  }

  head(): Promise<Position> {
    return this.#read(() => this.#reading.head());
  }

  feed(after: Position): Observable<readonly StoredEvent[]> {
    if (this.#closing !== undefined) return throwError(closed);
    return feedOf(this.#calls, this.#reading, after);
  }

  /** Takes as long as the appends under way need for an outcome: that is bounded. */
  close(): Promise<void> {
    this.#closing ??= this.#shut();
    return this.#closing;
  }

  async #shut(): Promise<void> {
    for (const { running } of this.#queues.values()) await running;
    this.#stop.abort();
    await this.#owner.close();
  }

  #enqueue(asked: Asked): Promise<Appended> {
    const { stream } = asked.request;
    const queue = this.#queues.get(stream) ?? new StreamQueue(this.#settling);
    this.#queues.set(stream, queue);
    const appended = queue.append(asked);
    void queue.running?.then(() => {
      if (queue.running === undefined) this.#queues.delete(stream);
    });
    return appended;
  }

  async #read<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (this.#closing !== undefined) throw closed();
    return work();
  }
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('the ledger is closed');
}

function count(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no count`);
  return value;
}

/** The server takes only UUIDs and gives them back in small letters. */
function findNoUuid({ events }: AppendRequest): Error | undefined {
  const wrong = events.find(({ id }) => !uuid.test(id));
  return wrong && new Error(`the id of an event must be a UUID in small letters, not ${wrong.id}`);
}
