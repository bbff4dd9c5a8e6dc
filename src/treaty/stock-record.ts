import type { Day } from '../ledger/effective-date.ts';

/** What the ledger's own figures say of a State, as known at one position. */
export interface StockRecord {
  /** The figures at the end of a day. */
  on(day: Day): StockOnDay;
  /** The days after a day and by the end of another on which stock came in or went, in order. */
  changes(after: Day, by: Day): readonly Day[];
  /** Stock that was newly found after a day and by the end of another, in order. */
  found(after: Day, by: Day): readonly Find[];
  /** What happened to the retained mines in each calendar year up to a day. */
  retained(by: Day): readonly RetainedYear[];
}

/** Quantities of mines. */
export interface StockOnDay {
  /** Whether the ledger knows anything of this State's stock: silence is not zero. */
  readonly known: boolean;
  readonly remaining: number;
  readonly unverifiable: number;
  readonly custody: number;
}

/** One entry by which stock was newly found. */
export interface Find {
  readonly entry: string;
  /** As given. */
  readonly effectiveDate: string;
  /** Its last day. */
  readonly day: Day;
  readonly quantity: number;
  /** How much of it is still held at the end of a day. */
  left(day: Day): number;
}

/** The retained mines of one calendar year. */
export interface RetainedYear {
  readonly year: number;
  /** At the end of the year, or of the last day asked. */
  readonly held: number;
  /** More at the end than at the beginning. */
  readonly rise: number;
  /** Entries that made them more and give no reason. */
  readonly withoutReason: readonly string[];
  /** Whether any entry says what became of them: used, destroyed, counted, moved. */
  readonly accounted: boolean;
}

/** A State of which the ledger has no entry. */
export const noStock: StockRecord = {
  on: () => ({ known: false, remaining: 0, unverifiable: 0, custody: 0 }),
  changes: () => [],
  found: () => [],
  retained: () => [],
};
