import { strict as assert } from 'node:assert';
import type { Account, StockAccount } from './accounts.ts';
import type { Book } from './book.ts';
import { findDifference, type OpenDifference } from './differences.ts';
import { parseEffectiveDate } from './effective-date.ts';
import { describeHolding, holding, holdingKey, nameKey, placeOf, type Holding } from './holding.ts';
import type { Explaining, Explanation, ExplanationFindings, Line } from './kinds.ts';
import type { Fault, Refusal } from './refusals.ts';

type Explained =
  | { readonly found: ExplanationFindings }
  | { readonly faults: readonly Fault[] }
  | { readonly refusals: readonly Refusal[] };

interface Answers {
  /** What a shortage may turn out to have been, beside an entry that `explains` it. */
  readonly shortage: readonly Account[];
  /** Where a surplus may turn out to have come from. */
  readonly surplus: readonly Account[];
}

const ofOwn: Answers = {
  shortage: ['gone/lost', 'gone/counting-error', 'source/declared'],
  surplus: [
    'source/declared',
    'source/newly-found',
    'source/seized',
    'source/recovered',
    'source/received',
    'source/reclassified',
  ],
};

/** Mines in custody are another State's: they were never declared here, and are not this State's loss. */
const ofOthers: Answers = {
  shortage: ['gone/lost-for-others', 'gone/counting-error', 'source/received'],
  surplus: ['source/received', 'source/reclassified'],
};

/** Looks up what an explanation is about, and whether it can explain that much of it. */
export function explanationFindings(body: Explanation, book: Book): Explained {
  if (body.shipment !== undefined) return shipmentExplained(body.shipment, book);
  const id = body.difference;
  assert(id !== undefined, 'an explanation is of a shipment or of a difference');
  const difference = findDifference(id, book);
  if (difference === undefined) return { refusals: [unknown('/difference', id, book)] };
  const faults = [...accountFaults(body, difference), ...lineFaults(body.lines?.[0], difference)];
  if (faults.length > 0) return { faults };
  const quantity = body.lines?.[0]?.quantity ?? difference.open;
  const refusals = tooMuch('/difference', id, quantity, difference, body.effectiveDate);
  const { kind, mark } = difference;
  if (body.against === undefined || refusals.length > 0) {
    return refusals.length > 0
      ? { refusals }
      : { found: { kind, quantity, ...(mark && { mark }) } };
  }
  return setAgainst(
    body,
    body.against,
    { kind, quantity, ...(mark && { mark }) },
    difference,
    book,
  );
}

/** An entry that may be the truth behind a shortage, and the holding that it would be taken from. */
type Truth = Explaining & {
  readonly effectiveDate: string;
  readonly lines: readonly Line[];
  readonly from?: StockAccount;
  readonly shipment?: string;
  readonly fromShipment?: string;
};

/** What `explains` asks of the book: that there is such a shortage, of this holding, that large. */
export function explainsRefusals(body: Truth, book: Book): Refusal[] {
  const [line] = body.lines;
  if (body.explains === undefined || line === undefined) return [];
  const difference = findDifference(body.explains, book);
  if (difference?.mark === undefined || difference.kind !== 'shortage') {
    return [unknown('/explains', body.explains, book)];
  }
  if (!isOf(difference.holding, line, body)) {
    const detail = `the shortage is of ${describeHolding(difference.holding)}: name that holding`;
    return [{ code: 'other-holding', pointer: '/lines/0', detail, holding: difference.holding }];
  }
  return tooMuch('/explains', body.explains, line.quantity, difference, body.effectiveDate);
}

/** What was used up need not have been retained first: that may be how it came to be missing. */
function isOf(missing: Holding, line: Line, { from, shipment, fromShipment }: Truth): boolean {
  const named = holding(from ?? 'retained', line, { shipment: fromShipment ?? shipment });
  const own = from === undefined && missing.account !== 'custody';
  const as = own ? holding('retained', placeOf(missing)) : missing;
  return holdingKey(named) === holdingKey(as);
}

