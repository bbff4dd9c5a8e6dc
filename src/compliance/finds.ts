import type { TwoTimes } from '../journal/asked.ts';
import type { StockPosting } from '../journal/found-stock.ts';
import type { Journal } from '../journal/journal.ts';
import type { Day } from '../ledger/effective-date.ts';
import { FindTracker, type StockMove } from '../treaty/find-pool.ts';
import type { Find } from '../treaty/stock-record.ts';

/** Entries after which mines of a type and lot are still the same mines, elsewhere or renamed. */
const carrying = ['movement', 'reclassification', 'allocation', 'control', 'transfer', 'return'];

/** Answers kept of each journal: reading a long book again for each question would take its time. */
const kept = new WeakMap<Journal, Map<string, readonly Find[]>>();
const keptMax = 500;

/** Entries that newly found stock after a day and by another, with what is left of each. */
export function findsOf(
  journal: Journal,
  state: number,
  after: Day,
  at: TwoTimes,
): readonly Find[] {
  const answers = kept.get(journal) ?? new Map<string, readonly Find[]>();
  kept.set(journal, answers);
  // What a book says of two days follows from its revision alone.
  const key = [state, journal.revisionAt(state, at.known), after, at.effective].join(' ');
  const known = answers.get(key);
  if (known !== undefined) return known;
  const finds = trackedFinds(journal, state, after, at);
  const [oldest] = answers.keys();
  if (answers.size >= keptMax && oldest !== undefined) answers.delete(oldest);
  answers.set(key, finds);
  return finds;
}

function trackedFinds(journal: Journal, state: number, after: Day, at: TwoTimes): readonly Find[] {
  const found = journal.foundStock.entries(state, after, at);
  const [first] = found;
  if (first === undefined) return [];
  const tracker = new FindTracker(journal.foundStock.opening(state, first.day, at.known));
  const named = journal.foundStock.named(state, at);
  const finds = new Set(found.map(({ entry }) => entry));
  for (const move of movesOf(journal.foundStock.postings(state, first.day, at), finds, named)) {
    tracker.take(move);
  }
  return found.map((find) => ({ ...find, left: (day) => tracker.leftOn(find.entry, day) }));
}

function movesOf(
  postings: readonly StockPosting[],
  finds: ReadonlySet<string>,
  named: ReadonlyMap<string, string>,
): readonly StockMove[] {
  const entries = Map.groupBy(postings, ({ entry }) => entry);
  const moves = [...entries].flatMap(([entry, legs]): StockMove[] => {
    const [first] = legs;
    if (first === undefined) return [];
    const { day, kind } = first;
    const role = finds.has(entry) ? 'find' : carrying.includes(kind) ? 'carry' : 'other';
    return [{ entry, day, kind: role, find: named.get(entry), legs }];
  });
  return moves.sort((a, b) => a.day.localeCompare(b.day) || rank(a) - rank(b));
}

/** A day has no hours: what came in on it was there for what went out on it. */
function rank({ kind, legs }: StockMove): number {
  if (legs.every(({ quantity }) => quantity > 0)) return 0;
  return kind === 'carry' ? 1 : 2;
}
