import type { DatabaseSync } from 'node:sqlite';
import { shipmentDifference } from '../ledger/differences.ts';
import { nameKey } from '../ledger/holding.ts';
import type { ShipmentSide } from '../ledger/shipments.ts';
import type { TwoTimes } from './asked.ts';
import { standing } from './open-questions.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

export type ShipmentStatus = 'in-transit' | 'agreed' | 'disagrees' | 'no-dispatch' | 'explained';

/** One type and lot of a shipment, as both sides have it. */
export interface ShipmentLine {
  readonly munition: string;
  readonly lot: string | null;
  /** Sent, and come back, as the sender has it. */
  readonly dispatched: number;
  readonly returned: number;
  /** Come, and given back, as the receiver has it. */
  readonly received: number;
  readonly givenBack: number;
  /** What should be with the receiver by the sender's book, less what is by the receiver's own. */
  readonly difference: number;
}

export interface Shipment {
  readonly shipment: string;
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly status: ShipmentStatus;
  readonly lines: readonly ShipmentLine[];
}

interface Row {
  readonly shipment: string;
  readonly state: string;
  readonly stateId: number;
  readonly side: ShipmentSide;
  readonly munition: string;
  readonly lot: string | null;
  readonly key: string;
  readonly quantity: number;
  readonly other: string | null;
  readonly position: number;
}

const claims = `
  SELECT c.shipment, s.code AS state, c.state AS stateId, c.side, c.munition, c.lot, c.quantity, c.other,
    c.munition_key || char(31) || c.lot_key AS key, c.position
  FROM shipment_claims c JOIN states s ON s.id = c.state
  WHERE c.shipment_key = :shipment AND c.day <= :day AND c.position <= :known
  ORDER BY c.position, c.leg`;

const explained = `
  SELECT max(x.position) AS position FROM explanations x JOIN entries e ON e.position = x.position
  WHERE x.difference = :difference AND x.day <= :day AND ${standing('e')}
    AND e.state IN (SELECT value FROM json_each(:states))`;

/** Lays both sides of a shipment beside each other; neither changes the other's figures. */
export class ShipmentReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Both sides of a shipment: the State that sent it first and the one it was sent to. What any
   * other State claims under its name is that State's own affair: only `viewer` is shown it.
   */
  of(shipment: string, at: TwoTimes, viewer?: number): Shipment | undefined {
    const moment = { day: dayNumber(at.effective), known: at.known };
    const values = { shipment: nameKey(shipment), ...moment };
    const rows = ofTwoSides(statement(this.#db, claims).all(values) as unknown as Row[], viewer);
    const [first] = rows;
    if (first === undefined) return undefined;
    const sent = rows.find(({ side }) => side === 'dispatched');
    const came = rows.find(({ side }) => side === 'received');
    const lines = linesOf(rows);
    const difference = shipmentDifference(shipment);
    const states = JSON.stringify([...new Set(rows.map(({ stateId }) => stateId))]);
    const said = statement(this.#db, explained).get({ difference, states, ...moment });
    const last = rows.at(-1)?.position ?? 0;
    return {
      shipment: first.shipment,
      sender: sent?.state ?? came?.other ?? null,
      receiver: came?.state ?? sent?.other ?? null,
      status: statusOf(rows, lines, Number(said?.['position'] ?? 0) > last),
      lines,
    };
  }
}

function ofTwoSides(rows: readonly Row[], viewer: number | undefined): readonly Row[] {
  const sent = rows.find(({ side }) => side === 'dispatched');
  const isSide = (row: Row) =>
    row.side === 'dispatched' || row.side === 'returned'
      ? row.state === sent?.state
      : row.state === (sent?.other ?? row.state);
  const sides = sent === undefined ? rows : rows.filter(isSide);
  if (viewer === undefined || sides.some((row) => row.stateId === viewer)) return sides;
  const own = rows.filter((row) => row.stateId === viewer);
  // The receiver that the sender named may ask before it has recorded anything itself.
  return own.length > 0 ? own : sides;
}

function linesOf(rows: readonly Row[]): ShipmentLine[] {
  return [...Map.groupBy(rows, ({ key }) => key).values()].map((claimed) => {
    const sum = (side: ShipmentSide) =>
      claimed.filter((c) => c.side === side).reduce((total, c) => total + c.quantity, 0);
    const [dispatched, returned] = [sum('dispatched'), sum('returned')];
    const [received, givenBack] = [sum('received'), sum('given-back')];
    const difference = dispatched - returned - (received - givenBack);
    const { munition = '', lot = null } = claimed[0] ?? {};
    return { munition, lot, dispatched, returned, received, givenBack, difference };
  });
}

function statusOf(
  rows: readonly Row[],
  lines: readonly ShipmentLine[],
  explained: boolean,
): ShipmentStatus {
  const agrees = lines.every(({ difference }) => difference === 0);
  if (agrees) return 'agreed';
  if (explained) return 'explained';
  if (!rows.some(({ side }) => side === 'dispatched')) return 'no-dispatch';
  return rows.some(({ side }) => side === 'received') ? 'disagrees' : 'in-transit';
}