function setAgainst(
  { effectiveDate }: Explanation,
  id: string,
  found: ExplanationFindings,
  one: OpenDifference,
  book: Book,
): Explained {
  const other = findDifference(id, book);
  if (other?.mark === undefined) return { refusals: [unknown('/against', id, book)] };
  const opposite = one.kind === 'shortage' ? 'surplus' : 'shortage';
  const alike = nameKey(one.holding.munition) === nameKey(other.holding.munition);
  if (other.kind !== opposite || !alike) {
    const detail = `must be a ${opposite} of ${one.holding.munition}`;
    return { faults: [{ pointer: '/against', detail }] };
  }
  if (isCustody(one) !== isCustody(other)) {
    const detail = 'one is of this State’s own, the other of mines held for another State';
    return { faults: [{ pointer: '/against', detail }] };
  }
  const refusals = tooMuch('/against', id, found.quantity, other, effectiveDate);
  return refusals.length > 0 ? { refusals } : { found: { ...found, against: other.mark } };
}

function shipmentExplained(shipment: string, book: Book): Explained {
  if (!book.knowsShipment(shipment)) {
    const detail = `the book of ${book.state} has no entry of shipment ${shipment}`;
    return { refusals: [{ code: 'no-such-shipment', pointer: '/shipment', detail }] };
  }
  return { found: { kind: 'shipment', quantity: 0 } };
}

const isCustody = ({ holding: of }: OpenDifference): boolean => of.account === 'custody';

function accountFaults({ account, against }: Explanation, difference: OpenDifference): Fault[] {
  const { kind } = difference;
  if (kind === 'contradicted-count' || kind === 'statement') {
    if (account === undefined && against === undefined) return [];
    const detail = `a ${kind} is explained in words alone: leave out account and against`;
    return [{ pointer: account === undefined ? '/against' : '/account', detail }];
  }
  if (against !== undefined) return [];
  const allowed = (isCustody(difference) ? ofOthers : ofOwn)[kind];
  if (account !== undefined && allowed.includes(account)) return [];
  const what = isCustody(difference) ? `${kind} of custody` : kind;
  return [
    { pointer: '/account', detail: `a ${what} is explained by one of: ${allowed.join(', ')}` },
  ];
}

/** A line repeats what the difference is of: names that it gives must be those. */
function lineFaults(line: Line | undefined, { holding: of, kind }: OpenDifference): Fault[] {
  if (line === undefined || kind === 'statement') return [];
  return (['munition', 'lot', 'site', 'institution'] as const)
    .filter((field) => line[field] !== undefined && nameKey(line[field]) !== nameKey(of[field]))
    .map((field) => ({
      pointer: `/lines/0/${field}`,
      detail: `the difference is of ${describeHolding(of)}`,
    }));
}

function tooMuch(
  pointer: string,
  id: string,
  quantity: number,
  { open, kind, day }: OpenDifference,
  effectiveDate: string,
): Refusal[] {
  if (open === 0) {
    return [{ code: 'difference-closed', pointer, detail: `difference ${id} is closed already` }];
  }
  if (kind !== 'statement' && quantity > open) {
    const detail = `${open} of difference ${id} are open, not ${quantity}`;
    return [{ code: 'more-than-open', pointer, detail, available: open }];
  }
  if (parseEffectiveDate(effectiveDate).last >= day) return [];
  const detail = `the difference came up on ${day}: date the entry then or later; happenedOn can say more`;
  return [{ code: 'before-the-difference', pointer: '/effectiveDate', detail, day }];
}

function unknown(pointer: string, id: string, book: Book): Refusal {
  const what = pointer === '/explains' ? 'shortage' : 'difference';
  const detail = `the book of ${book.state} has no ${what} ${id}`;
  return { code: 'no-such-difference', pointer, detail };
}
