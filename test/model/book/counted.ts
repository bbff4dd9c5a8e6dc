import type { BookList } from './book-list.ts';
import { isMine, keyOf, plainName, spotOf, type Spot } from './spot.ts';
import {
  saidOf,
  sum,
  type Contradicts,
  type Counting,
  type Move,
  type Of,
  type Written,
} from './written.ts';

/** What a count says of each holding, and how far the book is off. */
export function countingOf({ id, body }: Of<'count'>, day: string, book: BookList): Counting {
  const { account, shipment, lines, method, complete = false } = body;
  const named = lines.map((line) => ({
    spot: spotOf(account, line, shipment),
    counted: line.quantity,
    exact: (line.precision ?? 'exact') === 'exact',
  }));
  const names = new Set(named.map(({ spot }) => keyOf(spot)));
  const missing = book
    .notEmpty(day)
    .filter((s) => complete && s.account === account && s.shipment === plainName(shipment))
    .filter((s) => !names.has(keyOf(s)))
    .map((spot) => ({ spot, counted: 0, exact: true }));
  const all = [...named, ...missing];
  return {
    account,
    shipment: plainName(shipment),
    full: method === 'full',
    complete,
    said: new Map(all.map(({ spot, counted, exact }) => [keyOf(spot), { counted, exact }])),
    differences: all
      .map((one) => ({ ...one, book: book.balance(keyOf(one.spot), day) }))
      .filter(({ book, counted }) => book !== counted)
      .map((one) => ({ ...one, mark: markOf(id, one.spot, one.counted < one.book) })),
  };
}

/** Where a shortage or a surplus is kept. */
function markOf(entry: string, spot: Spot, short: boolean): Spot {
  const account = short ? 'difference/shortage' : 'source/count-surplus';
  const mark = `${entry}>${keyOf(spot).replaceAll('|', '>')}`;
  return { ...spot, account, shipment: '', mark };
}

/** A count brings the book to what was counted: against a shortage, or from a surplus. */
export function settling({ differences }: Counting): Move[] {
  return differences.map(({ spot, mark, book, counted, exact }) => {
    const quantity = Math.abs(counted - book);
    return counted < book
      ? { from: spot, to: mark, quantity, exact }
      : { from: mark, to: spot, quantity, exact };
  });
}

/**
 * The counts that entries recorded together put in question, by the entry that it is noted with.
 * Only what they do to a holding all together counts; but a count among them settles what the
 * entries before it did, as a count that is recorded later always does.
 *
 * @param book with the entries in it
 */
export function contradictedBy(
  entries: readonly Written[],
  book: BookList,
): Map<Written, Contradicts[]> {
  const noted = new Map<Written, Contradicts[]>();
  const spots = new Map(entries.flatMap((e) => e.legs).map((leg) => [leg.key, leg.spot]));
  for (const [key, spot] of spots) {
    if (!isMine(spot.account)) continue;
    const changing = entries.filter((e) => sum(e.legs, key) !== 0);
    const settlers = (e: Written) =>
      entries.find((c) => c.order > e.order && c.day >= e.day && saidOf(c, key) !== undefined);
    for (const together of Map.groupBy(changing, settlers).values()) {
      const by = together.filter((e) => e.undoes === null).at(-1) ?? together.at(-1);
      if (by === undefined) continue;
      const found = inQuestion(key, spot, together, by, book);
      noted.set(by, [...(noted.get(by) ?? []), ...found]);
    }
  }
  return noted;
}

function inQuestion(
  key: string,
  spot: Spot,
  together: readonly Written[],
  by: Written,
  book: BookList,
): Contradicts[] {
  const since = together.map(({ day }) => day).sort()[0] ?? '';
  const counts = book.list
    .filter((count) => count.day >= since && book.stands(count))
    .flatMap((entry) => {
      const said = saidOf(entry, key);
      if (said === undefined) return [];
      const change = together
        .filter((e) => e.order > entry.order && e.day <= entry.day)
        // To undo what came after a count is to come back to what was counted.
        .filter((e) => e.undoes === null || e.undoes.order < entry.order)
        .reduce((total, e) => total + sum(e.legs, key), 0);
      return change === 0 ? [] : [{ entry, counted: said.counted, change }];
    })
    .sort((a, b) => a.entry.day.localeCompare(b.entry.day) || a.entry.order - b.entry.order);
  const exact = by.legs.every((leg) => leg.key !== key || leg.exact);
  return [...Map.groupBy(counts, ({ change }) => change)].map(([change, counts]) => ({
    mark: `${by.id}?${key.replaceAll('|', '>')}?${change}`,
    ...{ spot, change, since, exact, counts },
  }));
}
