import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { RequestTurns } from '../compliance/request-turns.ts';
import {
  EventTooLarge,
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { decide, type Command } from '../ledger/decide.ts';
import type { DecidedEntry, RecordedEntry } from '../ledger/entry.ts';
import { bookStream, encodeEntry } from '../ledger/event-codec.ts';
import { eventTypeOf } from '../ledger/event-types.ts';
import type { Kind } from '../ledger/kinds.ts';
import type { RunningBook } from '../ledger/running-book.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { limits } from '../limits.ts';
import { BookTail } from './book-tail.ts';
import { refusedProblem, invalidProblem } from './refused.ts';
import { entryIdOf, type WriteRequest } from './write-request.ts';

/** What became of a request to record: one entry, or those of a correction, its own first. */
export type Recorded =
  | {
      readonly outcome: 'recorded' | 'replayed';
      readonly entries: readonly RecordedEntry[];
      /** Where the last of them stands. */
      readonly position: bigint;
    }
  | { readonly outcome: 'would-record'; readonly entries: readonly DecidedEntry[] };

interface OpenBook {
  readonly tail: BookTail;
  /** An append failed: what was sent after it can't be relied on, the truth is to be read back. */
  stale: boolean;
  refreshing: Promise<void> | undefined;
}

/**
 * Records entries: decides each against its State's book, appends it at the exact revision that it
 * was decided at, and answers when it is durable. When another writer came first it decides again.
 */
@Injectable()
export class BookKeeper {
  readonly #books = new Map<string, OpenBook>();
  /** Entries of which nobody knows whether they were recorded: until that is known. */
  readonly #unknown = new Set<string>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
    @Inject(RequestTurns) private readonly turns: RequestTurns,
  ) {}

  /** @throws Problem whenever nothing was recorded, or when that is not known */
  record(asked: { kind: Kind; body: object }, request: WriteRequest): Promise<Recorded> {
    return this.turns.take(entryIdOf(request), () => this.#record(asked, request));
  }

  async #record(asked: { kind: Kind; body: object }, request: WriteRequest): Promise<Recorded> {
    const members = (n: number) => entryIdOf(request, n);
    const command = { ...asked, id: entryIdOf(request), members } as unknown as Command;
    const salt = randomBytes(16).toString('hex');
    const open = this.#open(request.state);
    for (let attempt = 1; attempt <= limits.decideAttemptsMax; attempt++) {
      try {
        if (open.stale || open.refreshing) await this.#refresh(open);
        const recorded = await this.#attempt(command, salt, request, open);
        this.#unknown.delete(command.id);
        return recorded;
      } catch (error) {
        if (error instanceof OutcomeUnknown) this.#unknown.add(command.id);
        if (!(error instanceof WrongExpectedRevision)) {
          throw unrecorded(error, this.#unknown.has(command.id));
        }
        if (attempt > 2) await delay(attempt);
      }
    }
    throw new Problem('busy-book', `Others kept writing to the book of ${request.state}`, {
      retryAfterSeconds: 1,
    });
  }

  async #attempt(
    command: Command,
    salt: string,
    request: WriteRequest,
    open: OpenBook,
  ): Promise<Recorded> {
    const { tail } = open;
    const book = tail.book();
    const before = book.entry(command.id);
    if (before !== undefined) {
      const entries = entriesOf(before.entry, book);
      const position = await this.#positionOf(entries.at(-1)?.id ?? '', request.state, tail);
      if (before.entry.requestHash !== request.requestHash) throw reused(request);
      return { outcome: 'replayed', entries, position };
    }
    if (this.turns.isBound(command.id)) throw reused(request);
    if (request.ifMatch !== undefined && request.ifMatch !== book.revision) {
      await this.#sure(open);
      const detail = `The book of ${request.state} is at revision ${book.revision}, not ${request.ifMatch}`;
      throw new Problem('revision-differs', detail);
    }
    const decision = decide(command, book, this.clock.now());
    if (decision.outcome === 'invalid') throw invalidProblem(decision.faults);
    if (decision.outcome === 'refused') {
      await this.#sure(open);
      throw refusedProblem(decision.refusals);
    }
    const { entries } = decision;
    if (request.dryRun) return { outcome: 'would-record', entries };
    return this.#append(entries, salt, request, open, book.revision);
  }

  async #append(
    decided: readonly DecidedEntry[],
    salt: string,
    request: WriteRequest,
    open: OpenBook,
    revision: number,
  ): Promise<Recorded> {
    const { state } = request;
    const recordedAt = this.clock.stamp(open.tail.lastRecordedAt);
    const provenance = { ...provenanceOf(request), recordedAt, salt };
    const [{ id: first = '' } = {}] = decided;
    const entries = decided.map((entry, n): RecordedEntry => ({
      ...entry,
      ...provenance,
      correlation: request.correlation ?? first,
      causation: n === 0 ? request.causation : first,
      revision: revision + 1 + n,
    }));
    const events = entries.map((entry) => ({
      id: entry.id,
      type: eventTypeOf(entry.kind),
      data: encodeEntry(entry),
    }));
    const expected = revision < 0 ? 'no-stream' : revision;
    const position = this.store
      .append(bookStream(state), expected, events)
      .then(({ events: stored }) => stored.at(-1)?.position ?? 0n);
    for (const entry of entries) open.tail.push({ entry, position });
    try {
      return { outcome: 'recorded', entries, position: await position };
    } catch (error) {
      open.stale = true;
      throw error;
    }
  }

  /** Where an entry stands in the log; waits for one that is on its way there. */
  async #positionOf(id: string, state: string, tail: BookTail): Promise<bigint> {
    const sent = tail.find(id);
    if (sent !== undefined) return sent.position;
    const { journal } = this.journal;
    const recorded = journal.entries.one(journal.stateId(state), id, journal.position);
    if (recorded === undefined) throw new Error(`entry ${id} is neither sent nor recorded`);
    return BigInt(recorded.position);
  }

  /**
   * A refusal may rest on entries that are not durable yet: it is given only when they are. When
   * one of them fails, the command is decided again.
   */
  async #sure({ tail }: OpenBook): Promise<void> {
    try {
      await tail.settled();
    } catch {
      throw new WrongExpectedRevision(bookStream(tail.state), 'no-stream', 'no-stream');
    }
  }

  #open(state: string): OpenBook {
    const known = this.#books.get(state);
    if (known !== undefined) return known;
    const tail = new BookTail(state, () => this.journal.journal);
    const made: OpenBook = { tail, stale: false, refreshing: undefined };
    this.#books.set(state, made);
    return made;
  }

  #refresh(open: OpenBook): Promise<void> {
    open.stale = false;
    open.refreshing ??= open.tail
      .refresh(this.store)
      .catch((error: unknown) => {
        open.stale = true;
        throw error;
      })
      .finally(() => (open.refreshing = undefined));
    return open.refreshing;
  }
}

