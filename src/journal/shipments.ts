import type { DatabaseSync } from 'node:sqlite';
import { shipmentDifference } from '../ledger/differences.ts';
import { nameKey } from '../ledger/holding.ts';
import type { ShipmentSide } from '../ledger/shipments.ts';
import type { TwoTimes } from './asked.ts';
import { standing } from './open-questions.ts';
import { dayNumber, dayText } from './schema.ts';
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
  /** Of what both sides have: how much stays the sender's by one of them and not by the other. */
  readonly titleDiffers: number;
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
  /** 1 where they stay the sender's. */
  readonly kept: number;
  readonly position: number;
  readonly entry: string;
  readonly day: number;
  /** 0 for what was reversed, and for what reverses it. */
  readonly stands: number;
}

/** A shipment with what a State's list of differences says beside it. */
export interface ListedShipment {
  readonly shipment: Shipment;
  /** The State's first entry about it. */
  readonly openedBy: string;
  readonly day: string;
  readonly explainedBy: readonly string[];
}

const claims = `
  SELECT c.shipment, s.code AS state, c.state AS stateId, c.side, c.munition, c.lot, c.quantity, c.other,
    c.kept, c.munition_key || char(31) || c.lot_key AS key, c.position, e.id AS entry, c.day,
    (e.kind <> 'reversal' AND ${standing('e')}) AS stands
  FROM shipment_claims c JOIN states s ON s.id = c.state JOIN entries e ON e.position = c.position
  WHERE c.shipment_key = :shipment AND c.day <= :day AND c.position <= :known
  ORDER BY c.position, c.leg`;

const explanations = `
  SELECT x.position, e.id FROM explanations x JOIN entries e ON e.position = x.position
  WHERE x.difference = :difference AND x.day <= :day AND ${standing('e')}
    AND e.state IN (SELECT value FROM json_each(:states)) ORDER BY x.position`;

/** Lays both sides of a shipment beside each other; neither changes the other's figures. */
export class ShipmentReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** Both sides of a shipment; `undefined` when no book has said anything of it by then. */
  of(shipment: string, at: TwoTimes): Shipment | undefined {
    const rows = ofTwoSides(this.#claims(shipment, at));
    return rows.length > 0 ? this.#laidBeside(shipment, rows, at).shipment : undefined;
  }

  /** A shipment for the list of a State that has said something of it by then. */
  listed(shipment: string, at: TwoTimes, viewer: number): ListedShipment | undefined {
    const all = this.#claims(shipment, at);
    const [first, ...others] = all.filter(({ stateId }) => stateId === viewer);
    if (first === undefined) return undefined;
    const both = ofTwoSides(all);
    // What a third State says under the name of a shipment is its own affair: it sees only that.
    const isThird = !both.some(({ stateId }) => stateId === viewer);
    const found = this.#laidBeside(shipment, isThird ? [first, ...others] : both, at);
    return { ...found, openedBy: first.entry, day: dayText(first.day) };
  }

  #claims(shipment: string, at: TwoTimes): Row[] {
    const moment = { day: dayNumber(at.effective), known: at.known };
    const values = { shipment: nameKey(shipment), ...moment };
    return statement(this.#db, claims).all(values) as unknown as Row[];
  }

  #laidBeside(shipment: string, said: readonly Row[], at: TwoTimes) {
    const standing = said.filter(({ stands }) => stands === 1);
    const rows = standing.length > 0 ? standing : said;
    const sent = rows.find(({ side }) => side === 'dispatched');
    const came = rows.find(({ side }) => side === 'received');
    const lines = linesOf(rows);
    const explained = statement(this.#db, explanations).all({
      difference: shipmentDifference(shipment),
      states: JSON.stringify([...new Set(said.map(({ stateId }) => stateId))]),
      day: dayNumber(at.effective),
      known: at.known,
    });
    // Whatever is said after it, also to take something back, is not explained by it.
    const last = said.at(-1)?.position ?? 0;
    const isExplained = explained.some(({ position }) => Number(position) > last);
    return {
      shipment: {
        shipment: said[0]?.shipment ?? shipment,
        sender: sent?.state ?? came?.other ?? null,
        receiver: came?.state ?? sent?.other ?? null,
        status: statusOf(rows, lines, isExplained),
        lines,
      },
      explainedBy: explained.map(({ id }) => String(id)),
    };
  }
}

/**
 * What the State that sent it first says, and those that it names as receivers. What any other
 * State says under its name changes nothing there.
 */
function ofTwoSides(rows: readonly Row[]): readonly Row[] {
  const sender = rows.find(({ side }) => side === 'dispatched')?.state;
  if (sender === undefined) return rows;
  const sent = rows.filter(({ side, state }) => side === 'dispatched' && state === sender);
  const standing = sent.filter(({ stands }) => stands === 1);
  const receivers = (standing.length > 0 ? standing : sent).map(({ other }) => other);
  return rows.filter(({ side, state }) =>
    side === 'dispatched' || side === 'returned' ? state === sender : receivers.includes(state),
  );
}

function linesOf(rows: readonly Row[]): ShipmentLine[] {
  return [...Map.groupBy(rows, ({ key }) => key).values()].map((claimed) => {
    const sum = (side: ShipmentSide) =>
      claimed.filter((c) => c.side === side).reduce((total, c) => total + c.quantity, 0);
    const [dispatched, returned] = [sum('dispatched'), sum('returned')];
    const [received, givenBack] = [sum('received'), sum('given-back')];
    const difference = dispatched - returned - (received - givenBack);
    const { munition = '', lot = null } = claimed[0] ?? {};
    const titleDiffers = titleDifference(claimed);
    return { munition, lot, dispatched, returned, received, givenBack, difference, titleDiffers };
  });
}

/** What is out and there by both books, less what both call the sender's or both the receiver's. */
function titleDifference(claimed: readonly Row[]): number {
  const sum = (kept: number, came: ShipmentSide, back: ShipmentSide) =>
    claimed.reduce((total, { kept: is, side, quantity }) => {
      if (is !== kept) return total;
      return total + (side === came ? quantity : side === back ? -quantity : 0);
    }, 0);
  const [keptOut, passedOut] = [1, 0].map((kept) => sum(kept, 'dispatched', 'returned'));
  const [keptThere, passedThere] = [1, 0].map((kept) => sum(kept, 'received', 'given-back'));
  const least = (a = 0, b = 0) => Math.max(0, Math.min(a, b));
  const both = least((keptOut ?? 0) + (passedOut ?? 0), (keptThere ?? 0) + (passedThere ?? 0));
  return Math.max(0, both - least(keptOut, keptThere) - least(passedOut, passedThere));
}

function statusOf(
  rows: readonly Row[],
  lines: readonly ShipmentLine[],
  explained: boolean,
): ShipmentStatus {
  const agrees = lines.every((line) => line.difference === 0 && line.titleDiffers === 0);
  if (agrees) return 'agreed';
  if (explained) return 'explained';
  if (!rows.some(({ side }) => side === 'dispatched')) return 'no-dispatch';
  return rows.some(({ side }) => side === 'received') ? 'disagrees' : 'in-transit';
}
