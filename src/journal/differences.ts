import type { DatabaseSync } from 'node:sqlite';
import type { Holding } from '../ledger/holding.ts';
import type { Page, TwoTimes } from './asked.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { contradicting, standing } from './open-questions.ts';
import { dayNumber, dayText } from './schema.ts';
import { statement } from './statements.ts';

/** Something that two sources say differently, open until it is explained. */
export interface Difference {
  readonly id: string;
  readonly kind: 'shortage' | 'surplus' | 'contradicted-count';
  readonly holding: Omit<Holding, 'difference'>;
  /** The day at whose end the two disagree. */
  readonly day: string;
  readonly expected: number;
  readonly counted: number;
  readonly quantity: number;
  /** How much of the quantity is not yet explained. */
  readonly open: number;
  /** The entry by which it came up. */
  readonly openedBy: string;
  readonly exact: boolean;
}

const openOf = `CASE
  WHEN d.mark IS NOT NULL THEN coalesce((SELECT abs(sum(p.quantity)) FROM postings p
    WHERE p.holding = d.mark AND p.day <= :day AND p.position <= :known), 0)
  WHEN ${contradicting} THEN d.quantity ELSE 0 END`;

const query = `
  SELECT CAST(d.position AS TEXT) AS position, d.n, d.id, d.kind, d.day, d.expected, d.counted,
    d.quantity, d.exact, ${openOf} AS open, e.id AS openedBy,
    h.account, h.munition, h.lot, h.site, h.institution, h.shipment
  FROM differences d JOIN entries e ON e.position = d.position JOIN holdings h ON h.id = d.holding
  WHERE d.state = :state AND d.day <= :day AND ${standing('e')}
    AND (d.position, d.n) > (:afterPosition, :afterN)
  ORDER BY d.position, d.n LIMIT :limit`;

/** Lists what does not agree in a State's book, open and closed, at both times. */
export class DifferenceReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
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
    }) as unknown as (Omit<Difference, 'holding' | 'day' | 'exact'> &
      Omit<Holding, 'difference'> & { position: string; n: number; day: number; exact: number })[];
    const items = rows.slice(0, limit).map((r) => ({
      id: r.id,
      kind: r.kind,
      holding: {
        account: r.account,
        munition: r.munition,
        lot: r.lot,
        site: r.site,
        institution: r.institution,
        shipment: r.shipment,
      },
      day: dayText(r.day),
      expected: r.expected,
      counted: r.counted,
      quantity: r.quantity,
      open: r.open,
      openedBy: r.openedBy,
      exact: r.exact === 1,
    }));
    const last = rows[limit - 1];
    const more = rows.length > limit && last !== undefined;
    return { items, next: more ? encodeCursor([last.position, last.n]) : null };
  }
}