/** An entry, or with a correction all that it was recorded as. */
function entriesOf(entry: RecordedEntry, book: RunningBook): RecordedEntry[] {
  const members = entry.kind === 'correction' ? entry.found.entries : [];
  return [entry, ...members.flatMap((id) => book.entry(id)?.entry ?? [])];
}

function provenanceOf({ state, actor, idempotencyKey, requestHash }: WriteRequest) {
  return { state, actor, idempotencyKey, requestHash };
}

function reused({ idempotencyKey }: WriteRequest): Problem {
  const detail = `The Idempotency-Key "${idempotencyKey}" was used for another request; take a new one`;
  return new Problem('idempotency-key-reused', detail);
}

/**
 * What an append that did not succeed means to the one who asked. A store that takes nothing now
 * does not say that nothing was recorded before, when the entry was sent already.
 *
 * @param sent an earlier append of the same entry has an unknown outcome
 */
function unrecorded(error: unknown, sent: boolean): unknown {
  if (error instanceof StoreUnavailable && !sent) {
    return new Problem('storage-unavailable', error.message, { retryAfterSeconds: 5 });
  }
  if (error instanceof OutcomeUnknown || error instanceof StoreUnavailable) {
    const detail = `${error.message}. Send the same request with the same Idempotency-Key again`;
    return new Problem('outcome-unknown', detail, { retryAfterSeconds: 2 });
  }
  if (error instanceof EventTooLarge) return new Problem('too-large', error.message);
  return error;
}
