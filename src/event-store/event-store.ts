import type { Observable } from 'rxjs';

/**
 * A place in the one order over all events of every stream. Strictly increasing, with gaps
 * (EventStoreDB positions are byte offsets), at most 2^63 − 1. `0n` stands before the first event.
 */
export type Position = bigint;

/** What the caller believes the stream to be: it must always say so; there is no "any". */
export type ExpectedRevision = 'no-stream' | number;

/** An event on its way in: `data` are the exact bytes that are kept, hashed and signed. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Uint8Array;
}

/** An event as stored. `revision` counts within the stream from 0; `position` orders all streams. */
export interface StoredEvent extends NewEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** Where an append landed: the place of each of its events, in order. */
export interface Appended {
  readonly events: readonly StoredEvent[];
}

/**
 * The only truth: streams of events in one order. Every engine passes `event-store.contract.ts`.
 *
 * - `append` resolves only when the events are durable; all of its events or none. It rejects with
 *   `WrongExpectedRevision` (definitely not recorded: someone else wrote first), `StoreUnavailable`
 *   (definitely not recorded), `EventTooLarge`, or `OutcomeUnknown` (it may or may not be recorded;
 *   the identical call may be repeated). Repeating an append whose event ids stand already at that
 *   place answers with the original places and writes nothing.
 * - Appends made one after another, without waiting, to the same stream with following revisions
 *   are decided in the order made.
 * - `readStream` and `readAll` yield at most `limit` events in order; only durable events are seen.
 * - `feed` gives every event after a position, in batches in order, first those there, then those
 *   to come; it never completes, and errors when the log can't be read. The subscriber handles a
 *   batch synchronously; the next one is read after it returns.
 * - `readAll` and `feed` begin at `0n` or behind a position at which an event of the ledger stands:
 *   an engine may refuse any other.
 */
export interface EventStore {
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended>;
  readStream(stream: string, from: number, limit: number): Promise<readonly StoredEvent[]>;
  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]>;
  /** The event at a position, `undefined` when none stands there. */
  at(position: Position): Promise<StoredEvent | undefined>;
  /** Position of the last durable event, `0n` for an empty log. */
  head(): Promise<Position>;
  feed(after: Position): Observable<readonly StoredEvent[]>;
  /** Lets appends under way finish, refuses new ones, and lets go of the store. */
  close(): Promise<void>;
}
