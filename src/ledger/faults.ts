import { isShipped, type StockAccount } from './accounts.ts';
import { latestToday, NotADate, parseEffectiveDate, type EffectiveDate } from './effective-date.ts';
import { holding, holdingKey } from './holding.ts';
import type { Bodies, Kind, Line, MovingLine } from './kinds.ts';
import { normaliseName } from './names.ts';
import { destination } from './posting-rules.ts';
import { isQuantity, quantityMax } from './quantity.ts';
import type { Fault } from './refusals.ts';

type Check<K extends Kind> = (body: Bodies[K]) => Fault[];

/** What each kind asks of its body beyond the shape, which the edge has checked. */
const checks: { readonly [K in Kind]: Check<K> } = {
  inventory: ({ lines }) => quantities(lines, 1),
  retention: ({ lines }) => quantities(lines, 1),
  release: ({ lines }) => quantities(lines, 1),
  allocation: ({ lines }) => quantities(lines, 1),
  use: ({ lines }) => [...quantities(lines, 0), ...lines.flatMap(usedAtLeastConsumed)],
  movement: (body) => [
    ...quantities(body.lines, 1),
    ...shipmentFits(body.account, body.shipment, body.lines),
    ...body.lines.flatMap((line, n) => goesElsewhere(body.account, line, n)),
  ],
  destruction: (body) => [...quantities(body.lines, 1), ...destroyedFrom(body)],
  loss: (body) => [
    ...quantities(body.lines, 1),
    ...shipmentFits(body.from, body.shipment, body.lines),
  ],
  count: (body) => [
    ...quantities(body.lines, 0),
    ...shipmentFits(body.account, body.shipment, body.lines),
  ],
  reversal: () => [],
};

/** Everything wrong with a body in itself: all of it at once; nothing when it is sound. */
export function faultsOf<K extends Kind>(kind: K, body: Bodies[K], now: number): Fault[] {
  const check = checks[kind] as Check<K>;
  const faults = [...dateFaults(body.effectiveDate, now), ...check(body)];
  if ('lines' in body) faults.push(...nameFaults(body.lines), ...twiceFaults(body.lines));
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

function quantities(lines: readonly Line[], least: 0 | 1): Fault[] {
  return lines.flatMap(({ quantity }, n) =>
    isQuantity(quantity, least)
      ? []
      : [at(n, 'quantity', `must be a whole number from ${least} to ${quantityMax}`)],
  );
}

function usedAtLeastConsumed({ quantity, used = quantity }: Bodies['use']['lines'][0], n: number) {
  if (used === 0) return [at(n, 'used', 'say how many were used: at least 1, consumed or not')];
  if (!isQuantity(used)) return [at(n, 'used', `must be a whole number from 1 to ${quantityMax}`)];
  if (used < quantity) return [at(n, 'used', `${quantity} consumed but only ${used} used`)];
  return [];
}

/** Mines in transit and in custody are told apart by shipment, all others by place. */
function shipmentFits(
  account: StockAccount,
  shipment: string | undefined,
  lines: readonly MovingLine[],
): Fault[] {
  if (!isShipped(account)) {
    if (shipment === undefined) return [];
    return [{ pointer: '/shipment', detail: `what is in ${account} belongs to no shipment` }];
  }
  const faults: Fault[] = [];
  if (shipment === undefined) {
    faults.push({ pointer: '/shipment', detail: `say which shipment: ${account} is held by it` });
  } else if (normaliseName(shipment) === '') {
    faults.push({ pointer: '/shipment', detail: 'has nothing readable in it' });
  }
  lines.forEach((line, n) => {
    for (const field of ['site', 'institution', 'toSite', 'toInstitution'] as const) {
      if (line[field] === undefined) continue;
      faults.push(at(n, field, `${account} is held by shipment, not by place: leave it out`));
    }
  });
  return faults;
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

function goesElsewhere(account: StockAccount, line: MovingLine, n: number): Fault[] {
  const there = destination(line);
  if (holdingKey(holding(account, line)) !== holdingKey(holding(account, there))) return [];
  return [at(n, '', 'goes nowhere: say toSite, toInstitution or toLot, other than where it is')];
}

const nameFields = [
  'munition',
  'lot',
  'site',
  'institution',
  'toLot',
  'toSite',
  'toInstitution',
] as const;

function nameFaults(lines: readonly MovingLine[]): Fault[] {
  return lines.flatMap((line, n) =>
    nameFields
      .filter((field) => line[field] !== undefined && normaliseName(line[field]) === '')
      .map((field) => at(n, field, 'has nothing readable in it; leave it out if not recorded')),
  );
}

/** Two lines that name the same holding are a slip of the pen, unless they go to two places. */
function twiceFaults(lines: readonly MovingLine[]): Fault[] {
  const first = new Map<string, number>();
  return lines.flatMap((line, n) => {
    const key = nameFields.map((field) => normaliseName(line[field] ?? '')).join('\u001f');
    const before = first.get(key);
    if (before === undefined) first.set(key, n);
    return before === undefined
      ? []
      : [
          at(
            n,
            '',
            `names the same holding as line ${before} (counted from 0); make them one line`,
          ),
        ];
  });
}

function at(n: number, field: string, detail: string): Fault {
  return { pointer: field === '' ? `/lines/${n}` : `/lines/${n}/${field}`, detail };
}
