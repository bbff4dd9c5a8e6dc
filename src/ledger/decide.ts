import type { Book } from './book.ts';
import { contradictionsOf } from './contradictions.ts';
import { decideCorrection } from './correction.ts';
import { withPostings, type DecidedEntry } from './entry.ts';
import { faultsOf } from './faults.ts';
import { findingsOf } from './findings.ts';
import type { Bodies, Kind } from './kinds.ts';
import type { Fault, Refusal } from './refusals.ts';
import { stockRefusals } from './stock.ts';

type CommandOf<K extends Kind> = {
  [P in K]: { readonly id: string; readonly kind: P; readonly body: Bodies[P] };
}[K];

/** What becomes one entry. */
export type SingleCommand = CommandOf<Exclude<Kind, 'correction'>>;

/** What becomes several entries at once; `members` gives their ids, in order. */
export type CorrectionCommand = CommandOf<'correction'> & {
  readonly members: (n: number) => string;
};

/** What someone asks to be recorded in one State's book. `id` becomes the entry's. */
export type Command = SingleCommand | CorrectionCommand;

/** `invalid`: wrong in itself. `refused`: the book does not allow it. Either names every reason. */
export type Decision =
  | { readonly outcome: 'decided'; readonly entries: readonly DecidedEntry[] }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] };

/**
 * Decides a command against a State's book. The entries of a decision are recorded together or not
 * at all.
 *
 * @param now milliseconds since 1970: an entry may not be dated in the future
 */
export function decide(command: Command, book: Book, now: number): Decision {
  const faults = faultsOf(command.kind, command.body, now, book.state);
  if (faults.length > 0) return { outcome: 'invalid', faults };
  if (command.kind === 'correction') return decideCorrection(command, book, now);

  const found = findingsOf(command, book);
  if ('faults' in found) return { outcome: 'invalid', faults: found.faults };
  if ('refusals' in found) return { outcome: 'refused', refusals: found.refusals };

  const entry = withPostings(found.entry);
  const refusals = [...found.concerns, ...stockRefusals([entry], book)];
  if (refusals.length > 0) return { outcome: 'refused', refusals };
  const contradicts = contradictionsOf([entry], book).get(entry.id) ?? [];
  return { outcome: 'decided', entries: [{ ...entry, contradicts }] };
}
