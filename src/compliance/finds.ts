import type { HoldingFilter, TwoTimes } from '../journal/asked.ts';
import type { ExplanationItem } from '../journal/explanation.ts';
import type { Journal } from '../journal/journal.ts';
import { limits } from '../limits.ts';
import { parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { normaliseName } from '../ledger/names.ts';
import { leftInPool, type PoolMove } from '../treaty/find-pool.ts';
import type { Find } from '../treaty/stock-record.ts';

/** Mines of one type and lot that were found by one entry. */
interface FoundLine {
  readonly munition: string;
  readonly lot: string | null;
  readonly quantity: number;
}

/** Entries that newly found stock after a day and by another, with what is left of each. */
export function findsOf(
  journal: Journal,
  state: number,
  after: Day,
  at: TwoTimes,
): readonly Find[] {
  const items = standing(allItems(journal, state, 'source/newly-found', at, {}));
  const finds = Map.groupBy(
    items.filter(({ effectiveDate }) => parseEffectiveDate(effectiveDate).last > after),
    ({ entry }) => entry,
  );
  const ids = new Set(finds.keys());
  return [...finds].flatMap(([entry, [first]]): Find[] => {
    const lines = first === undefined ? [] : stockLines(journal, state, entry, at.known);
    if (first === undefined || lines.length === 0) return [];
    const left = (day: Day): number =>
      lines.reduce((sum, line) => {
        const moves = movesOf(journal, state, line, { effective: day, known: at.known }, ids);
        return sum + leftInPool(entry, moves);
      }, 0);
    const { effectiveDate } = first;
    const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
    return [{ entry, effectiveDate, day: parseEffectiveDate(effectiveDate).last, quantity, left }];
  });
}

/** What an entry brought into stock, by type and lot: the pools that its mines are part of. */
function stockLines(
  journal: Journal,
  state: number,
  entry: string,
  known: bigint,
): readonly FoundLine[] {
  const postings = journal.entries.one(state, entry, known)?.entry.postings ?? [];
  const held = postings.filter(({ account }) => account.startsWith('held/'));
  const pools = Map.groupBy(held, ({ munition, lot }) =>
    JSON.stringify([normaliseName(munition), lot && normaliseName(lot)]),
  );
  return [...pools.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const quantity = same.reduce((sum, posting) => sum + posting.quantity, 0);
    return [{ munition: first.munition, lot: first.lot, quantity }];
  });
}

/** Everything that changed the stock of a type and lot, in order, with the find that it names. */
function movesOf(
  journal: Journal,
  state: number,
  { munition, lot }: FoundLine,
  at: TwoTimes,
  finds: ReadonlySet<string>,
): readonly PoolMove[] {
  const items = standing(allItems(journal, state, 'remaining', at, { munition, lot }));
  const entries = Map.groupBy(items, ({ entry }) => entry);
  return [...entries].map(([entry, postings]) => {
    const quantity = postings.reduce((sum, item) => sum + item.quantity, 0);
    const takes = quantity < 0 ? findNamed(journal, state, entry, at.known) : undefined;
    return { entry, quantity, isFind: finds.has(entry), find: takes };
  });
}

function findNamed(
  journal: Journal,
  state: number,
  entry: string,
  known: bigint,
): string | undefined {
  const body = journal.entries.one(state, entry, known)?.entry.body;
  return body !== undefined && 'find' in body ? body.find : undefined;
}

/** What was reversed is as if it had not been, and so is its reversal. */
function standing(items: readonly ExplanationItem[]): readonly ExplanationItem[] {
  return items.filter(({ reversedBy, kind }) => reversedBy === null && kind !== 'reversal');
}

function allItems(
  journal: Journal,
  state: number,
  figure: 'remaining' | 'source/newly-found',
  at: TwoTimes,
  filter: HoldingFilter,
): readonly ExplanationItem[] {
  const items: ExplanationItem[] = [];
  let cursor: string | undefined;
  do {
    const page = { limit: limits.pageMax, ...(cursor !== undefined && { cursor }) };
    const found = journal.explanations.page(state, figure, at, filter, page);
    items.push(...found.items);
    cursor = found.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}
