import type { DatabaseSync } from 'node:sqlite';
import { decodeEntry } from '../ledger/event-codec.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import type { RetainedYear } from '../treaty/stock-record.ts';
import type { TwoTimes } from './asked.ts';
import { standing } from './open-questions.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

/** Entries named of one year; a year with more of them has enough to look at. */
const namedMax = 20;

/** Answers what happened to retained mines in each calendar year (Article 3). */
export class RetainedReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Each year from the first retained mine to the day asked, as known then. */
  years(state: number, at: TwoTimes): readonly RetainedYear[] {
    const values = { state, day: dayNumber(at.effective), known: at.known };
    const changes = statement(this.#db, changesByYear).all(values) as unknown as Change[];
    const [first] = changes;
    if (first === undefined) return [];
    const used = new Set(
      statement(this.#db, yearsOfUse)
        .all(values)
        .map((row) => Number(row['year'])),
    );
    const byYear = new Map(changes.map((change) => [change.year, change]));
    const last = Number(at.effective.slice(0, 4));
    let held = 0;
    return Array.from({ length: last - first.year + 1 }, (_, n) => {
      const year = first.year + n;
      const { change = 0, out = 0 } = byYear.get(year) ?? {};
      const before = held;
      held += change;
      const rose = before > 0 && change > 0;
      const withoutReason = rose ? this.#withoutReason(state, at, year) : [];
      return { year, held, rise: change, withoutReason, accounted: out > 0 || used.has(year) };
    });
  }

  #withoutReason(state: number, at: TwoTimes, year: number): readonly string[] {
    const day = Math.min(dayNumber(at.effective), year * 10_000 + 1231);
    const values = { state, from: year * 10_000, day, known: at.known };
    const rows = statement(this.#db, risesOfYear).all(values) as unknown as Rise[];
    return rows
      .map(({ type, revision, event }) => decodeEntry({ type, revision, data: event }))
      .filter((entry) => !givesReason(entry))
      .map(({ id }) => id)
      .slice(0, namedMax);
  }
}

interface Change {
  readonly year: number;
  readonly change: number;
  readonly out: number;
}

interface Rise {
  readonly type: string;
  readonly revision: number;
  readonly event: Uint8Array;
}

function givesReason({ body }: RecordedEntry): boolean {
  const { purpose, reason, remarks } = body as Readonly<Record<string, unknown>>;
  return [purpose, reason, remarks].some((text) => text !== undefined);
}

const changesByYear = `
  SELECT p.day / 10000 AS year, sum(p.quantity) AS change, sum(p.quantity < 0) AS out
  FROM postings p
  WHERE p.state = :state AND p.book = 'retained' AND p.day <= :day AND p.position <= :known
  GROUP BY year ORDER BY year`;

const yearsOfUse = `
  SELECT DISTINCT e.day / 10000 AS year FROM entries e
  WHERE e.state = :state AND e.kind = 'use' AND e.day <= :day AND ${standing('e')}`;

const risesOfYear = `
  SELECT e.type, e.revision, e.event
  FROM postings p JOIN entries e ON e.position = p.position
  WHERE p.state = :state AND p.book = 'retained' AND p.day BETWEEN :from AND :day
    AND p.position <= :known AND e.kind <> 'reversal' AND ${standing('e')}
  GROUP BY p.position HAVING sum(p.quantity) > 0 ORDER BY p.position LIMIT 100`;
