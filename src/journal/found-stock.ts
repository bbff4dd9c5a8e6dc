import type { DatabaseSync } from 'node:sqlite';
import { decodeEntry } from '../ledger/event-codec.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { TwoTimes } from './asked.ts';
import { standing } from './open-questions.ts';
import { dayNumber, dayText } from './schema.ts';
import { statement } from './statements.ts';

/** An entry that brought newly found mines into the stock. */
export interface FoundEntry {
  readonly entry: string;
  /** As given. */
  readonly effectiveDate: string;
  /** Its last day. */
  readonly day: Day;
  readonly quantity: number;
}

/** One posting of the stock. */
export interface StockPosting {
  readonly entry: string;
  readonly kind: string;
  readonly day: Day;
  /** Type and lot, as compared: mines that can't be told apart. */
  readonly pool: string;
  readonly quantity: number;
}

/** Reads what became of newly found stock; what was reversed is as if it had not been. */
export class FoundStockReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Entries that newly found stock after a day and by another, in the order of their days. */
  entries(state: number, after: Day, at: TwoTimes): readonly FoundEntry[] {
    const values = { ...valuesOf(state, at), after: dayNumber(after) };
    const rows = statement(this.#db, foundEntries).all(values) as unknown as Numbered<FoundEntry>[];
    return rows.map((row) => ({ ...row, day: dayText(row.day) }));
  }

  /** What was in the stock at the end of the day before one, by type and lot. */
  opening(state: number, from: Day, known: bigint) {
    const values = { state, from: dayNumber(from), known };
    const rows = statement(this.#db, openingOfPools).all(values);
    return rows as unknown as { pool: string; quantity: number }[];
  }

  /** Every posting of the stock from a day on, in the order of days, then of the log. */
  postings(state: number, from: Day, at: TwoTimes): readonly StockPosting[] {
    const values = { ...valuesOf(state, at), from: dayNumber(from) };
    const rows = statement(this.#db, stockPostings).all(
      values,
    ) as unknown as Numbered<StockPosting>[];
    return rows.map((row) => ({ ...row, day: dayText(row.day) }));
  }

  /** The days after a day and by another on which stock came in or went, in order. */
  changes(state: number, after: Day, at: TwoTimes): readonly Day[] {
    const values = { ...valuesOf(state, at), after: dayNumber(after) };
    const rows = statement(this.#db, changeDays).all(values);
    return rows.map(({ day }) => dayText(Number(day)));
  }

  /** The finds that destructions name, by their ids. */
  named(state: number, at: TwoTimes): ReadonlyMap<string, string> {
    const rows = statement(this.#db, destructions).all(
      valuesOf(state, at),
    ) as unknown as EventRow[];
    const entries = rows.map(({ type, revision, event }) =>
      decodeEntry({ type, revision, data: event }),
    );
    return new Map(
      entries.flatMap(({ id, kind, body }) =>
        kind === 'destruction' && body.find !== undefined ? [[id, body.find] as const] : [],
      ),
    );
  }
}

type Numbered<T> = Omit<T, 'day'> & { readonly day: number };

interface EventRow {
  readonly type: string;
  readonly revision: number;
  readonly event: Uint8Array;
}

function valuesOf(state: number, { effective, known }: TwoTimes) {
  return { state, day: dayNumber(effective), known };
}

const foundEntries = `
  SELECT e.id AS entry, e.effective AS effectiveDate, p.day, sum(s.quantity) AS quantity
  FROM (SELECT DISTINCT p.day, p.position
      FROM holdings h JOIN postings p ON p.holding = h.id
      WHERE h.state = :state AND h.account = 'source/newly-found'
        AND p.day > :after AND p.day <= :day) p
    JOIN entries e ON e.position = p.position
    JOIN postings s ON s.state = e.state AND s.book = 'remaining' AND s.day = p.day
      AND s.position = p.position
  WHERE e.kind <> 'reversal' AND ${standing('e')}
  GROUP BY p.day, p.position ORDER BY p.day, p.position`;

const pool = `h.munition_key || char(10) || coalesce(h.lot_key, char(10))`;

const openingOfPools = `
  SELECT ${pool} AS pool, sum(p.quantity) AS quantity
  FROM postings p JOIN holdings h ON h.id = p.holding
  WHERE p.state = :state AND p.book = 'remaining' AND p.day < :from AND p.position <= :known
  GROUP BY 1 HAVING sum(p.quantity) > 0`;

const stockPostings = `
  SELECT e.id AS entry, e.kind, p.day, ${pool} AS pool, p.quantity
  FROM postings p JOIN holdings h ON h.id = p.holding JOIN entries e ON e.position = p.position
  WHERE p.state = :state AND p.book = 'remaining' AND p.day BETWEEN :from AND :day
    AND e.kind <> 'reversal' AND ${standing('e')}
  ORDER BY p.day, p.position, p.leg`;

/** Only those whose event has such a field at all: entries with many lines are long. */
const destructions = `
  SELECT e.type, e.revision, e.event
  FROM entries e
  WHERE e.state = :state AND e.kind = 'destruction' AND e.day <= :day AND ${standing('e')}
    AND instr(e.event, CAST('"find":' AS BLOB)) > 0`;

const changeDays = `
  SELECT DISTINCT p.day
  FROM postings p JOIN entries e ON e.position = p.position
  WHERE p.state = :state AND p.book = 'remaining' AND p.day > :after AND p.day <= :day
    AND e.kind <> 'reversal' AND ${standing('e')}
  ORDER BY p.day`;
