import type { DatabaseSync } from 'node:sqlite';
import { isFigure, isSource, type Account, type Figure } from '../ledger/accounts.ts';
import type { Holding } from '../ledger/holding.ts';
import type { HoldingFilter, Page, TwoTimes } from './asked.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { FigureReader } from './figures.ts';
import { contradicting, contradictionOpen, standing } from './open-questions.ts';
import { dayNumber, dayText } from './schema.ts';
import type { ShipmentLine, ShipmentReader } from './shipments.ts';
import { statement } from './statements.ts';

/** Something that two sources say differently, open until it is explained. */
export interface Difference {
  readonly id: string;
  readonly kind: 'shortage' | 'surplus' | 'contradicted-count' | 'shipment' | 'statement';
  /** The holding in question; `null` for a shipment and for a statement, which may be of many. */
  readonly holding: Omit<Holding, 'difference'> | null;
  /** The day at whose end the two disagree. */
  readonly day: string;
  /** What the book says: of a shipment, the sender's. */
  readonly expected: number;
  /** What was counted, stated, or received. */
  readonly counted: number;
  readonly quantity: number;
  /** How much of the quantity is not yet explained. */
  readonly open: number;
  /** The entry by which it came up. */
  readonly openedBy: string;
  /** The entries that explain it, in whole or part. */
  readonly explainedBy: readonly string[];
  readonly exact: boolean;
  /** The shipment, or the figure stated, with its filter and source. */
  readonly about?: Readonly<Record<string, unknown>>;
}

interface Row extends Omit<Holding, 'difference'> {
  readonly position: string;
  readonly n: number;
  readonly id: string;
  readonly kind: Difference['kind'];
  readonly day: number;
  readonly expected: number | null;
  readonly counted: number | null;
  readonly quantity: number | null;
  readonly exact: number;
  readonly open: number;
  readonly explainedBy: string;
  readonly openedBy: string;
  readonly about: string | null;
}

const openOf = `CASE
  WHEN d.mark IS NOT NULL THEN coalesce((SELECT abs(sum(p.quantity)) FROM postings p
    WHERE p.holding = d.mark AND p.day <= :day AND p.position <= :known), 0)
  WHEN ${contradicting} THEN ${contradictionOpen} ELSE 0 END`;

const query = `
  SELECT CAST(d.position AS TEXT) AS position, d.n, d.id, d.kind, d.day, d.expected, d.counted,
    d.quantity, d.exact, d.about, ${openOf} AS open, e.id AS openedBy,
    (SELECT json_group_array(xe.id ORDER BY x.position)
      FROM explanations x JOIN entries xe ON xe.position = x.position
      WHERE x.difference = d.id AND x.day <= :day AND ${standing('xe')})
      AS explainedBy,
    h.account, h.munition, h.lot, h.site, h.institution, h.shipment
  FROM differences d JOIN entries e ON e.position = d.position
    LEFT JOIN holdings h ON h.id = d.holding
  WHERE d.state = :state AND d.position <= :known
    AND (d.kind = 'shipment' OR (d.day <= :day AND ${standing('e')})) AND (d.position, d.n) > (:afterPosition, :afterN)
  ORDER BY d.position, d.n LIMIT :limit`;

/** Lists what does not agree in a State's book, open and closed, at both times. */
export class DifferenceReader {
  readonly #db: DatabaseSync;
  readonly #figures: FigureReader;
  readonly #shipments: ShipmentReader;

  constructor(db: DatabaseSync, figures: FigureReader, shipments: ShipmentReader) {
    this.#db = db;
    this.#figures = figures;
    this.#shipments = shipments;
  }

  /** @throws BadCursor */
  page(
    state: number,
    at: TwoTimes,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Page<Difference> {
    const [position, n] = cursor ? decodeCursor(cursor, 'sn') : ['0', -1];
    const rows = statement(this.#db, query).all({
      state,
      day: dayNumber(at.effective),
      known: at.known,
      afterPosition: BigInt(position ?? 0),
      afterN: Number(n),
      limit: limit + 1,
    }) as unknown as Row[];
    const items = rows.slice(0, limit).flatMap((row) => this.#difference(state, row, at));
    const last = rows[limit - 1];
    const more = rows.length > limit && last !== undefined;
    return { items, next: more ? encodeCursor([last.position, last.n]) : null };
  }

  #difference(state: number, row: Row, at: TwoTimes): Difference[] {
    const { id, kind, openedBy } = row;
    const about = row.about === null ? undefined : (JSON.parse(row.about) as About);
    const exact = row.exact === 1;
    if (about?.shipment !== undefined) {
      return this.#shipment(state, about.shipment, { kind, exact }, at);
    }
    const explainedBy = JSON.parse(row.explainedBy) as string[];
    const day = dayText(row.day);
    const base = { id, kind, day, openedBy, explainedBy, exact };
    if (about?.figure !== undefined) {
      const then = { effective: day, known: at.known };
      const balance = this.#figures.quantityOf(state, about.figure, then, about.filter ?? {});
      // A source stands below zero by what came from it: that is what a statement speaks of.
      const expected = !isFigure(about.figure) && isSource(about.figure) ? -balance : balance;
      const counted = row.counted ?? 0;
      const quantity = Math.abs(counted - expected);
      const open = explainedBy.length > 0 ? 0 : quantity;
      return [{ ...base, holding: null, expected, counted, quantity, open, about: { ...about } }];
    }
    const { account, munition, lot, site, institution, shipment, open } = row;
    const { expected, counted, quantity } = row;
    const holding = { account, munition, lot, site, institution, shipment };
    const numbers = { expected: expected ?? 0, counted: counted ?? 0, quantity: quantity ?? 0 };
    return [{ ...base, holding, ...numbers, open }];
  }

  /** A shipment is listed when its two sides do not agree, explained or not. */
  #shipment(
    state: number,
    shipment: string,
    base: Pick<Difference, 'kind' | 'exact'>,
    at: TwoTimes,
  ): Difference[] {
    const listed = this.#shipments.listed(shipment, at, state);
    if (listed === undefined) return [];
    const { shipment: sides, ...said } = listed;
    if (sides.status === 'agreed' || sides.status === 'in-transit') return [];
    const sum = (of: (line: ShipmentLine) => number) =>
      sides.lines.reduce((total, line) => total + of(line), 0);
    const expected = sum((line) => line.dispatched - line.returned);
    const counted = sum((line) => line.received - line.givenBack);
    const titleDiffers = sum((line) => line.titleDiffers);
    const quantity = sum((line) => Math.abs(line.difference)) + titleDiffers;
    const open = sides.status === 'explained' ? 0 : quantity;
    const id = `shipment:${sides.shipment}`;
    const numbers = { expected, counted, quantity, open };
    return [{ ...base, id, ...said, holding: null, ...numbers, about: { shipment, titleDiffers } }];
  }
}

interface About {
  readonly shipment?: string;
  readonly figure?: Figure | Account;
  readonly filter?: HoldingFilter;
  readonly source?: string;
}
