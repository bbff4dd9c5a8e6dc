import type { DatabaseSync } from 'node:sqlite';
import { figureOf, isFigure, isSource, type Account, type Figure } from '../ledger/accounts.ts';
import type { HoldingFilter, TwoTimes } from './asked.ts';
import { filterSql } from './holding-filter.ts';
import { contradicting, contradictionOpen, doubtful } from './open-questions.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

/** The figures of a State, or of one of its munitions. */
export interface Figures {
  readonly remaining: number;
  /** Whether every quantity in `remaining` is exact. */
  readonly exact: boolean;
  readonly unaccounted: number;
  readonly retained: number;
  readonly custody: number;
  /** Balances that are not zero, but for the sources: what the mines are held as or became. */
  readonly accounts: Readonly<Record<string, number>>;
}

export interface StateFigures extends Figures {
  readonly munitions: readonly (Figures & { readonly munition: string })[];
}

interface Row {
  readonly account: Account;
  readonly munition: string;
  readonly key: string;
  readonly total: number;
}

/** Answers what remains, at both times, from the running totals. */
export class FigureReader {
  readonly #db: DatabaseSync;
  readonly #byCell;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#byCell = db.prepare(`${cellTotals} WHERE c.state = :state GROUP BY c.id`);
  }

  /** The figures of a State on a day, as known at a position, of all or of the holdings asked. */
  of(state: number, at: TwoTimes, filter: HoldingFilter = {}): StateFigures {
    const rows = this.totals(state, at, filter);
    const questions = this.#contradictions(state, at, filter);
    const doubts = this.#doubts(state, at, filter);
    const keys = new Map<string, string>();
    for (const { key, munition } of [...rows, ...questions]) {
      if (!keys.has(key)) keys.set(key, munition);
    }
    const munitions = [...keys].map(([key, munition]) => ({
      munition,
      ...sumUp(
        rows.filter((r) => r.key === key),
        questions.filter((q) => q.key === key),
        doubts.has(key),
      ),
    }));
    return { ...sumUp(rows, questions, doubts.size > 0), munitions };
  }

  /** One figure, or the balance of one account. */
  quantityOf(state: number, figure: Figure | Account, at: TwoTimes, filter: HoldingFilter): number {
    if (isFigure(figure)) return this.of(state, at, filter)[figure];
    return this.totals(state, at, filter)
      .filter((row) => row.account === figure)
      .reduce((sum, row) => sum + row.total, 0);
  }

  /** Balances by account and munition that are not zero. */
  totals(state: number, at: TwoTimes, filter: HoldingFilter): readonly Row[] {
    const { sql, parameters, byPlace } = filterSql(filter);
    const rows = byPlace
      ? statement(this.#db, `${holdingTotals} WHERE h.state = :state ${sql} GROUP BY h.cell`).all({
          state,
          day: dayNumber(at.effective),
          known: at.known,
          ...parameters,
        })
      : this.#byCell.all({ state, known: at.known, ...bucketRanges(at.effective) });
    return (rows as unknown as Row[]).filter(
      ({ total, key }) =>
        total !== 0 &&
        (parameters['munition'] ?? key) === key &&
        filter.munitionKeys?.includes(key) !== false,
    );
  }

  #contradictions(state: number, at: TwoTimes, filter: HoldingFilter): Row[] {
    return this.#open(state, at, filter, contradictedTotals) as unknown as Row[];
  }

  /** Munitions of which something that remains is not exact. */
  #doubts(state: number, at: TwoTimes, filter: HoldingFilter): Set<string> {
    return new Set(this.#open(state, at, filter, doubtedMunitions).map((r) => String(r['key'])));
  }

  #open(state: number, at: TwoTimes, filter: HoldingFilter, select: string) {
    const { sql, parameters } = filterSql(filter);
    const values = { state, day: dayNumber(at.effective), known: at.known, ...parameters };
    return statement(this.#db, `${select} ${sql}`).all(values);
  }
}

/** The calendar buckets that make up all days through one: years, months, days. */
export function bucketRanges(day: string) {
  const d1 = dayNumber(day);
  const month = Math.floor(d1 / 100);
  const year = Math.floor(month / 100);
  return { y1: year - 1, m0: year * 100, m1: month - 1, d0: month * 100, d1 };
}

export const bucketTotal = `CASE WHEN b.position <= :known THEN b.total ELSE coalesce(
  (SELECT s.total FROM sums s WHERE s.cell = b.cell AND s.bucket = b.bucket
     AND s.position <= :known ORDER BY s.position DESC LIMIT 1), 0) END`;

export const cellTotals = `
  SELECT c.account, c.munition, c.munition_key AS key, sum(${bucketTotal}) AS total
  FROM cells c
  CROSS JOIN (VALUES (1, :y1), (:m0, :m1), (:d0, :d1)) r
  CROSS JOIN buckets b ON b.cell = c.id AND b.bucket BETWEEN r.column1 AND r.column2`;

const holdingTotals = `
  SELECT h.account, min(h.id), h.munition, h.munition_key AS key, sum(p.quantity) AS total
  FROM holdings h
  CROSS JOIN postings p INDEXED BY posting_holding
    ON p.holding = h.id AND p.day <= :day AND p.position <= :known`;

const contradictedTotals = `
  SELECT h.account, h.munition, h.munition_key AS key, ${contradictionOpen} AS total
  FROM differences d JOIN entries e ON e.position = d.position JOIN holdings h ON h.id = d.holding
  WHERE d.state = :state AND ${contradicting}`;

const doubtedMunitions = `
  SELECT DISTINCT h.munition_key AS key
  FROM doubts d JOIN entries e ON e.position = d.position JOIN holdings h ON h.id = d.holding
  WHERE d.state = :state AND h.account LIKE 'held/%' AND ${doubtful}`;

function sumUp(rows: readonly Row[], questions: readonly Row[], doubted: boolean): Figures {
  const totals: Record<Figure, number> = { remaining: 0, retained: 0, custody: 0, unaccounted: 0 };
  const accounts: Record<string, number> = {};
  for (const { account, total } of rows) {
    const figure = figureOf(account);
    if (figure in totals) totals[figure as Figure] += Math.abs(total);
    if (!isSource(account)) accounts[account] = (accounts[account] ?? 0) + total;
  }
  for (const { total } of questions) totals.unaccounted += total;
  return { ...totals, exact: !doubted, accounts };
}
