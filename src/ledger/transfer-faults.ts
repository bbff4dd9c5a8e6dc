import { isShipped } from './accounts.ts';
import { holdingKey, holding } from './holding.ts';
import type { Bodies, Reclassification, Return, Transfer } from './kinds.ts';
import { shipmentFits } from './line-faults.ts';
import type { Fault } from './refusals.ts';

/** What a transfer asks of its body: another State, and mines that can be sent. */
export function transferFaults(body: Transfer, state: string): Fault[] {
  const { from, to, fromShipment, shipment, titlePasses, lines } = body;
  const faults: Fault[] = [];
  const say = (pointer: string, detail: string) => faults.push({ pointer, detail });
  if (to === state) say('/to', 'is this State itself; a move within a State is a movement');
  if (from.endsWith('/unverifiable')) say('/from', 'is out of control: regain it first');
  if (from.endsWith('/dispatched') && !titlePasses) {
    say('/titlePasses', 'these are abroad already: only their title can still pass');
  }
  if (fromShipment !== undefined && !isShipped(from)) {
    say('/fromShipment', `what is in ${from} belongs to no shipment: leave it out`);
  }
  if (isShipped(from)) faults.push(...shipmentFits(from, fromShipment ?? shipment, lines));
  return faults;
}

/** Mines that come back are told apart by their shipment. */
export function returnFaults({ lines, shipment }: Return): Fault[] {
  return shipmentFits('held/dispatched', shipment, lines);
}

/** A reclassification makes another type or lot of them, or no mine at all. */
export function reclassificationFaults(body: Reclassification): Fault[] {
  const faults = shipmentFits(body.from, body.shipment, body.lines);
  body.lines.forEach((line, n) => {
    const { munition, lot, toMunition = munition, toLot = lot } = line;
    if (line.toMunition === undefined && line.toLot === undefined) return;
    const become = { munition: toMunition, ...(toLot !== undefined && { lot: toLot }) };
    const was: Bodies['inventory']['lines'][0] = line;
    const is = { ...was, ...become };
    if (holdingKey(holding(body.from, was)) !== holdingKey(holding(body.from, is))) return;
    const detail = 'is what it was already; say another toMunition or toLot';
    faults.push({ pointer: `/lines/${n}/toMunition`, detail });
  });
  return faults;
}
