import { strict as assert } from 'node:assert';
import type { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '../event-store/event-store.ts';
import { figureOf } from '../ledger/accounts.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import { dayOf, effectiveDateOf } from '../ledger/entry.ts';
import { bookStreamPrefix, decodeEntry } from '../ledger/event-codec.ts';
import { inflowOf } from '../ledger/posting.ts';
import { ClaimRows } from './claim-rows.ts';
import { CountRows } from './count-rows.ts';
import { HoldingRows } from './holding-rows.ts';
import { dayNumber } from './schema.ts';
import { RunningTotals } from './running-totals.ts';

/** An event that the journal can't take: it stops there, and says so. */
export class CannotApply extends Error {
  override readonly name = 'CannotApply';
  readonly position: bigint;
  constructor(event: StoredEvent, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause);
    super(`the event at position ${event.position} (${event.type}) can't be applied: ${why}`);
    this.position = event.position;
  }
}

/** SQLite's result codes that speak of what is written: too big, constraint, mismatch, range. */
const eventCodes = [1, 18, 19, 20, 25];

/** Whether an error speaks of the journal's file, such as a full disk: then it may pass. */
export function isFileTrouble(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && !eventCodes.includes(errcode & 0xff);
}

/** Writes events into the journal's tables: one transaction for a batch, its position included. */
export class JournalWriter {
  readonly #db: DatabaseSync;
  readonly #holdings: HoldingRows;
  readonly #totals: RunningTotals;
  readonly #counts: CountRows;
  readonly #claims: ClaimRows;
  readonly #statements;
  #lastMoment: number;
  /** The correction whose parts were asked for last: they come one after the other. */
  #parts: Parts = none;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#holdings = new HoldingRows(db);
    this.#totals = new RunningTotals(db);
    this.#counts = new CountRows(db, this.#holdings);
    this.#claims = new ClaimRows(db);
    this.#statements = statementsOf(db);
    this.#lastMoment = Number(this.#statements.lastMoment.get()?.['at'] ?? 0);
  }

  /** The latest instant (in milliseconds) at which an event says that it was recorded. */
  get lastMoment(): number {
    return this.#lastMoment;
  }

  /** @throws CannotApply naming the event; nothing of the batch is then applied */
  apply(events: readonly StoredEvent[]): void {
    const last = events.at(-1);
    if (last === undefined) return;
    const lastMoment = this.#lastMoment;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      for (const event of events) this.#applyOne(event);
      this.#totals.flush();
      this.#statements.applied.run(last.position, last.id);
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      this.#lastMoment = lastMoment;
      this.#totals.forget();
      this.#holdings.forget();
      throw error;
    }
  }

  #applyOne(event: StoredEvent): void {
    try {
      const entry = event.stream.startsWith(bookStreamPrefix) ? decodeEntry(event) : undefined;
      const at = entry?.recordedAt ?? recordedAt(event.data);
      this.#lastMoment = Math.max(this.#lastMoment, Date.parse(at));
      if (entry === undefined || this.#completes(entry)) {
        this.#statements.moment.run(event.position, this.#lastMoment);
      }
      if (entry === undefined) return;
      assert.equal(event.stream, bookStreamPrefix + entry.state, 'an entry is in its own book');
      this.#record(event, entry);
    } catch (error) {
      throw isFileTrouble(error) ? error : new CannotApply(event, error);
    }
  }

  /**
   * Whether the log is at a moment with this entry. The parts of a correction are recorded as one:
   * nobody is shown the book in between, however the engine hands them over.
   */
  #completes({ id, kind, causation }: RecordedEntry): boolean {
    if (kind === 'correction') return false;
    const parts = causation === null ? none : this.#partsOf(causation);
    return !parts.all.has(id) || parts.last === id;
  }

  /** The entries that a correction is recorded as, after itself; none when the id is no correction's. */
  #partsOf(id: string): Parts {
    if (this.#parts.of === id) return this.#parts;
    const row = this.#statements.correction.get(id);
    if (row === undefined) return none;
    const correction = decodeEntry(row as unknown as StoredRow);
    assert(correction.kind === 'correction', 'it was selected as one');
    const { entries } = correction.found;
    this.#parts = { of: id, all: new Set(entries), last: entries.at(-1) };
    return this.#parts;
  }

  #record({ position, type, data, revision }: StoredEvent, entry: RecordedEntry): void {
    const { id, state, kind, effective } = entry;
    const stateId = this.#stateAt(state, revision, inflowOf(entry.postings));
    const day = dayNumber(dayOf(entry));
    const first = dayNumber(effective.first);
    const text = effectiveDateOf(entry);
    const { insertEntry, reverse, posting, doubt, declaration } = this.#statements;
    insertEntry.run(position, id, stateId, revision, kind, type, first, day, text, data);
    if (kind === 'reversal') {
      assert.equal(
        reverse.run(position, entry.body.entry).changes,
        1,
        'a reversal has an original',
      );
    }
    const declares = kind === 'inventory' && entry.body.basis === 'declared';
    entry.postings.forEach((p, leg) => {
      const row = this.#holdings.rowOf(stateId, p);
      posting.run(stateId, figureOf(p.account), day, position, leg, row.id, p.quantity);
      this.#totals.add(row, day, p.quantity);
      if (p.precision !== 'exact' && kind !== 'reversal') {
        doubt.run(stateId, row.cell, row.id, day, position);
      }
      if (declares && p.quantity > 0) declaration.run(row.id, day, position);
    });
    this.#totals.closeEntry(position);
    if (kind === 'count') this.#counts.record(stateId, position, day, entry);
    this.#counts.contradict(stateId, position, entry);
    this.#claims.record(stateId, position, day, entry);
  }

  #stateAt(code: string, revision: number, inflow: number): number {
    const { stateAt, revisionOf } = this.#statements;
    const before = Number(revisionOf.get(code)?.['revision'] ?? -1);
    assert.equal(revision, before + 1, `revision ${revision} follows ${before} in ${code}`);
    return Number(stateAt.get(code, revision, inflow)?.['id']);
  }
}

