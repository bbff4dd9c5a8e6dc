import type { DatabaseSync } from 'node:sqlite';
import { figureOf, isSource, type Account, type Figure } from '../ledger/accounts.ts';
import type { TwoTimes } from './asked.ts';
import { bucketRanges } from './buckets.ts';
import { cellTotals } from './figures.ts';
import { contradicting, contradictionOpen } from './open-questions.ts';
import { dayNumber } from './schema.ts';

/** All States together. Sums over States may pass 2^53, so they are big integers. */
export interface Totals {
  readonly states: number;
  readonly figures: Readonly<Record<Figure, bigint>>;
  readonly accounts: Readonly<Record<string, bigint>>;
}

/** Adds up every State's book. */
export class TotalReader {
  readonly #byAccount;
  readonly #questions;
  readonly #states;

  constructor(db: DatabaseSync) {
    this.#byAccount = db.prepare(`
      SELECT account, sum(total) AS total
      FROM (${cellTotals} GROUP BY c.id) GROUP BY account`);
    this.#byAccount.setReadBigInts(true);
    this.#questions = db.prepare(`
      SELECT coalesce(sum(${contradictionOpen}), 0) AS total
      FROM differences d JOIN entries e ON e.position = d.position WHERE ${contradicting}`);
    this.#questions.setReadBigInts(true);
    this.#states = db.prepare(
      'SELECT count(*) AS states FROM entries WHERE revision = 0 AND position <= :known',
    );
  }

  at(at: TwoTimes): Totals {
    const known = at.known;
    const figures = { remaining: 0n, retained: 0n, custody: 0n, unaccounted: 0n };
    const accounts: Record<string, bigint> = {};
    const rows = this.#byAccount.all({ known, ...bucketRanges(at.effective) });
    for (const { account, total } of rows as unknown as {
      account: Account;
      total: bigint;
    }[]) {
      const figure = figureOf(account);
      if (figure in figures) figures[figure as Figure] += isSource(account) ? -total : total;
      if (!isSource(account) && total !== 0n) accounts[account] = total;
    }
    const open = this.#questions.get({ known, day: dayNumber(at.effective) });
    figures.unaccounted += open?.['total'] as bigint;
    return { states: Number(this.#states.get({ known })?.['states']), figures, accounts };
  }
}
