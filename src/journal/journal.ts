import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '../event-store/event-store.ts';
import type { Book } from '../ledger/book.ts';
import { rulesVersion } from '../ledger/posting-rules.ts';
import type { HoldingFilter } from './asked.ts';
import { BalanceReader } from './balances.ts';
import { DifferenceReader } from './differences.ts';
import { EntryReader } from './entries.ts';
import { ExplanationReader } from './explanation.ts';
import { FigureReader } from './figures.ts';
import { FoundStockReader } from './found-stock.ts';
import { FlowReader } from './flows.ts';
import { JournalBook } from './journal-book.ts';
import { JournalWriter } from './journal-writer.ts';
import { RetainedReader } from './retained.ts';
import { unknownMunition } from './munition-names.ts';
import { schema } from './schema.ts';
import { ShipmentReader } from './shipments.ts';
import { statement } from './statements.ts';
import { TotalReader } from './totals.ts';

/** A position and the instant at which the log got there; `null` before the first event. */
export interface Moment {
  readonly position: bigint;
  readonly at: string | null;
}

/**
 * The journal: every posting and every balance, at two times, in a SQLite file of its own that can
 * be deleted at any time and is then built anew from the log. All of it is synchronous.
 */
export class Journal {
  readonly figures: FigureReader;
  readonly explanations: ExplanationReader;
  readonly balances: BalanceReader;
  readonly entries: EntryReader;
  readonly differences: DifferenceReader;
  readonly shipments: ShipmentReader;
  readonly totals: TotalReader;
  readonly retained: RetainedReader;
  readonly foundStock: FoundStockReader;
  readonly flows: FlowReader;
  readonly #db: DatabaseSync;
  readonly #writer: JournalWriter;
  #position: bigint;

  /** @param path of the file, or `:memory:` */
  constructor(path: string) {
    this.#db = openTables(path);
    this.#writer = new JournalWriter(this.#db);
    this.figures = new FigureReader(this.#db);
    this.explanations = new ExplanationReader(this.#db);
    this.balances = new BalanceReader(this.#db);
    this.entries = new EntryReader(this.#db);
    this.shipments = new ShipmentReader(this.#db);
    this.differences = new DifferenceReader(this.#db, this.figures, this.shipments);
    this.totals = new TotalReader(this.#db);
    this.retained = new RetainedReader(this.#db);
    this.foundStock = new FoundStockReader(this.#db);
    this.flows = new FlowReader(this.#db);
    this.#position = this.lastApplied()?.position ?? 0n;
  }

  /** Position of the last event taken, `0n` before the first. */
  get position(): bigint {
    return this.#position;
  }

  /** Memory for building the journal, or for keeping it up: pages kept in the cache. */
  tune(to: 'building' | 'keeping-up'): void {
    this.#db.exec(
      to === 'building'
        ? 'PRAGMA cache_size = -256000'
        : 'PRAGMA cache_size = -16000; PRAGMA shrink_memory',
    );
  }

  /** Takes events in the order of the log. @throws CannotApply */
  apply(events: readonly StoredEvent[]): void {
    this.#writer.apply(events);
    this.#position = events.at(-1)?.position ?? this.#position;
  }

  /** The last event taken, by position and id: what the log must hold there too. */
  lastApplied(): { readonly position: bigint; readonly id: string } | undefined {
    const select = 'SELECT CAST(position AS TEXT) AS position, id FROM applied';
    const row = statement(this.#db, select).get();
    return row && { position: BigInt(String(row['position'])), id: String(row['id']) };
  }

  /** One State's book as taken so far, for decisions; or as known at an earlier position. */
  bookOf(state: string, known?: bigint): Book {
    const isEarlier = known !== undefined && known < this.#position;
    return new JournalBook(this.#db, state, isEarlier ? known : undefined);
  }

  /** Whether a book has the munition that a filter names, and what is spelled like it if not. */
  unknownMunition(state: number, { munition }: HoldingFilter, known: bigint) {
    return unknownMunition(this.#db, state, munition, known);
  }

  /** The number under which the tables know a State; 0, which none has, before its first entry. */
  stateId(code: string): number {
    return Number(
      statement(this.#db, 'SELECT id FROM states WHERE code = ?').get(code)?.['id'] ?? 0,
    );
  }

  /** Revision of a State's book as known at a position, −1 while it was empty. */
  revisionAt(state: number, known: bigint): number {
    const select =
      'SELECT max(revision) AS revision FROM entries WHERE state = ? AND position <= ?';
    return Number(statement(this.#db, select).get(state, known)?.['revision'] ?? -1);
  }

  /** Codes of the States that have an entry, as known at a position. */
  recordedStates(known: bigint): ReadonlySet<string> {
    const select = `SELECT s.code FROM states s WHERE EXISTS
      (SELECT 1 FROM entries e WHERE e.state = s.id AND e.revision = 0 AND e.position <= ?)`;
    return new Set(
      statement(this.#db, select)
        .all(known)
        .map((row) => String(row['code'])),
    );
  }

  /** The latest instant of the log so far, in milliseconds; 0 before the first. */
  get lastMoment(): number {
    return this.#writer.lastMoment;
  }

  /** The last moment of the log at or before a position or an instant (milliseconds). */
  momentAt(at: { position: bigint } | { instant: number }): Moment {
    const where = 'position' in at ? 'm.position <= ? ORDER BY' : 'm.at <= ? ORDER BY m.at DESC,';
    const select = `SELECT CAST(m.position AS TEXT) AS position, m.at FROM moments m
      WHERE ${where} m.position DESC LIMIT 1`;
    const value = 'position' in at ? at.position : at.instant;
    const row = statement(this.#db, select).get(value);
    if (row === undefined) return { position: 0n, at: null };
    return {
      position: BigInt(String(row['position'])),
      at: new Date(Number(row['at'])).toISOString(),
    };
  }

  close(): void {
    this.#db.close();
  }
}

/**
 * The journal's file in a data folder. Its name follows from the tables and the rules: when either
 * changes, a new journal is built in a new file.
 */
export function journalPath(folder: string): string {
  const version = createHash('sha256').update(`${rulesVersion} ${schema}`).digest('hex');
  return join(folder, `journal-${version.slice(0, 12)}.db`);
}

/** Deletes journals of other versions: once this one has caught up nobody needs them. */
export function deleteOtherJournals(folder: string): void {
  const [mine] = basename(journalPath(folder)).split('.');
  for (const file of readdirSync(folder)) {
    if (/^journal-[\w-]+\.db(-wal|-shm)?$/.test(file) && !file.startsWith(`${mine}.`)) {
      rmSync(join(folder, file), { force: true });
    }
  }
}

function openTables(path: string): DatabaseSync {
  try {
    return prepare(path);
  } catch (error) {
    if (path === ':memory:' || !isDamage(error)) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    return prepare(path);
  }
}

function prepare(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000');
    db.exec('PRAGMA wal_autocheckpoint = 8000');
    const { tables } = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() ?? {};
    if (tables === 0) db.exec(`BEGIN; ${schema}; COMMIT`);
    else checkSound(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Pages can be damaged that nothing reads for a long time: found now, they cost only a rebuild. */
function checkSound(db: DatabaseSync): void {
  const found = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (found !== 'ok') throw new Damaged(`the journal is damaged: ${String(found)}`);
}

class Damaged extends Error {
  override readonly name = 'Damaged';
}

/** "not a database" and "malformed": the file is thrown away, as it can be built anew. */
function isDamage(error: unknown): boolean {
  const { errcode } = error as { errcode?: number };
  return error instanceof Damaged || errcode === 26 || (errcode ?? 0) % 256 === 11;
}
