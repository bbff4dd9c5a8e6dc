import type { Balance, EntryRef } from './book.ts';
import type { Day } from './effective-date.ts';
import type { Holding } from './holding.ts';

/** Something wrong with a request in itself, whatever the book holds. */
export interface Fault {
  /** JSON pointer (RFC 6901) into the body. */
  readonly pointer: string;
  /** What is wrong and what would be right. */
  readonly detail: string;
}

/** Every reason for which the book can refuse an entry. */
export const refusalCodes = [
  'insufficient-stock',
  'breaks-later-day',
  'already-declared',
  'inflow-limit',
  'no-such-entry',
  'already-reversed',
  'reversal-of-reversal',
  'count-rested-on',
  'shipment-of-another',
  'other-receiver',
  'no-such-shipment',
  'not-dispatched',
  'not-lost',
  'no-such-difference',
  'difference-closed',
  'more-than-open',
  'before-the-difference',
  'other-holding',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A reason for which the book refuses an entry that is right in itself. */
export interface Refusal extends Fault {
  readonly code: RefusalCode;
  /** The first day at whose end the rule would be broken. */
  readonly day?: Day;
  readonly holding?: Holding;
  /** The most that could be taken from the holding without breaking a later day. */
  readonly available?: number;
  /** Entries that stand in the way. */
  readonly entries?: readonly EntryRef[];
  /** Where such mines are, when they are not where the line says. */
  readonly holdings?: readonly Balance[];
}
