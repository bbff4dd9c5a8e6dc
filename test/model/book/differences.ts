import { explainedQuantity, type BookList } from './book-list.ts';
import { never, spotOf, type Spot } from './spot.ts';
import { saidOf, type Contradicts, type Written } from './written.ts';

/** A difference of a State's book, as it stands at a moment. */
export interface Difference {
  /** Its name in the model. */
  readonly mark: string;
  readonly kind: 'shortage' | 'surplus' | 'contradicted-count' | 'statement';
  readonly entry: Written;
  /** The holding in question; of a statement, what it is filtered by. */
  readonly spot: Spot;
  /** Where it is kept, of a shortage or surplus. */
  readonly kept?: Spot;
  readonly day: string;
  readonly expected: number;
  readonly counted: number;
  readonly quantity: number;
  readonly open: number;
  readonly exact: boolean;
  readonly stands: boolean;
}

/** The moment: effective on `day`, known at `known`; now, when neither is said. */
export interface Moment {
  readonly day: string;
  readonly known?: bigint | undefined;
}

export const now: Moment = { day: never };

/** All differences that entries ever opened, whatever day they are of. */
export function differencesOf(book: BookList, at: Moment = now): Difference[] {
  return book.list
    .filter((e) => at.known === undefined || e.position <= at.known)
    .flatMap((e) => {
      const all = [
        ...counted(e, book, at),
        ...e.contradicts.map((c) => contradicted(e, c, book, at)),
        ...stated(e, book, at),
      ];
      // With its entry a difference is gone.
      return book.stands(e, at.known) ? all : all.map((d) => ({ ...d, open: 0, stands: false }));
    });
}

function counted(entry: Written, book: BookList, at: Moment): Difference[] {
  return (entry.counting?.differences ?? []).map(({ mark, spot, book: expected, ...said }) => ({
    mark: mark.mark,
    kind: said.counted < expected ? 'shortage' : 'surplus',
    ...{ entry, spot, expected, kept: mark, day: entry.day },
    counted: said.counted,
    exact: said.exact,
    stands: true,
    quantity: Math.abs(said.counted - expected),
    open: Math.abs(keptIn(mark, book, at)),
  }));
}

function keptIn({ mark }: Spot, book: BookList, at: Moment): number {
  return book.list
    .filter((e) => e.day <= at.day && (at.known === undefined || e.position <= at.known))
    .flatMap((e) => e.legs)
    .reduce((total, leg) => (leg.spot.mark === mark ? total + leg.change : total), 0);
}

/**
 * It is open while a count that it puts in question stands and no later one was made of the
 * holding since. A count that differs from an earlier one of the same day takes its place.
 */
function contradicted(
  entry: Written,
  { mark, spot, change, since, exact, counts }: Contradicts,
  book: BookList,
  at: Moment,
): Difference {
  const [earliest] = counts;
  const first = counts.filter((c) => c.entry.day === earliest?.entry.day).at(-1);
  if (first === undefined) throw new Error('counts are put in question');
  const key = Object.values(spot).join('|');
  const known = (e: Written) => at.known === undefined || e.position <= at.known;
  const inQuestion = counts
    .map((c) => c.entry)
    .filter((c) => book.stands(c, at.known) && c.day <= at.day)
    .some((c) => entry.counting === null || c.day > entry.day);
  const settled = book.list
    .filter((e) => known(e) && book.stands(e, at.known))
    .filter((e) => e.order > entry.order && e.day >= since && e.day <= at.day)
    .some((e) => saidOf(e, key) !== undefined);
  const quantity = Math.abs(change);
  const explained = explainedQuantity(book.explained(mark, at.day, at.known), mark);
  return {
    ...{ mark, kind: 'contradicted-count', entry, spot, quantity, exact, stands: true },
    day: first.entry.day,
    expected: first.counted + change,
    counted: first.counted,
    open: inQuestion && !settled ? quantity - explained : 0,
  };
}

/** A statement is laid beside the ledger's figure of its day by whoever lists it. */
function stated(entry: Written, book: BookList, at: Moment): Difference[] {
  const { command, day } = entry;
  if (command.kind !== 'statement') return [];
  const { filter = {}, quantity: claimed, precision = 'exact' } = command.body;
  const mark = `${entry.id}!`;
  const open = book.explained(mark, at.day, at.known).length > 0 ? 0 : 1;
  const numbers = { expected: 0, counted: claimed, quantity: 0, open };
  const exact = precision === 'exact';
  const spot = spotOf('', filter);
  return [{ mark, kind: 'statement', entry, spot, day, ...numbers, exact, stands: true }];
}
