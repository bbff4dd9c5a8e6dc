import { parseEffectiveDate, type EffectiveDate } from './effective-date.ts';
import type { Holding } from './holding.ts';
import type { PostedEntry } from './kinds.ts';
import { postingsOf } from './posting-rules.ts';
import type { Posting } from './posting.ts';

/** Who, when and why: what every event carries beside what happened. */
export interface Provenance {
  readonly state: string;
  /** The instant at which it was recorded: RFC 3339, UTC, milliseconds. */
  readonly recordedAt: string;
  /** The id of the key or the subject of the token that asked for it. */
  readonly actor: string;
  readonly correlation: string;
  readonly causation: string | null;
  readonly idempotencyKey: string;
  /** SHA-256, in hex, of the canonical JSON (RFC 8785) of route and body. */
  readonly requestHash: string;
  /** 16 random bytes in hex: a leaf's hash does not give its content away. */
  readonly salt: string;
}

/** A count that a later entry, dated on or before it, puts in question for one holding. */
export interface Contradiction {
  readonly holding: Holding;
  /** What the entry changes at the counted day: signed. */
  readonly change: number;
  /** The first day on which it changes the holding. */
  readonly since: string;
  /** The counts in question, by day. */
  readonly counts: readonly CountRef[];
}

/** A count as far as it asserts one holding. */
export interface CountRef {
  readonly entry: string;
  readonly day: string;
  readonly counted: number;
}

/** An entry as it was decided, before it has a place in the log. */
export type DecidedEntry = PostedEntry & {
  readonly effective: EffectiveDate;
  readonly contradicts: readonly Contradiction[];
  readonly postings: readonly Posting[];
};

/** An entry in a State's book; `revision` counts the State's entries from 0. */
export type RecordedEntry = DecidedEntry & Provenance & { readonly revision: number };

/** The day an entry is counted on. */
export function dayOf(entry: { effective: EffectiveDate }): string {
  return entry.effective.last;
}

export function effectiveDateOf(entry: PostedEntry): string {
  if (entry.kind === 'reversal' || entry.kind === 'correction') return entry.found.effectiveDate;
  return entry.body.effectiveDate;
}

/** An entry with what follows from it by the posting table; what it contradicts is not known yet. */
export function withPostings(entry: PostedEntry): DecidedEntry {
  return {
    ...entry,
    effective: parseEffectiveDate(effectiveDateOf(entry)),
    postings: postingsOf(entry),
    contradicts: [],
  };
}
