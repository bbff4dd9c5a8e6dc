import type { DatabaseSync } from 'node:sqlite';
import {
  accounts,
  figureOf,
  isFigure,
  isSource,
  type Account,
  type Figure,
} from '../ledger/accounts.ts';
import type { HoldingFilter, TwoTimes } from './asked.ts';
import { bucketRanges, rangesTable } from './buckets.ts';
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

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The figures of a State on a day, as known at a position, of all or of the holdings asked. */
  of(state: number, at: TwoTimes, filter: HoldingFilter = {}): StateFigures {
    const rows = this.#totals(state, at, filter, shownAccounts);
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
    const rows = this.#totals(state, at, filter, `= '${figure}'`);
    return rows.reduce((sum, row) => sum + row.total, 0);
  }

  /** Balances by account and munition that are not zero, of the accounts that `which` lets in. */
  #totals(state: number, at: TwoTimes, filter: HoldingFilter, which: string): readonly Row[] {
    const { sql, parameters, byPlace } = filterSql(filter);
    const values = { state, known: at.known, ...parameters };
    if (!byPlace) {
      const cells = sql.replaceAll('h.', 'c.');
      const query = `${cellTotals} WHERE c.state = :state AND c.account ${which} ${cells} GROUP BY c.id`;
      return nonZero(statement(this.#db, query).all({ ...values, ...bucketRanges(at.effective) }));
    }
    const totals = this.#isNow(at.known) ? holdingTotalsNow : holdingTotals;
    const query = `${totals} WHERE h.state = :state AND h.account ${which} ${sql} GROUP BY h.cell`;
    const { known, ...others } = values;
    const moment = totals === holdingTotals ? { known } : {};
    const day = dayNumber(at.effective);
    return nonZero(statement(this.#db, query).all({ ...others, ...moment, day }));
  }

  #isNow(known: bigint): boolean {
    const select = 'SELECT CAST(position AS TEXT) AS position FROM applied';
    const applied = statement(this.#db, select).get()?.['position'];
    return known >= BigInt(String(applied ?? 0));
  }

  #contradictions(state: number, at: TwoTimes, filter: HoldingFilter): Row[] {
    return nonZero(this.#open(state, at, filter, contradictedTotals));
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

export const bucketTotal = `CASE WHEN b.position <= :known THEN b.total ELSE coalesce(
  (SELECT s.total FROM sums s WHERE s.cell = b.cell AND s.bucket = b.bucket
     AND s.position <= :known ORDER BY s.position DESC LIMIT 1), 0) END`;

export const cellTotals = `
  SELECT c.account, c.munition, c.munition_key AS key, sum(${bucketTotal}) AS total
  FROM cells c
  CROSS JOIN ${rangesTable} r
  CROSS JOIN buckets b ON b.cell = c.id AND b.bucket BETWEEN r.column1 AND r.column2`;

/** The sources are where mines came from, not what they are held as; a surplus is in question. */
const shownAccounts = `IN (${accounts
  .filter((a) => !isSource(a) || figureOf(a) === 'unaccounted')
  .map((a) => `'${a}'`)
  .join(', ')})`;

/** As known now, a holding's total less what comes later is quicker than adding up its postings. */
const holdingTotalsNow = `
  SELECT h.account, min(h.id), h.munition, h.munition_key AS key, sum(h.total - coalesce(
    (SELECT sum(change) FROM holding_days WHERE holding = h.id AND day > :day), 0)) AS total
  FROM holdings h`;

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
    // A surplus counts upwards, though it lowers its source.
    const figure = figureOf(account);
    if (figure in totals) totals[figure as Figure] += isSource(account) ? -total : total;
    if (!isSource(account)) accounts[account] = (accounts[account] ?? 0) + total;
  }
  for (const { total } of questions) totals.unaccounted += total;
  // Two types can come to nothing together, at a position in the midst of a correction.
  const held = Object.fromEntries(Object.entries(accounts).filter(([, total]) => total !== 0));
  return { ...totals, exact: !doubted, accounts: held };
}

function nonZero(rows: readonly unknown[]): Row[] {
  return (rows as Row[]).filter(({ total }) => total !== 0);
}
