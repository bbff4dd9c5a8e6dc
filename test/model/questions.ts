import { isMine, keyOf, plainName, saidOf, type Model, type Spot, type Written } from './model.ts';

/** Every question that the journal answers, asked of the list: effective on `day`, known at `known`. */
export interface Asked {
  readonly day: string;
  readonly known: bigint;
  readonly filter?: Filter;
}

export interface Filter {
  readonly munition?: string;
  readonly lot?: string | null;
  readonly site?: string | null;
  readonly institution?: string | null;
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

const sourceOf = (spot: Spot): boolean => spot.account.startsWith('source/');

export function fits(spot: Spot, filter: Filter = {}): boolean {
  return Object.entries(filter).every(
    ([part, asked]) => spot[part as keyof Filter] === plainName(asked as string | null),
  );
}

/** All postings that count at the moment asked. */
export function postings(model: Model, { day, known, filter }: Asked): Item[] {
  return model.list
    .filter((e) => e.position <= known && e.day <= day)
    .flatMap((entry) => entry.legs.map(({ spot, change }) => ({ entry, spot, quantity: change })))
    .filter(({ spot }) => fits(spot, filter));
}

/** Contradicted counts that are open at the moment asked, each with what it leaves in question. */
export function openContradictions(model: Model, { day, known, filter }: Asked): Item[] {
  const before = model.list.filter((e) => e.position <= known);
  const standing = before.filter((e) => model.stands(e, known));
  return standing.flatMap((entry) =>
    entry.contradicts
      .filter(({ spot }) => fits(spot, filter))
      .filter(({ counts }) =>
        counts.some(
          ({ entry: count }) =>
            standing.includes(count) &&
            count.day <= day &&
            !(entry.counting !== null && count.day === entry.day),
        ),
      )
      .filter(
        ({ spot }) =>
          !standing.some(
            (later) =>
              later.order > entry.order &&
              later.day >= entry.day &&
              later.day <= day &&
              saidOf(later, keyOf(spot)) !== undefined,
          ),
      )
      .map(({ spot, change }) => ({ entry, spot, quantity: Math.abs(change) })),
  );
}

/** Quantities that remain, are not exact, and were not counted exactly and in full since. */
function doubts(model: Model, { day, known, filter }: Asked): Spot[] {
  const standing = model.list.filter((e) => e.position <= known && model.stands(e, known));
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
  model: Model,
  asked: Asked,
): Answer & { munitions: Record<string, Answer> } {
  const items = postings(model, asked);
  const open = openContradictions(model, asked);
  const doubted = doubts(model, asked);
  const names = new Set(open.map(({ spot }) => spot.munition));
  // Where mines came from is not what they are: a munition is not shown for its sources alone.
  const shown = items.filter(({ spot }) => !sourceOf(spot) || spot.mark !== '');
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
  const total = (of: readonly Item[]) => of.reduce((sum, { quantity }) => sum + quantity, 0);
  const of = (start: string) => total(items.filter(({ spot }) => spot.account.startsWith(start)));
  const marks = grouped(
    items.filter(({ spot }) => spot.mark !== ''),
    ['account', 'mark'],
  );
  const accounts = new Map<string, number>();
  for (const { spot, quantity } of items.filter(({ spot }) => !sourceOf(spot))) {
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
export function itemsOf(model: Model, figure: string, asked: Asked): Item[] {
  const all = postings(model, asked);
  if (figure === 'unaccounted') {
    const marks = all.filter(({ spot }) => spot.mark !== '');
    return [
      ...marks.map((i) => (sourceOf(i.spot) ? { ...i, quantity: -i.quantity } : i)),
      ...openContradictions(model, asked),
    ];
  }
  const start = { remaining: 'held/', retained: 'retained' }[figure];
  return all.filter(({ spot }) =>
    start === undefined ? spot.account === figure : spot.account.startsWith(start),
  );
}

/** A difference as it stands at the moment asked, in words that can be compared. */
export interface Listed {
  readonly kind: string;
  readonly openedBy: string;
  readonly spot: string;
  readonly day: string;
  readonly expected: number;
  readonly counted: number;
  readonly quantity: number;
  readonly open: number;
  readonly exact: boolean;
}

export function differencesAt(model: Model, asked: Asked): Listed[] {
  const { day, known } = asked;
  const open = openContradictions(model, asked);
  const standing = model.list.filter((e) => e.position <= known && model.stands(e, known));
  return standing.flatMap((entry) => [
    ...(entry.counting?.differences ?? [])
      .filter(() => entry.day <= day)
      .map(({ spot, book, counted, exact }): Listed => {
        const quantity = Math.abs(counted - book);
        const kind = counted < book ? 'shortage' : 'surplus';
        const rest = { day: entry.day, expected: book, counted, quantity, open: quantity, exact };
        return { kind, openedBy: entry.id, spot: keyOf(spot), ...rest };
      }),
    ...entry.contradicts
      .map(({ spot, change, exact, counts }): Listed => {
        const first = counts.filter((c) => c.entry.day === counts[0]?.entry.day).at(-1);
        if (first === undefined || !isMine(spot.account)) throw new Error('counts are of mines');
        const isOpen = open.some((o) => o.entry === entry && keyOf(o.spot) === keyOf(spot));
        const quantity = Math.abs(change);
        return {
          kind: 'contradicted-count',
          openedBy: entry.id,
          spot: keyOf(spot),
          day: first.entry.day,
          expected: first.counted + change,
          counted: first.counted,
          quantity,
          open: isOpen ? quantity : 0,
          exact,
        };
      })
      .filter((listed) => listed.day <= day),
  ]);
}
