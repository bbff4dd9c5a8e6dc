import type { Day } from '../ledger/effective-date.ts';

/** A moment in both times: effective on a day, as known at a position of the log. */
export interface TwoTimes {
  readonly effective: Day;
  readonly known: bigint;
}

/** Which holdings are asked for; what is left out means any. `null` asks for "not recorded". */
export interface HoldingFilter {
  readonly munition?: string | undefined;
  /** A type of the catalogue: every spelling that it ties together. */
  readonly type?: string | undefined;
  /** The compared names of that type. */
  readonly munitionKeys?: readonly string[] | undefined;
  readonly lot?: string | null | undefined;
  readonly site?: string | null | undefined;
  readonly institution?: string | null | undefined;
}

/** A page of a list, and where the next one begins. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}
