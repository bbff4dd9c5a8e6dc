import type { BookList } from './book-list.ts';
import { differencesOf, type Difference } from './differences.ts';
import { fits, isMine, isSource, keyOf, type Filter, type Spot } from './spot.ts';
import { saidOf, type Written } from './written.ts';

/** A question asked of the list: effective on `day`, known at `known`. */
export interface Asked {
  readonly day: string;
  readonly known: bigint;
  readonly filter?: Filter;
}

export interface Answer {
  remaining: number;
  retained: number;
  custody: number;
  unaccounted: number;
  exact: boolean;
  accounts: Record<string, number>;
}

/** A line of an explanation or of a listing: what it is about, and how much. */
export interface Item {
  readonly entry: Written;
  readonly spot: Spot;
  readonly quantity: number;
}

/** All postings that count at the moment asked. */
export function postings(book: BookList, { day, known, filter }: Asked): Item[] {
  return book.list
    .filter((e) => e.position <= known && e.day <= day)
    .flatMap((entry) => entry.legs.map(({ spot, change }) => ({ entry, spot, quantity: change })))
    .filter(({ spot }) => fits(spot, filter));
}

/** Contradicted counts that are open at the moment asked, each with what it leaves in question. */
function openContradictions(book: BookList, { day, known, filter }: Asked): Item[] {
  return differencesOf(book, { day, known })
    .filter(
      ({ kind, open, spot }) => kind === 'contradicted-count' && open > 0 && fits(spot, filter),
    )
    .map(({ entry, spot, open }) => ({ entry, spot, quantity: open }));
}

/** Quantities that remain, are not exact, and were not counted exactly and in full since. */
function doubts(book: BookList, { day, known, filter }: Asked): Spot[] {
  const standing = book.list.filter((e) => e.position <= known && book.stands(e, known));
  return standing
    .filter((entry) => entry.day <= day && entry.undoes === null)
    .flatMap((entry) =>
      entry.legs
        .filter((leg) => !leg.exact && leg.spot.account.startsWith('held/'))
        .filter(
          (leg) =>
            !standing.some(
              (count) =>
                count.order > entry.order &&
                count.day >= entry.day &&
                count.day <= day &&
                count.counting?.full === true &&
                saidOf(count, leg.key)?.exact === true,
            ),
        )
        .map(({ spot }) => spot),
    )
    .filter((spot) => fits(spot, filter));
}

/** The figures, and those of each munition that has any. */
export function figuresAt(
  book: BookList,
  asked: Asked,
): Answer & { munitions: Record<string, Answer> } {
  const items = postings(book, asked);
  const open = openContradictions(book, asked);
  const doubted = doubts(book, asked);
  const names = new Set(open.map(({ spot }) => spot.munition));
  // Where mines came from is not what they are: a munition is not shown for its sources alone.
  const shown = items.filter(({ spot }) => !isSource(spot.account) || spot.mark !== '');
  const cells = grouped(shown, ['account', 'munition']);
  for (const [cell, total] of cells) if (total !== 0) names.add(cell.split('|')[1] ?? '');
  const munitions = Object.fromEntries(
    [...names].map((name) => {
      const mine = ({ spot }: { spot: Spot }) => spot.munition === name;
      const inexact = doubted.some(({ munition }) => munition === name);
      return [name, answer(items.filter(mine), open.filter(mine), inexact)];
    }),
  );
  return { ...answer(items, open, doubted.length > 0), munitions };
}

function answer(items: readonly Item[], open: readonly Item[], inexact: boolean): Answer {
  const of = (start: string) => total(items.filter(({ spot }) => spot.account.startsWith(start)));
  const marks = grouped(
    items.filter(({ spot }) => spot.mark !== ''),
    ['account', 'mark'],
  );
  const accounts = new Map<string, number>();
  for (const { spot, quantity } of items.filter(({ spot }) => !isSource(spot.account))) {
    accounts.set(spot.account, (accounts.get(spot.account) ?? 0) + quantity);
  }
  return {
    remaining: of('held/'),
    retained: of('retained'),
    custody: of('custody'),
    unaccounted: [...marks.values()].reduce((sum, n) => sum + Math.abs(n), 0) + total(open),
    exact: !inexact,
    accounts: Object.fromEntries([...accounts].filter(([, n]) => n !== 0).sort()),
  };
}

export function total(of: readonly { readonly quantity: number }[]): number {
  return of.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Sums by some parts of the holding. */
export function grouped(items: readonly Item[], by: readonly (keyof Spot)[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { spot, quantity } of items) {
    const group = by.map((part) => spot[part]).join('|');
    sums.set(group, (sums.get(group) ?? 0) + quantity);
  }
  return sums;
}

/** The items that make a figure: they must add up to it. */
export function itemsOf(book: BookList, figure: string, asked: Asked): Item[] {
  const all = postings(book, asked);
  if (figure === 'unaccounted') {
    const marks = all.filter(({ spot }) => spot.mark !== '');
    return [
      ...marks.map((i) => (isSource(i.spot.account) ? { ...i, quantity: -i.quantity } : i)),
      ...openContradictions(book, asked),
    ];
  }
  const start = { remaining: 'held/', retained: 'retained' }[figure];
  return all.filter(({ spot }) =>
    start === undefined ? spot.account === figure : spot.account.startsWith(start),
  );
}

/** A difference as it stands at the moment asked, in words that can be compared. */
export interface Listed {
  readonly mark: string;
  readonly kind: string;
  readonly openedBy: string;
  readonly spot: string | null;
  readonly day: string;
  readonly expected: number;
  readonly counted: number;
  readonly quantity: number;
  readonly open: number;
  readonly explainedBy: readonly string[];
  readonly exact: boolean;
}

/** The differences that have come up by the day, open or closed, of entries that stand. */
export function differencesAt(book: BookList, { day, known }: Asked): Listed[] {
  return differencesOf(book, { day, known })
    .filter((d) => d.stands && d.day <= day)
    .map((d): Listed => {
      const { mark, kind, entry, spot, kept: _kept, stands: _stands, ...rest } = d;
      const explainedBy = book.explained(mark, day, known).map(({ id }) => id);
      const listed = { ...rest, mark, kind, openedBy: entry.id, explainedBy };
      if (kind === 'statement') return { ...listed, spot: null, ...besideOf(d, book, known) };
      if (!isMine(spot.account)) throw new Error('what is counted are mines');
      return { ...listed, spot: keyOf(spot) };
    });
}

/** What was stated, beside the ledger's figure of the day it is of. */
function besideOf({ entry, counted, open, day }: Difference, book: BookList, known: bigint) {
  const { command } = entry;
  if (command.kind !== 'statement') throw new Error('only a statement states');
  const { figure, filter = {} } = command.body;
  const asked = { day, known, filter };
  const figures: Record<string, unknown> = { ...figuresAt(book, asked) };
  const balance = total(itemsOf(book, figure, asked));
  const expected = Number(figures[figure] ?? (isSource(figure) ? -balance : balance));
  const quantity = Math.abs(counted - expected);
  return { expected, quantity, open: open === 0 ? 0 : quantity };
}
