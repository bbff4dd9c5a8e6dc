import type { Book } from './book.ts';
import { contradictionsOf } from './contradictions.ts';
import { parseEffectiveDate } from './effective-date.ts';
import { effectiveDateOf, type DecidedEntry } from './entry.ts';
import { faultsOf } from './faults.ts';
import { findingsOf } from './findings.ts';
import type { Bodies, Kind, PostedEntry } from './kinds.ts';
import { postingsOf } from './posting-rules.ts';
import type { Fault, Refusal } from './refusals.ts';
import { stockRefusals } from './stock.ts';

/** What someone asks to be recorded in one State's book. `id` becomes the entry's. */
export type Command = {
  [K in Kind]: { readonly id: string; readonly kind: K; readonly body: Bodies[K] };
}[Kind];

/** `invalid`: wrong in itself. `refused`: the book does not allow it. Either names every reason. */
export type Decision =
  | { readonly outcome: 'decided'; readonly entries: readonly DecidedEntry[] }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * Decides a command against a State's book.
 *
 * @param now milliseconds since 1970: an entry may not be dated in the future
 */
export function decide(command: Command, book: Book, now: number): Decision {
  const faults = faultsOf(command.kind, command.body, now);
  if (faults.length > 0) return { outcome: 'invalid', faults };

  const found = findingsOf(command, book);
  if ('faults' in found) return { outcome: 'invalid', faults: found.faults };
  if ('refusals' in found) return { outcome: 'refused', refusals: found.refusals };

  const entry = withPostings(found.entry);
  const refusals = [...found.concerns, ...stockRefusals(entry, book)];
  if (refusals.length > 0) return { outcome: 'refused', refusals };
  return {
    outcome: 'decided',
    entries: [{ ...entry, contradicts: contradictionsOf(entry, book) }],
  };
}

function withPostings(entry: PostedEntry): DecidedEntry {
  return {
    ...entry,
    effective: parseEffectiveDate(effectiveDateOf(entry)),
    postings: postingsOf(entry),
    contradicts: [],
  };
}