/** The entries that a correction is recorded as. */
interface Parts {
  readonly of: string | undefined;
  readonly all: ReadonlySet<string>;
  readonly last: string | undefined;
}

const none: Parts = { of: undefined, all: new Set(), last: undefined };

/** What reading an entry back takes. */
type StoredRow = Parameters<typeof decodeEntry>[0];

function recordedAt(data: Uint8Array): string {
  const event = JSON.parse(Buffer.from(data).toString('utf8')) as { recordedAt?: unknown };
  assert(typeof event.recordedAt === 'string', 'an event says when it was recorded');
  return event.recordedAt;
}

function statementsOf(db: DatabaseSync) {
  return {
    lastMoment: db.prepare('SELECT at FROM moments ORDER BY position DESC LIMIT 1'),
    moment: db.prepare('INSERT INTO moments VALUES (?, ?)'),
    correction: db.prepare(
      `SELECT type, revision, event AS data FROM entries WHERE id = ? AND kind = 'correction'`,
    ),
    applied: db.prepare('INSERT OR REPLACE INTO applied VALUES (1, ?, ?)'),
    revisionOf: db.prepare('SELECT revision FROM states WHERE code = ?'),
    stateAt: db.prepare(
      `INSERT INTO states (code, revision, inflow) VALUES (?, ?, ?)
       ON CONFLICT (code) DO UPDATE
         SET revision = excluded.revision, inflow = inflow + excluded.inflow
       RETURNING id`,
    ),
    insertEntry: db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)'),
    reverse: db.prepare('UPDATE entries SET reversed_by = ? WHERE id = ? AND reversed_by IS NULL'),
    posting: db.prepare('INSERT INTO postings VALUES (?, ?, ?, ?, ?, ?, ?)'),
    doubt: db.prepare('INSERT OR IGNORE INTO doubts VALUES (?, ?, ?, ?, ?)'),
    declaration: db.prepare('INSERT OR IGNORE INTO declarations VALUES (?, ?, ?)'),
  };
}
