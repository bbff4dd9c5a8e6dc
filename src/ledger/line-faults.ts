import { isShipped, type StockAccount } from './accounts.ts';
import { holding, holdingKey } from './holding.ts';
import type { Line, MovingLine, ReclassificationLine, UseLine } from './kinds.ts';
import { normaliseName } from './names.ts';
import { destination } from './posting-rules.ts';
import { isQuantity, quantityMax } from './quantity.ts';
import type { Fault } from './refusals.ts';

export function quantities(lines: readonly Line[], least: 0 | 1): Fault[] {
  return lines.flatMap(({ quantity }, n) =>
    isQuantity(quantity, least)
      ? []
      : [at(n, 'quantity', `must be a whole number from ${least} to ${quantityMax}`)],
  );
}

export function usedAtLeastConsumed({ quantity, used = quantity }: UseLine, n: number) {
  if (used === 0) return [at(n, 'used', 'say how many were used: at least 1, consumed or not')];
  if (!isQuantity(used)) return [at(n, 'used', `must be a whole number from 1 to ${quantityMax}`)];
  if (used < quantity) return [at(n, 'used', `${quantity} consumed but only ${used} used`)];
  return [];
}

/** Mines in transit and in custody are told apart by shipment, all others by place. */
export function shipmentFits(
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

export function goesElsewhere(account: StockAccount, line: MovingLine, n: number): Fault[] {
  const there = destination(line);
  if (holdingKey(holding(account, line)) !== holdingKey(holding(account, there))) return [];
  return [at(n, '', 'goes nowhere: say toSite, toInstitution or toLot, other than where it is')];
}

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

export function nameFaults(lines: readonly NamingLine[]): Fault[] {
  return lines.flatMap((line, n) =>
    nameFields
      .filter((field) => line[field] !== undefined && normaliseName(line[field]) === '')
      .map((field) => at(n, field, 'has nothing readable in it; leave it out if not recorded')),
  );
}

/** Two lines that name the same holding are a slip of the pen, unless they go to two places. */
export function twiceFaults(lines: readonly NamingLine[]): Fault[] {
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
