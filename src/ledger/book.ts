import { strict as assert } from 'node:assert';
import type { Account, StockAccount } from './accounts.ts';
import type { Day } from './effective-date.ts';
import type { CountRef, RecordedEntry } from './entry.ts';
import { nameKey, type Holding } from './holding.ts';

/** An entry with what became of it. */
export interface BookEntry {
  readonly entry: RecordedEntry;
  readonly reversedBy: string | null;
}

/** An entry that changes a holding, as a refusal names it. */
export interface EntryRef {
  readonly entry: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly quantity: number;
}

export interface Dispatch extends EntryRef {
  readonly to: string;
}

export interface Balance {
  readonly holding: Holding;
  readonly balance: number;
}

export interface DayChange {
  readonly day: Day;
  readonly change: number;
}

/**
 * What a decision may ask of one State's book, always as known now. Answers are small: nothing
 * here grows with the number of entries of the State, but with what the command touches.
 * Two things answer it: `RunningBook` from events in memory, and the journal from its tables.
 */
export interface Book {
  readonly state: string;
  /** Revision of the last entry, −1 for an empty book. */
  readonly revision: number;
  /** All that ever entered the book, less what reversals took back. */
  readonly inflow: number;
  entry(id: string): BookEntry | undefined;
  /** What the holding held at the end of the day. */
  balance(holding: Holding, day: Day): number;
  /** Net changes of the holding on days after `day`, by day. */
  changesAfter(holding: Holding, day: Day): readonly DayChange[];
  /** Entries that drew on the holding on days in (after, through], the first of them. */
  outflows(holding: Holding, after: Day, through: Day, limit: number): readonly EntryRef[];
  /** Entries counted after `day` that brought something, and whose date as given begins by `day`. */
  vagueInflows(holding: Holding, day: Day, limit: number): readonly EntryRef[];
  /** Counts not reversed that assert the holding on or after `from`, by day. */
  counts(holding: Holding, from: Day): readonly CountRef[];
  /** The days on which stock was declared into the holding by entries that still stand, in order. */
  declaredOn(holding: Holding, except?: ReadonlySet<string>): readonly Day[];
  /** Where such munitions are at the end of the day: stock holdings that are not empty. */
  holdingsOf(munition: string, day: Day, limit: number): readonly Balance[];
  /** Entries that still stand and that changed the holding, in the order recorded. */
  touching(holding: Holding): readonly RecordedEntry[];
  /** The State that first sent something under this shipment, as far as any book says. */
  shipmentOwner(shipment: string): string | undefined;
  /** Entries that still stand by which this State sent something under the shipment, and where to. */
  dispatches(shipment: string): readonly Dispatch[];
  /** Whether this State's own book has an entry about the shipment. */
  knowsShipment(shipment: string): boolean;
  /** What explains a difference so far: entries that still stand. */
  explanationsOf(difference: string): readonly EntryRef[];
  /** Holdings of one account that are not empty at the end of the day. */
  holdingsIn(account: StockAccount, shipment: string | null, day: Day): readonly Balance[];
}

/** A book in which nothing was recorded yet. */
export function emptyBook(state: string): Book {
  return {
    state,
    revision: -1,
    inflow: 0,
    entry: () => undefined,
    balance: () => 0,
    changesAfter: () => [],
    outflows: () => [],
    vagueInflows: () => [],
    counts: () => [],
    declaredOn: () => [],
    holdingsOf: () => [],
    touching: () => [],
    shipmentOwner: () => undefined,
    dispatches: () => [],
    knowsShipment: () => false,
    explanationsOf: () => [],
    holdingsIn: () => [],
  };
}

/** An entry that the book itself named; a book that names what it does not have is broken. */
export function entryNamed(id: string, book: Book): BookEntry {
  const named = book.entry(id);
  assert(named !== undefined, `the book of ${book.state} names entry ${id} and does not have it`);
  return named;
}

/** Whether a count of `account` (and `shipment`) that is complete asserts this holding too. */
export function isIn(holding: Holding, account: Account, shipment: string | null): boolean {
  return holding.account === account && nameKey(holding.shipment) === nameKey(shipment);
}
