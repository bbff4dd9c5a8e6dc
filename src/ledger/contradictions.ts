import type { Book } from './book.ts';
import { dayOf, type Contradiction, type DecidedEntry } from './entry.ts';
import { isStock } from './accounts.ts';
import { bareHolding } from './holding.ts';
import { changesByHolding } from './posting.ts';

/**
 * The counts that an entry puts in question: those of a holding it changes, dated on or after it
 * and recorded before it. A reversal leaves alone the counts that were made before what it undoes
 * was recorded: it brings the book back to what they said.
 */
export function contradictionsOf(entry: DecidedEntry, book: Book): Contradiction[] {
  const undone = entry.kind === 'reversal' ? book.entry(entry.body.entry)?.entry : undefined;
  return [...changesByHolding(entry.postings).values()].flatMap(({ holding, change }) => {
    if (!isStock(holding.account)) return [];
    const counts = book
      .counts(holding, dayOf(entry))
      .filter((c) => c.entry !== undone?.id && !isBefore(c.entry, undone?.revision, book));
    return counts.length === 0 ? [] : [{ holding: bareHolding(holding), change, counts }];
  });
}

function isBefore(count: string, revision: number | undefined, book: Book): boolean {
  if (revision === undefined) return false;
  const recorded = book.entry(count)?.entry.revision;
  return recorded !== undefined && recorded < revision;
}
