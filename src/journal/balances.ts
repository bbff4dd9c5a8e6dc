import type { DatabaseSync } from 'node:sqlite';
import type { HoldingFilter, Page, TwoTimes } from './asked.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { filterSql } from './holding-filter.ts';
import { dayNumber } from './schema.ts';

/** What balances can be grouped by: the parts of a holding. */
export const groupings = ['account', 'munition', 'lot', 'site', 'institution', 'shipment'] as const;
export type Grouping = (typeof groupings)[number];

export type BalanceItem = Partial<Record<Grouping, string | null>> & { readonly quantity: number };

const groupColumns: Readonly<Record<Grouping, string>> = {
  account: 'h.account',
  munition: 'h.munition_key',
  lot: 'h.lot_key',
  site: 'h.site_key',
  institution: 'h.institution_key',
  shipment: 'h.shipment_key',
};

/** Balances of every account that are not zero, grouped by any parts of the holding. */
export class BalanceReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** @throws BadCursor */
  page(
    state: number,
    by: readonly Grouping[],
    at: TwoTimes,
    filter: HoldingFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Page<BalanceItem> {
    const [offset] = cursor ? decodeCursor(cursor, 'n') : [0];
    const { sql, parameters } = filterSql(filter);
    // The group shows the spelling that came first: with min(), SQLite takes the row of the minimum.
    const shown = by.map((g) => `h.${g}`).join(', ');
    const keys = by.map((g) => groupColumns[g]).join(', ');
    const query = `
      SELECT ${shown}, min(h.id) AS first, sum(p.quantity) AS quantity
      FROM holdings h CROSS JOIN postings p INDEXED BY posting_holding
        ON p.holding = h.id AND p.day <= :day AND p.position <= :known
      WHERE h.state = :state ${sql}
      GROUP BY ${keys} HAVING sum(p.quantity) <> 0 ORDER BY ${keys} LIMIT :limit OFFSET :offset`;
    const values = { state, day: dayNumber(at.effective), known: at.known, ...parameters };
    const rows = this.#db.prepare(query).all({
      ...values,
      limit: limit + 1,
      offset: Number(offset),
    });
    const items = rows
      .slice(0, limit)
      .map(({ first: _first, ...item }) => item as unknown as BalanceItem);
    return {
      items,
      next: rows.length > limit ? encodeCursor([Number(offset) + limit]) : null,
    };
  }
}
