import { strict as assert } from 'node:assert';
import { isGuarded } from './accounts.ts';
import type { Balance, Book, EntryRef } from './book.ts';
import { dayBefore, type Day } from './effective-date.ts';
import { dayOf, type DecidedEntry } from './entry.ts';
import { bareHolding, describeHolding, holdingKey, type Holding } from './holding.ts';
import { normaliseName } from './names.ts';
import { changesByHolding, inflowOf, type Posting } from './posting.ts';
import { inflowMax } from './quantity.ts';
import type { Refusal } from './refusals.ts';

/** How many entries and holdings a refusal names. */
const namedMax = 20;

/** What of an entry the rules of stock look at. */
type Dated = Pick<DecidedEntry, 'id' | 'effective'> & {
  readonly kind: string;
  readonly postings: readonly Posting[];
};

/** What entries recorded together change in one holding, by day. */
interface Drawn {
  readonly holding: Holding;
  /** The first day of them. */
  first: string;
  readonly changes: Map<string, number>;
  /** The first entry that takes something out, and its line. */
  draws: { readonly entry: Dated; readonly line: number | null } | undefined;
}

/**
 * The rules of stock, for entries recorded together: no guarded holding below zero at the end of
 * any day, and no more in the book than can be counted exactly. Names every holding that stands
 * against it.
 */
export function stockRefusals(entries: readonly Dated[], book: Book): Refusal[] {
  return refusalsByEntry(entries, book).map(({ refusal }) => refusal);
}

/** The same, each with the entry that it concerns: the first that draws on the holding. */
export function refusalsByEntry(
  entries: readonly Dated[],
  book: Book,
): { readonly refusal: Refusal; readonly entry: string | undefined }[] {
  const refusals: { refusal: Refusal; entry: string | undefined }[] = [];
  let inflow = book.inflow;
  for (const { postings } of entries) {
    const balance = postings.reduce((sum, p) => sum + p.quantity, 0);
    assert.equal(balance, 0, 'an entry balances');
    inflow += inflowOf(postings);
  }
  if (inflow > inflowMax) {
    const detail = `the book of ${book.state} would take in ${inflow}; at most ${inflowMax} can be`;
    const refusal = { code: 'inflow-limit' as const, pointer: '/lines', detail };
    refusals.push({ refusal, entry: entries.at(-1)?.id });
  }
  const whereabouts = lookedUpOnce(book);
  for (const drawn of drawnFrom(entries).values()) {
    if (drawn.draws === undefined) continue;
    const short = lowestOf(drawn, book);
    if (short === undefined) continue;
    const { entry, line } = drawn.draws;
    const refusal = shortOf(drawn.holding, short, entry, book, whereabouts);
    refusals.push({ refusal: { ...refusal, pointer: pointerTo(entry, line) }, entry: entry.id });
  }
  return refusals;
}

/** Where munitions of one type are at the end of a day. */
type Whereabouts = (munition: string, day: Day) => readonly Balance[];

/** The same answer for the same question: an entry can want of one type in thousands of lines. */
function lookedUpOnce(book: Book): Whereabouts {
  const known = new Map<string, readonly Balance[]>();
  return (munition, day) => {
    const key = `${day} ${normaliseName(munition)}`;
    const found = known.get(key) ?? book.holdingsOf(munition, day, namedMax);
    known.set(key, found);
    return found;
  };
}

function drawnFrom(entries: readonly Dated[]): Map<string, Drawn> {
  const all = new Map<string, Drawn>();
  for (const entry of entries) {
    for (const { holding, change, line } of changesByHolding(entry.postings).values()) {
      const sign = signOf(holding);
      if (sign === 0) continue;
      const key = holdingKey(holding);
      const day = dayOf(entry);
      const drawn: Drawn = all.get(key) ?? {
        holding,
        first: day,
        changes: new Map(),
        draws: undefined,
      };
      if (day < drawn.first) drawn.first = day;
      drawn.changes.set(day, (drawn.changes.get(day) ?? 0) + change);
      if (change * sign < 0) drawn.draws ??= { entry, line };
      all.set(key, drawn);
    }
  }
  return all;
}

/** 1: never below zero. −1: never above, as a surplus can be explained only once. 0: free. */
function signOf({ account, difference }: Holding): number {
  if (account === 'source/count-surplus' && difference !== null) return -1;
  return isGuarded(account) ? 1 : 0;
}

interface Short {
  /** The most that could be taken on the day asked. */
  readonly available: number;
  /** The first day at whose end there would be too little, and how much there would be. */
  readonly brokenOn: string;
  readonly left: number;
}

/** Walks the days from the first change on; `undefined` when every one of them comes out. */
function lowestOf({ holding, first, changes }: Drawn, book: Book): Short | undefined {
  const sign = signOf(holding);
  const known = new Map(book.changesAfter(holding, first).map(({ day, change }) => [day, change]));
  let before = sign * book.balance(holding, first);
  let after = before;
  let available = before;
  let broken: { brokenOn: string; left: number } | undefined;
  for (const day of [...new Set([...changes.keys(), ...known.keys()])].sort()) {
    const was = known.get(day) ?? 0;
    before += sign * was;
    after += sign * (was + (changes.get(day) ?? 0));
    assert(before >= 0, `${describeHolding(holding)} is below zero on ${day} already`);
    available = Math.min(available, before);
    if (after < 0) broken ??= { brokenOn: day, left: after };
  }
  return broken && { ...broken, available };
}

function shortOf(
  holding: Holding,
  { available, brokenOn, left }: Short,
  entry: Dated,
  book: Book,
  whereabouts: Whereabouts,
): Omit<Refusal, 'pointer'> {
  const day = dayOf(entry);
  const sameDay = brokenOn === day;
  const turned = entry.kind === 'reversal';
  // What drew on it the very same day depends on an inflow that is taken back, and on no other.
  const after = turned ? dayBefore(day) : day;
  const dependents = book.outflows(holding, after, brokenOn, namedMax);
  const vague = book.vagueInflows(holding, brokenOn, namedMax);
  const elsewhere = sameDay && !turned ? whereabouts(holding.munition, day) : [];
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
  if (kind === 'explanation') return '/difference';
  return line === null ? '/complete' : `/lines/${line}/quantity`;
}

function narrower({ entry, effectiveDate, quantity }: EntryRef, day: string): string {
  return (
    `entry ${entry} brought ${quantity}, but dated "${effectiveDate}" it counts on the last day ` +
    `of that: if they were there by ${day}, reverse it and record it with a date that ends by then`
  );
}
