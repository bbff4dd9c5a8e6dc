import type { DatabaseSync } from 'node:sqlite';
import { figureOf, isFigure, type Account, type Figure } from '../ledger/accounts.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { HoldingFilter, Page, TwoTimes } from './asked.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { filterSql } from './holding-filter.ts';
import { contradicting, contradictionOpen } from './open-questions.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

/** One posting of a figure, with the total so far in the order of effective days. */
export interface ExplanationItem {
  readonly entry: string;
  readonly position: string;
  readonly effectiveDate: string;
  readonly kind: string;
  /** The key by which the entry was recorded. */
  readonly actor: string;
  readonly account: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly site: string | null;
  readonly institution: string | null;
  readonly shipment: string | null;
  readonly quantity: number;
  readonly runningTotal: number;
  readonly reversedBy: string | null;
}

interface Row extends Omit<ExplanationItem, 'runningTotal' | 'actor'> {
  readonly day: number;
  readonly leg: number;
}

/** Legs of contradicted counts come after every posting of the same entry. */
const contradictionLeg = 1_000_000_000;

const itemColumns = `
  e.id AS entry, CAST(e.position AS TEXT) AS position, e.effective AS effectiveDate, e.kind,
  h.account, h.munition, h.lot, h.site, h.institution, h.shipment,
  (SELECT r.id FROM entries r WHERE r.position = e.reversed_by AND r.position <= :known)
    AS reversedBy`;

const after = `(:afterDay, :afterPosition, :afterLeg)`;

/** Answers why a figure is what it is: the postings that make it, which add up to it. */
export class ExplanationReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * @param from the first day whose postings are shown, of what changed the figure since; all of
   *   them unless said
   * @throws BadCursor
   */
  page(
    state: number,
    figure: Figure | Account,
    at: TwoTimes,
    filter: HoldingFilter,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
    from?: Day,
  ): Page<ExplanationItem> {
    const first = from === undefined ? 0 : dayNumber(from);
    const [day, position, leg, total] = cursor ? decodeCursor(cursor, 'nsnn') : [first, '0', -1, 0];
    const { sql, parameters } = filterSql(filter);
    const values = {
      state,
      day: dayNumber(at.effective),
      known: at.known,
      afterDay: Number(day),
      afterPosition: BigInt(String(position)),
      afterLeg: Number(leg),
      limit: limit + 1,
      ...parameters,
    };
    const query = this.#query(figure, sql);
    const rows = statement(this.#db, query).all(values) as unknown as Row[];
    const actors = new Map<string, string>();
    let runningTotal = Number(total);
    const items = rows.slice(0, limit).map(({ day: _day, leg: _leg, ...item }) => {
      runningTotal += item.quantity;
      const actor = actors.get(item.entry) ?? this.#actorOf(item.entry);
      actors.set(item.entry, actor);
      return { ...item, actor, runningTotal };
    });
    const last = rows[limit - 1];
    if (rows.length <= limit || last === undefined) return { items, next: null };
    return { items, next: encodeCursor([last.day, last.position, last.leg, runningTotal]) };
  }

  /** Read once for each entry: one of ten thousand lines has as many items. */
  #actorOf(entry: string): string {
    const select = `SELECT json_extract(CAST(event AS TEXT), '$.actor') AS actor
      FROM entries WHERE id = ?`;
    return String(statement(this.#db, select).get(entry)?.['actor']);
  }

  #query(figure: Figure | Account, filter: string): string {
    const one = isFigure(figure) ? '' : `AND h.account = '${figure}'`;
    const book = isFigure(figure) ? figure : figureOf(figure);
    const quantity = figure === 'unaccounted' ? unsigned : 'p.quantity';
    const postings = `
      SELECT ${itemColumns}, ${quantity} AS quantity, p.day, p.leg
      FROM postings p CROSS JOIN holdings h ON h.id = p.holding
        CROSS JOIN entries e ON e.position = p.position
      WHERE p.state = :state AND p.book = '${book}' AND p.day <= :day AND p.position <= :known
        AND (p.day, p.position, p.leg) > ${after} ${one} ${filter}`;
    if (figure !== 'unaccounted')
      return `${postings} ORDER BY p.day, p.position, p.leg LIMIT :limit`;
    return `SELECT * FROM (${postings}
      UNION ALL
      SELECT ${itemColumns}, ${contradictionOpen}, e.day, ${contradictionLeg} + d.n AS leg
      FROM differences d JOIN entries e ON e.position = d.position
        JOIN holdings h ON h.id = d.holding
      WHERE d.state = :state AND ${contradicting} AND ${contradictionOpen} <> 0
        AND (e.day, e.position, ${contradictionLeg} + d.n) > ${after} ${filter})
      ORDER BY day, CAST(position AS INTEGER), leg LIMIT :limit`;
  }
}

/** A surplus is in question as a shortage is: it counts upwards though it lowers its source. */
const unsigned = `CASE h.account WHEN 'source/count-surplus' THEN -p.quantity ELSE p.quantity END`;
