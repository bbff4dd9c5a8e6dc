import { isShipped, type StockAccount } from './accounts.ts';
import { latestToday, NotADate, readEffectiveDate } from './effective-date.ts';
import { explanationFaults, explainsFaults } from './explanation-faults.ts';
import { judged, type Check } from './judging.ts';
import type { Bodies, Kind } from './kinds.ts';
import {
  goesElsewhere,
  nameFaults,
  quantities,
  shipmentFits,
  twiceFaults,
  usedAtLeastConsumed,
} from './line-faults.ts';
import { isQuantity, quantityMax } from './quantity.ts';
import type { Fault } from './refusals.ts';
import { reclassificationFaults, returnFaults, transferFaults } from './transfer-faults.ts';

/** What each kind asks of its body beyond the shape, which the edge has checked. */
const checks: { readonly [K in Kind]: readonly Check<Bodies[K]>[] } = {
  inventory: [quantities(1)],
  retention: [quantities(1)],
  release: [quantities(1)],
  allocation: [quantities(1)],
  use: [quantities(0), usedAtLeastConsumed, ...explainsFaults],
  movement: [
    quantities(1),
    ...shipmentFits<Bodies['movement']>(({ account }) => account, shipmentOf),
    goesElsewhere,
  ],
  destruction: [
    quantities(1),
    ({ article, from }) =>
      article === '4' && from === undefined
        ? [wrong('/from', 'say which account the mines were held in')]
        : [],
    ...shipmentFits<Bodies['destruction']>(
      ({ article, from }) => (article === '4' ? from : undefined),
      shipmentOf,
    ),
    ({ article, from }) => (article === '5' && from !== undefined ? [fromMinedArea('/from')] : []),
    ({ article, shipment }) =>
      article === '5' && shipment !== undefined ? [fromMinedArea('/shipment')] : [],
    ...explainsFaults,
  ],
  loss: [
    quantities(1),
    ...shipmentFits<Bodies['loss']>(({ from }) => from, shipmentOf),
    ...explainsFaults,
  ],
  count: [quantities(0), ...shipmentFits<Bodies['count']>(({ account }) => account, shipmentOf)],
  transfer: [quantities(1), ...transferFaults, ...explainsFaults],
  receipt: [
    quantities(1),
    ({ sender }, state) => (sender === state ? [toOneself('/sender')] : []),
    ...shipmentFits<Bodies['receipt']>(
      ({ heldAs }) => (heldAs === 'custody' ? heldAs : undefined),
      shipmentOf,
    ),
  ],
  return: [quantities(1), ...returnFaults],
  control: [
    quantities(1),
    controlledFrom,
    ...shipmentFits<Bodies['control']>(
      ({ from, status }) => (status === 'regained' || !canBeLost(from) ? undefined : from),
      shipmentOf,
    ),
    ({ from, status, shipment }) =>
      status === 'regained' && shipment !== undefined && !isShipped(from)
        ? [wrong('/shipment', `what was in ${from} belongs to no shipment`)]
        : [],
  ],
  reclassification: [quantities(1), ...reclassificationFaults],
  statement: [
    ({ quantity }) =>
      isQuantity(quantity, 0) ? [] : [wrong('/quantity', `must be from 0 to ${quantityMax}`)],
  ],
  explanation: explanationFaults,
  correction: [
    ({ reverse = [], replace = [] }) =>
      reverse.length + replace.length === 0
        ? [wrong('', 'say what to reverse, what to replace it with, or both')]
        : [],
    ({ reverse = [] }) =>
      reverse.flatMap((id, n) =>
        reverse.indexOf(id) < n ? [wrong(`/reverse/${n}`, 'is named twice')] : [],
      ),
  ],
  reversal: [],
};

/**
 * Everything wrong with a body in itself: all of it at once; nothing when it is sound. Of a body
 * `withMalformed` fields, all that can be told without them.
 */
export function faultsOf<K extends Kind>(
  kind: K,
  body: Bodies[K],
  now: number,
  state: string,
): Fault[] {
  const all: readonly Check<Bodies[K]>[] = [
    ({ effectiveDate }) => dateFaults('/effectiveDate', effectiveDate, now),
    ...checks[kind],
    (one) => ('happenedOn' in one ? dateFaults('/happenedOn', one.happenedOn, now) : []),
    nameFaults,
    twiceFaults,
  ];
  return judged(all, body, state);
}

function shipmentOf({ shipment }: { readonly shipment?: string }): string | undefined {
  return shipment;
}

/** What is wrong with the date of a field, if one is given. */
function dateFaults(pointer: string, text: string | undefined, now: number): Fault[] {
  if (text === undefined) return [];
  const date = readEffectiveDate(text);
  if (date instanceof NotADate) return [{ pointer, detail: date.message }];
  const today = latestToday(now);
  if (date.last <= today) return [];
  const remedy =
    date.first <= today ? `; write "${date.first}/${today}" for what has happened so far` : '';
  return [{ pointer, detail: `"${text}" ends after ${today}, in the future${remedy}` }];
}

function fromMinedArea(pointer: string): Fault {
  const detail =
    'mines destroyed under Article 5 come from mined areas, not from stock: leave it out';
  return wrong(pointer, detail);
}

function canBeLost(from: StockAccount): boolean {
  return from !== 'custody' && !from.endsWith('/unverifiable');
}

function controlledFrom({ from, status }: Bodies['control']): Fault[] {
  if (from === 'custody') {
    return [wrong('/from', 'what is in custody is another State’s: it can be lost, not this')];
  }
  if (canBeLost(from) || status === 'regained') return [];
  return [wrong('/from', 'is out of control already; say which account it was in')];
}

function toOneself(pointer: string): Fault {
  return wrong(pointer, 'is this State itself; a move within a State is a movement');
}

function wrong(pointer: string, detail: string): Fault {
  return { pointer, detail };
}
