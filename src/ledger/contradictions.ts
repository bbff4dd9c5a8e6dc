import { isStock } from './accounts.ts';
import { entryNamed, type Book } from './book.ts';
import { dayOf, type Contradiction, type CountRef, type DecidedEntry } from './entry.ts';
import { bareHolding, type Holding } from './holding.ts';
import { changesByHolding } from './posting.ts';

/** What one entry changes in a holding, and what it undoes, if it is a reversal. */
interface Effect {
  readonly day: string;
  readonly change: number;
  /** The revision of the entry undone, if it undoes one. */
  readonly undone: number | undefined;
}

/**
 * The counts that entries recorded together put in question: those of a holding they change, dated
 * on or after the change and recorded before it. Undoing what was recorded after a count brings the
 * book back to what the count said, and puts nothing in question.
 */
export function contradictionsOf(entries: readonly DecidedEntry[], book: Book): Contradiction[] {
  const undone = new Set(entries.flatMap((e) => (e.kind === 'reversal' ? [e.body.entry] : [])));
  return [...effectsByHolding(entries, book).values()].flatMap(({ holding, first, effects }) => {
    const bySize = new Map<number, CountRef[]>();
    for (const count of book.counts(holding, first)) {
      if (undone.has(count.entry)) continue;
      const change = changeAt(count, effects, book);
      if (change !== 0) bySize.set(change, [...(bySize.get(change) ?? []), count]);
    }
    return [...bySize].map(([change, counts]) => ({ holding, change, since: first, counts }));
  });
}

function effectsByHolding(entries: readonly DecidedEntry[], book: Book) {
  const byHolding = new Map<string, { holding: Holding; first: string; effects: Effect[] }>();
  for (const entry of entries) {
    const day = dayOf(entry);
    const undone =
      entry.kind === 'reversal' ? entryNamed(entry.body.entry, book).entry.revision : undefined;
    for (const [key, { holding, change }] of changesByHolding(entry.postings)) {
      if (!isStock(holding.account)) continue;
      const known = byHolding.get(key) ?? {
        holding: bareHolding(holding),
        first: day,
        effects: [],
      };
      if (day < known.first) known.first = day;
      known.effects.push({ day, change, undone });
      byHolding.set(key, known);
    }
  }
  return byHolding;
}

/** What the entries change for a count: what lies on its day or before, and was in its book. */
function changeAt(count: CountRef, effects: readonly Effect[], book: Book): number {
  const recorded = entryNamed(count.entry, book).entry.revision;
  return effects
    .filter(({ day, undone }) => day <= count.day && (undone ?? -1) < recorded)
    .reduce((sum, { change }) => sum + change, 0);
}
