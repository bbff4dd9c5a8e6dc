import { isShipped } from './accounts.ts';
import { holdingKey, holding } from './holding.ts';
import { eachLine, type Check } from './judging.ts';
import type { Reclassification, ReclassificationLine, Return, Transfer } from './kinds.ts';
import { shipmentFits } from './line-faults.ts';
import type { Fault } from './refusals.ts';

/** What a transfer asks of its body: another State, and mines that can be sent. */
export const transferFaults: readonly Check<Transfer>[] = [
  ({ to }, state) =>
    to === state ? say('/to', 'is this State itself; a move within a State is a movement') : [],
  ({ from }) =>
    from.endsWith('/unverifiable') ? say('/from', 'is out of control: regain it first') : [],
  ({ from, titlePasses }) =>
    from.endsWith('/dispatched') && !titlePasses
      ? say('/titlePasses', 'these are abroad already: only their title can still pass')
      : [],
  ({ from, fromShipment }) =>
    fromShipment !== undefined && !isShipped(from)
      ? say('/fromShipment', `what is in ${from} belongs to no shipment: leave it out`)
      : [],
  // Of what belongs to no shipment, `shipment` is the one that it is sent under.
  ...shipmentFits<Transfer>(
    ({ from }) => (isShipped(from) ? from : undefined),
    ({ fromShipment, shipment }) => fromShipment ?? shipment,
  ),
];

/** Mines that come back are told apart by their shipment. */
export const returnFaults = shipmentFits<Return>(
  () => 'held/dispatched',
  ({ shipment }) => shipment,
);

/** A reclassification makes another type or lot of them, or no mine at all. */
export const reclassificationFaults: readonly Check<Reclassification>[] = [
  ...shipmentFits<Reclassification>(
    ({ from }) => from,
    ({ shipment }) => shipment,
  ),
  eachLine<ReclassificationLine, Reclassification>((line, n, { from }) => {
    const { munition, lot, toMunition = munition, toLot = lot } = line;
    if (line.toMunition === undefined && line.toLot === undefined) return [];
    const is = { munition: toMunition, ...(toLot !== undefined && { lot: toLot }) };
    const was = { munition, ...(lot !== undefined && { lot }) };
    if (holdingKey(holding(from, was)) !== holdingKey(holding(from, is))) return [];
    return say(`/lines/${n}/toMunition`, 'is what it was already; say another toMunition or toLot');
  }),
];

function say(pointer: string, detail: string): Fault[] {
  return [{ pointer, detail }];
}
