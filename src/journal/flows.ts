import type { DatabaseSync } from 'node:sqlite';
import { figureOf, isFigure, type Account, type Figure } from '../ledger/accounts.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { HoldingFilter, TwoTimes } from './asked.ts';
import { filterSql } from './holding-filter.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

/** What flows can be told apart by. */
export const flowGroupings = ['munition', 'lot', 'institution', 'account'] as const;
export type FlowGrouping = (typeof flowGroupings)[number];

/**
 * What happened to a figure between two days: `opening + in − out + corrections = closing`. Entries
 * that move mines within the line are neither in nor out; what reversals turned round stands apart.
 */
export interface Flow {
  readonly munition: string;
  readonly lot: string | null;
  readonly institution: string | null;
  readonly account: string | null;
  readonly opening: number;
  readonly in: number;
  readonly out: number;
  readonly corrections: number;
  readonly closing: number;
}

const columns: Readonly<Record<FlowGrouping, { shown: string; key: string }>> = {
  munition: { shown: 'h.munition', key: 'h.munition_key' },
  lot: { shown: 'h.lot', key: 'h.lot_key' },
  institution: { shown: 'h.institution', key: 'h.institution_key' },
  account: { shown: 'h.account', key: 'h.account' },
};

/** Answers how figures came from their opening to their closing, from the postings themselves. */
export class FlowReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * One line for each combination of the parts asked for, of which anything was held or happened.
   *
   * @param from the first day whose entries are in the flow; what was before is the opening
   */
  of(
    state: number,
    figure: Exclude<Figure, 'unaccounted'> | Account,
    by: readonly FlowGrouping[],
    from: Day,
    at: TwoTimes,
    filter: HoldingFilter = {},
  ): readonly Flow[] {
    const { sql, parameters } = filterSql(filter);
    const rows = statement(this.#db, query(figure, by, sql)).all({
      state,
      from: dayNumber(from),
      day: dayNumber(at.effective),
      known: at.known,
      ...parameters,
    });
    return rows.map(({ first: _first, came, ...row }) => {
      const flow = { lot: null, institution: null, account: null, ...row, in: Number(came) };
      return flow as unknown as Flow;
    });
  }
}

/** The spelling that came first stands for a group: with min(), SQLite takes the row of the minimum. */
function query(figure: Figure | Account, by: readonly FlowGrouping[], filter: string): string {
  const book = isFigure(figure) ? figure : figureOf(figure);
  const one = isFigure(figure) ? '' : `AND h.account = '${figure}'`;
  const shown = by.map((name) => `${columns[name].shown} AS ${name}`).join(', ');
  const keys = by.map((name, n) => `${columns[name].key} AS key${n}`).join(', ');
  const group = by.map((_, n) => `key${n}`).join(', ');
  const inPeriod = (condition: string, sign: string) =>
    `sum(CASE WHEN day >= :from AND ${condition} THEN ${sign}net ELSE 0 END)`;
  return `
    SELECT ${by.join(', ')}, min(holding) AS first,
      sum(CASE WHEN day < :from THEN net ELSE 0 END) AS opening,
      ${inPeriod("kind <> 'reversal' AND net > 0", '')} AS came,
      ${inPeriod("kind <> 'reversal' AND net < 0", '-')} AS out,
      ${inPeriod("kind = 'reversal'", '')} AS corrections,
      sum(net) AS closing
    FROM (
      SELECT ${shown}, ${keys}, min(h.id) AS holding, p.day, e.kind, sum(p.quantity) AS net
      FROM postings p CROSS JOIN holdings h ON h.id = p.holding
        CROSS JOIN entries e ON e.position = p.position
      WHERE p.state = :state AND p.book = '${book}' AND p.day <= :day AND p.position <= :known
        ${one} ${filter}
      GROUP BY ${group}, p.position HAVING net <> 0)
    GROUP BY ${group}
    HAVING opening <> 0 OR came <> 0 OR out <> 0 OR corrections <> 0
    ORDER BY ${group}`;
}
