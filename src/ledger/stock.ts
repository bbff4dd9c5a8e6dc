import { strict as assert } from 'node:assert';
import { isGuarded } from './accounts.ts';
import type { Book, EntryRef } from './book.ts';
import { dayBefore } from './effective-date.ts';
import { dayOf, type DecidedEntry } from './entry.ts';
import { bareHolding, describeHolding, type Holding } from './holding.ts';
import { changesByHolding, inflowOf, type Posting } from './posting.ts';
import { inflowMax } from './quantity.ts';
import type { Refusal } from './refusals.ts';

/** How many entries and holdings a refusal names. */
const namedMax = 20;

/** What of an entry the rules of stock look at. */
type Dated = Pick<DecidedEntry, 'effective'> & {
  readonly kind: string;
  readonly postings: readonly Posting[];
};

/**
 * The rules of stock: no guarded holding below zero at the end of any day from the entry's on, and
 * no more in the book than can be counted exactly. Names every holding that stands against it.
 */
export function stockRefusals(entry: Dated, book: Book): Refusal[] {
  const balance = entry.postings.reduce((sum, p) => sum + p.quantity, 0);
  assert.equal(balance, 0, 'an entry balances');
  const refusals: Refusal[] = [];
  const inflow = book.inflow + inflowOf(entry.postings);
  if (inflow > inflowMax) {
    const detail = `the book of ${book.state} would take in ${inflow}; at most ${inflowMax} can be`;
    refusals.push({ code: 'inflow-limit', pointer: '/lines', detail });
  }
  for (const { holding, change, line } of changesByHolding(entry.postings).values()) {
    if (change >= 0 || !isGuarded(holding.account)) continue;
    const lowest = lowestFrom(holding, dayOf(entry), -change, book);
    if (lowest.available >= -change) continue;
    refusals.push({
      ...shortOf(holding, -change, lowest, entry, book),
      pointer: pointerTo(entry, line),
    });
  }
  return refusals;
}

interface Lowest {
  /** The most that can be taken on the day asked. */
  readonly available: number;
  /** The first day at whose end there would be too little. */
  readonly brokenOn: string;
}

function lowestFrom(holding: Holding, day: string, needed: number, book: Book): Lowest {
  let balance = book.balance(holding, day);
  let available = balance;
  let brokenOn = balance < needed ? day : '';
  for (const later of book.changesAfter(holding, day)) {
    balance += later.change;
    assert(balance >= 0, `${describeHolding(holding)} is below zero on ${later.day} already`);
    if (balance < available) available = balance;
    if (balance < needed && brokenOn === '') brokenOn = later.day;
  }
  return { available, brokenOn };
}

function shortOf(
  holding: Holding,
  needed: number,
  { available, brokenOn }: Lowest,
  entry: Dated,
  book: Book,
): Omit<Refusal, 'pointer'> {
  const day = dayOf(entry);
  const sameDay = brokenOn === day;
  const turned = entry.kind === 'reversal';
  // What drew on it the very same day depends on an inflow that is taken back, and on no other.
  const after = turned ? dayBefore(day) : day;
  const dependents = book.outflows(holding, after, brokenOn, namedMax);
  const vague = book.vagueInflows(holding, brokenOn, namedMax);
  const elsewhere = sameDay && !turned ? book.holdingsOf(holding.munition, day, namedMax) : [];
  const left = book.balance(holding, brokenOn) - needed;
  return {
    code: sameDay ? 'insufficient-stock' : 'breaks-later-day',
    detail: [
      `${describeHolding(holding)} would stand at ${left} at the end of ${brokenOn}`,
      `at most ${available} can be taken on ${day}`,
      ...vague.map((inflow) => narrower(inflow, brokenOn)),
      ...(sameDay && available === 0 && elsewhere.length > 0
        ? [
            'a line means exactly the holding that it names; see "holdings" for those that hold such',
          ]
        : []),
    ].join('; '),
    day: brokenOn,
    holding: bareHolding(holding),
    available,
    entries: [...dependents, ...vague],
    ...(sameDay && !turned && { holdings: elsewhere }),
  };
}

/** Where in the request the quantity stands that is too much. */
function pointerTo({ kind }: Dated, line: number | null): string {
  if (kind === 'reversal') return '/entry';
  return line === null ? '/complete' : `/lines/${line}/quantity`;
}

function narrower({ entry, effectiveDate, quantity }: EntryRef, day: string): string {
  return (
    `entry ${entry} brought ${quantity}, but dated "${effectiveDate}" it counts on the last day ` +
    `of that: if they were there by ${day}, reverse it and record it with a date that ends by then`
  );
}
