import { latestToday, NotADate, parseEffectiveDate, type EffectiveDate } from './effective-date.ts';
import { explanationFaults, explainsFaults } from './explanation-faults.ts';
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

type Check<K extends Kind> = (body: Bodies[K], state: string) => Fault[];

/** What each kind asks of its body beyond the shape, which the edge has checked. */
const checks: { readonly [K in Kind]: Check<K> } = {
  inventory: ({ lines }) => quantities(lines, 1),
  retention: ({ lines }) => quantities(lines, 1),
  release: ({ lines }) => quantities(lines, 1),
  allocation: ({ lines }) => quantities(lines, 1),
  use: (body) => [
    ...quantities(body.lines, 0),
    ...body.lines.flatMap(usedAtLeastConsumed),
    ...explainsFaults(body),
  ],
  movement: (body) => [
    ...quantities(body.lines, 1),
    ...shipmentFits(body.account, body.shipment, body.lines),
    ...body.lines.flatMap((line, n) => goesElsewhere(body.account, line, n)),
  ],
  destruction: (body) => [
    ...quantities(body.lines, 1),
    ...destroyedFrom(body),
    ...explainsFaults(body),
  ],
  loss: (body) => [
    ...quantities(body.lines, 1),
    ...shipmentFits(body.from, body.shipment, body.lines),
    ...explainsFaults(body),
  ],
  count: (body) => [
    ...quantities(body.lines, 0),
    ...shipmentFits(body.account, body.shipment, body.lines),
  ],
  transfer: (body, state) => [
    ...quantities(body.lines, 1),
    ...transferFaults(body, state),
    ...explainsFaults(body),
  ],
  receipt: (body, state) => [
    ...quantities(body.lines, 1),
    ...(body.sender === state ? [toOneself('/sender')] : []),
    ...(body.heldAs === 'custody' ? shipmentFits('custody', body.shipment, body.lines) : []),
  ],
  return: (body) => [...quantities(body.lines, 1), ...returnFaults(body)],
  control: (body) => [...quantities(body.lines, 1), ...controlFaults(body)],
  reclassification: (body) => [...quantities(body.lines, 1), ...reclassificationFaults(body)],
  statement: ({ quantity }) =>
    isQuantity(quantity, 0) ? [] : [wrong('/quantity', `must be from 0 to ${quantityMax}`)],
  explanation: explanationFaults,
  correction: ({ reverse = [], replace = [] }) => [
    ...(reverse.length + replace.length === 0
      ? [wrong('', 'say what to reverse, what to replace it with, or both')]
      : []),
    ...reverse.flatMap((id, n) =>
      reverse.indexOf(id) < n ? [wrong(`/reverse/${n}`, 'is named twice')] : [],
    ),
  ],
  reversal: () => [],
};

/** Everything wrong with a body in itself: all of it at once; nothing when it is sound. */
export function faultsOf<K extends Kind>(
  kind: K,
  body: Bodies[K],
  now: number,
  state: string,
): Fault[] {
  const check = checks[kind] as Check<K>;
  const faults = [...dateFaults(body.effectiveDate, now), ...check(body, state)];
  if ('lines' in body && body.lines !== undefined) {
    faults.push(...nameFaults(body.lines), ...twiceFaults(body.lines));
  }
  return faults;
}

/** What is wrong with an effective date, if one is given. */
export function dateFaults(text: string | undefined, now: number): Fault[] {
  if (text === undefined) return [];
  const pointer = '/effectiveDate';
  const date = readDate(text);
  if (date instanceof NotADate) return [{ pointer, detail: date.message }];
  const today = latestToday(now);
  if (date.last <= today) return [];
  const remedy =
    date.first <= today ? `; write "${date.first}/${today}" for what has happened so far` : '';
  return [{ pointer, detail: `"${text}" ends after ${today}, in the future${remedy}` }];
}

function readDate(text: string): EffectiveDate | NotADate {
  try {
    return parseEffectiveDate(text);
  } catch (error) {
    if (error instanceof NotADate) return error;
    throw error;
  }
}

function destroyedFrom(body: Bodies['destruction']): Fault[] {
  if (body.article === '4') {
    if (body.from !== undefined) return shipmentFits(body.from, body.shipment, body.lines);
    return [{ pointer: '/from', detail: 'say which account the mines were held in' }];
  }
  return (['from', 'shipment'] as const)
    .filter((field) => body[field] !== undefined)
    .map((field) => ({
      pointer: `/${field}`,
      detail: 'mines destroyed under Article 5 come from mined areas, not from stock: leave it out',
    }));
}

function controlFaults(body: Bodies['control']): Fault[] {
  if (body.from === 'custody') {
    return [wrong('/from', 'what is in custody is another State’s: it can be lost, not this')];
  }
  if (body.status === 'regained') return [];
  if (body.from.endsWith('/unverifiable')) {
    return [wrong('/from', 'is out of control already; say which account it was in')];
  }
  return shipmentFits(body.from, body.shipment, body.lines);
}

function toOneself(pointer: string): Fault {
  return wrong(pointer, 'is this State itself; a move within a State is a movement');
}

function wrong(pointer: string, detail: string): Fault {
  return { pointer, detail };
}
