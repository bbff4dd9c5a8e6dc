import { isShipped, type StockAccount } from './accounts.ts';
import { holding, holdingKey } from './holding.ts';
import { eachLine, unlessMalformed, type Check } from './judging.ts';
import type { Line, MovingLine, ReclassificationLine, UseLine } from './kinds.ts';
import { normaliseName } from './names.ts';
import { destination } from './posting-rules.ts';
import { isQuantity, quantityMax } from './quantity.ts';
import type { Fault } from './refusals.ts';

/** A body of any kind, as far as its lines are looked at. */
interface Lines<L> {
  readonly effectiveDate?: string;
  readonly lines?: readonly L[];
}

export const quantities = (least: 0 | 1) =>
  eachLine<Line, Lines<Line>>(({ quantity }, n) =>
    isQuantity(quantity, least)
      ? []
      : [at(n, 'quantity', `must be a whole number from ${least} to ${quantityMax}`)],
  );

export const usedAtLeastConsumed = eachLine<UseLine, Lines<UseLine>>(
  ({ quantity, used = quantity }, n) => {
    if (used === 0) return [at(n, 'used', 'say how many were used: at least 1, consumed or not')];
    if (!isQuantity(used))
      return [at(n, 'used', `must be a whole number from 1 to ${quantityMax}`)];
    if (used < quantity) return [at(n, 'used', `${quantity} consumed but only ${used} used`)];
    return [];
  },
);

/** Mines in transit and in custody are told apart by shipment, all others by place. */
export function shipmentFits<B extends Lines<MovingLine>>(
  accountOf: (body: B) => StockAccount | undefined,
  shipmentOf: (body: B) => string | undefined,
): Check<B>[] {
  return [
    (body) => {
      const account = accountOf(body);
      return account === undefined ? [] : shipmentNamed(account, shipmentOf(body));
    },
    eachLine<MovingLine, B>((line, n, body) => {
      const account = accountOf(body);
      return account === undefined || !isShipped(account) ? [] : placeNamed(account, line, n);
    }),
  ];
}

function shipmentNamed(account: StockAccount, shipment: string | undefined): Fault[] {
  const wrong = (detail: string) => [{ pointer: '/shipment', detail }];
  if (!isShipped(account)) {
    return shipment === undefined ? [] : wrong(`what is in ${account} belongs to no shipment`);
  }
  if (shipment === undefined) return wrong(`say which shipment: ${account} is held by it`);
  return normaliseName(shipment) === '' ? wrong('has nothing readable in it') : [];
}

function placeNamed(account: StockAccount, line: MovingLine, n: number): Fault[] {
  return (['site', 'institution', 'toSite', 'toInstitution'] as const)
    .filter((field) => unlessMalformed(() => line[field]) !== undefined)
    .map((field) => at(n, field, `${account} is held by shipment, not by place: leave it out`));
}

export const goesElsewhere = eachLine<MovingLine, Lines<MovingLine> & { account: StockAccount }>(
  (line, n, { account }) => {
    const there = destination(line);
    if (holdingKey(holding(account, line)) !== holdingKey(holding(account, there))) return [];
    return [at(n, '', 'goes nowhere: say toSite, toInstitution or toLot, other than where it is')];
  },
);

/** A line with every name that a line of any kind can have. */
type NamingLine = MovingLine & ReclassificationLine;

const nameFields = [
  'munition',
  'toMunition',
  'lot',
  'site',
  'institution',
  'toLot',
  'toSite',
  'toInstitution',
] as const;

export const nameFaults = eachLine<NamingLine, Lines<NamingLine>>((line, n) =>
  nameFields
    .filter((field) => {
      const name = unlessMalformed(() => line[field]);
      return name !== undefined && normaliseName(name) === '';
    })
    .map((field) => at(n, field, 'has nothing readable in it; leave it out if not recorded')),
);

/** Two lines that name the same holding are a slip of the pen, unless they go to two places. */
export function twiceFaults(body: Lines<NamingLine>): readonly Fault[] {
  const first = new Map<string, number>();
  return eachLine<NamingLine, Lines<NamingLine>>((line, n) => {
    const key = nameFields.map((field) => normaliseName(line[field] ?? '')).join('\u001f');
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, n);
      return [];
    }
    const detail = `names the same holding as line ${before} (counted from 0); make them one line`;
    return [at(n, '', detail)];
  })(body, '');
}

function at(n: number, field: string, detail: string): Fault {
  return { pointer: field === '' ? `/lines/${n}` : `/lines/${n}/${field}`, detail };
}
