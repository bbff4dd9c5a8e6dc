import { strict as assert } from 'node:assert';
import { isStock } from './accounts.ts';
import { entryNamed, type Book } from './book.ts';
import { dayOf, type Contradiction, type CountRef, type DecidedEntry } from './entry.ts';
import { bareHolding, holdingKey, type Holding } from './holding.ts';
import { changesByHolding } from './posting.ts';

/** What one entry changes in a holding, and what it undoes, if it is a reversal. */
interface Effect {
  readonly entry: DecidedEntry;
  readonly day: string;
  readonly change: number;
  /** When it is recorded: the revision, or after everything that the book has. */
  readonly revision: number;
  /** The revision of the entry undone, if it undoes one. */
  readonly undone: number | undefined;
}

/** The revision of an entry that the book does not have yet. */
const afterAll = Number.MAX_SAFE_INTEGER;

/**
 * The counts that entries recorded together put in question: those of a holding they change, dated
 * on or after the change and recorded before it. Undoing what was recorded after a count brings the
 * book back to what the count said, and puts nothing in question.
 *
 * Only what they do to a holding all together counts, and it is noted with the last of them that
 * changes the holding, so that reversing that one closes it; a count among them settles what came
 * before it, as a count that is recorded later always does.
 *
 * @param book the book in which they were decided, with those of them in it that others build on
 * @returns by the id of the entry that it is noted with
 */
export function contradictionsOf(
  entries: readonly DecidedEntry[],
  book: Book,
): ReadonlyMap<string, readonly Contradiction[]> {
  const undone = new Set(entries.flatMap((e) => (e.kind === 'reversal' ? [e.body.entry] : [])));
  const noted = new Map<string, Contradiction[]>();
  for (const { holding, effects } of effectsByHolding(entries, book).values()) {
    const settlers = (effect: Effect) => settlerOf(holding, effect, book);
    for (const together of Map.groupBy(effects, settlers).values()) {
      const found = inQuestion(holding, together, undone, book);
      const by = together.findLast((e) => e.entry.kind !== 'reversal') ?? together.at(-1);
      assert(by !== undefined, 'what is in question was changed by an entry');
      noted.set(by.entry.id, [...(noted.get(by.entry.id) ?? []), ...found]);
    }
  }
  return noted;
}

/** Of effects that lie together: the counts in question, by how far they are off. */
function inQuestion(
  holding: Holding,
  effects: readonly Effect[],
  undone: ReadonlySet<string>,
  book: Book,
): Contradiction[] {
  const [since] = effects.map(({ day }) => day).sort();
  assert(since !== undefined, 'what is in question was changed on a day');
  const bySize = new Map<number, CountRef[]>();
  for (const count of book.counts(holding, since)) {
    if (undone.has(count.entry)) continue;
    const change = changeAt(count, effects, book);
    if (change !== 0) bySize.set(change, [...(bySize.get(change) ?? []), count]);
  }
  return [...bySize].map(([change, counts]) => ({ holding, change, since, counts }));
}

function effectsByHolding(entries: readonly DecidedEntry[], book: Book) {
  const byHolding = new Map<string, { holding: Holding; effects: Effect[] }>();
  for (const entry of entries) {
    const undone =
      entry.kind === 'reversal' ? entryNamed(entry.body.entry, book).entry.revision : undefined;
    const revision = book.entry(entry.id)?.entry.revision ?? afterAll;
    for (const { holding, change } of changesByHolding(entry.postings).values()) {
      if (!isStock(holding.account)) continue;
      const key = holdingKey(holding);
      const known = byHolding.get(key) ?? { holding: bareHolding(holding), effects: [] };
      known.effects.push({ entry, day: dayOf(entry), change, revision, undone });
      byHolding.set(key, known);
    }
  }
  return byHolding;
}

/** The first count of the holding, on the day or later, that was recorded after the effect. */
function settlerOf(holding: Holding, { day, revision }: Effect, book: Book): number | undefined {
  if (revision === afterAll) return undefined;
  return book
    .counts(holding, day)
    .map(({ entry }) => entryNamed(entry, book).entry.revision)
    .filter((counted) => counted > revision)
    .sort((a, b) => a - b)[0];
}

/** What the entries change for a count: what lies on its day or before, and was in its book. */
function changeAt(count: CountRef, effects: readonly Effect[], book: Book): number {
  const recorded = entryNamed(count.entry, book).entry.revision;
  return effects
    .filter(({ day, revision }) => day <= count.day && revision > recorded)
    .filter(({ undone }) => undone === undefined || undone < recorded)
    .reduce((sum, { change }) => sum + change, 0);
}
