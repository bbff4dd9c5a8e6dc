import type { BookList } from './book-list.ts';
import { differencesOf, type Difference } from './differences.ts';
import { daysOf, family, keyOf, plainName, type Spot } from './spot.ts';
import type { Move, Of, Single } from './written.ts';
import { namedBy, type Routed } from './routes.ts';

/** What an entry that explains something finds in the book. */
export type Explained =
  | { readonly says: 'invalid' }
  | { readonly says: 'refused'; readonly code: string }
  | {
      readonly says: 'explained';
      readonly moves: readonly Move[];
      readonly explains: readonly { what: string; quantity: number }[];
    };

const refused = (code: string): Explained => ({ says: 'refused', code });

/** A difference by the id that the service gave it. */
function differenceBy(id: string | undefined, book: BookList): Difference | undefined {
  const mark = book.named.get(id ?? '');
  return mark === undefined ? undefined : differencesOf(book).find((d) => d.mark === mark);
}

function tooMuch(
  { kind, open, day }: Difference,
  quantity: number,
  effectiveDate: string,
): string | undefined {
  if (open === 0) return 'difference-closed';
  if (kind !== 'statement' && quantity > open) return 'more-than-open';
  return daysOf(effectiveDate).last < day ? 'before-the-difference' : undefined;
}

/** The shortage that an entry is the truth behind: of the holding that it names, and open. */
export function explains(command: Routed & Single, book: BookList) {
  const body = command.body as Of<'loss'>['body'];
  const [line] = body.lines;
  if (body.explains === undefined || line === undefined) return undefined;
  const found = differenceBy(body.explains, book);
  if (found?.kind !== 'shortage' || !found.kept) return { code: 'no-such-difference' };
  const [spot] = namedBy(command);
  if (spot === undefined || !isOf(found.spot, spot, command.kind)) return { code: 'other-holding' };
  const code = tooMuch(found, line.quantity, body.effectiveDate);
  const explains = [{ what: found.mark, quantity: line.quantity }];
  return { code, shortage: found.kept, explains };
}

/** What was used up need not have been retained by the book: that is how it came to be missing. */
function isOf(missing: Spot, named: Spot, kind: string): boolean {
  if (kind !== 'use' || family(missing.account) === 'custody')
    return keyOf(missing) === keyOf(named);
  return keyOf({ ...missing, account: named.account, shipment: '' }) === keyOf(named);
}

const isOthers = ({ spot }: Difference) => spot.account === 'custody';

function mayBe(difference: Difference): string[] {
  if (difference.kind === 'shortage') {
    return isOthers(difference)
      ? ['gone/lost-for-others', 'gone/counting-error', 'source/received']
      : ['gone/lost', 'gone/counting-error', 'source/declared'];
  }
  const own = ['declared', 'newly-found', 'seized', 'recovered', 'received', 'reclassified'];
  return (isOthers(difference) ? own.slice(4) : own).map((basis) => `source/${basis}`);
}

/** What an explanation moves, when it is of something open and says what may be said of it. */
export function explanation({ body }: Of<'explanation'>, book: BookList): Explained {
  if (body.shipment !== undefined) {
    const shipment = plainName(body.shipment);
    if (!book.knows(shipment)) return refused('no-such-shipment');
    const explains = [{ what: `shipment:${shipment}`, quantity: 0 }];
    return { says: 'explained', moves: [], explains };
  }
  const found = differenceBy(body.difference, book);
  if (found === undefined) return refused('no-such-difference');
  const { kind, spot, mark, kept } = found;
  const [line] = body.lines ?? [];
  const quantity = line?.quantity ?? found.open;
  const worded = kind === 'contradicted-count' || kind === 'statement';
  if (worded && (body.account ?? body.against) !== undefined) return { says: 'invalid' };
  if (!worded && body.against === undefined) {
    if (!mayBe(found).includes(body.account ?? '')) return { says: 'invalid' };
  }
  const parts = ['munition', 'lot', 'site', 'institution'] as const;
  const other = parts.some((p) => line?.[p] !== undefined && plainName(line[p]) !== spot[p]);
  if (other && kind !== 'statement') return { says: 'invalid' };
  const code = tooMuch(found, quantity, body.effectiveDate);
  if (code !== undefined) return refused(code);
  const explains = [{ what: mark, quantity }];
  if (worded || kept === undefined) return { says: 'explained', moves: [], explains };
  if (body.against !== undefined) return against(body, found, kept, quantity, book);
  const named = { ...kept, account: body.account ?? '', mark: '' };
  return { says: 'explained', moves: [between(kind, kept, named, quantity)], explains };
}

function against(
  body: Of<'explanation'>['body'],
  one: Difference,
  kept: Spot,
  quantity: number,
  book: BookList,
): Explained {
  const other = differenceBy(body.against, book);
  if (other?.kept === undefined) return refused('no-such-difference');
  const opposite = one.kind === 'shortage' ? 'surplus' : 'shortage';
  const alike = other.spot.munition === one.spot.munition && isOthers(other) === isOthers(one);
  if (other.kind !== opposite || !alike) {
    return { says: 'invalid' };
  }
  const code = tooMuch(other, quantity, body.effectiveDate);
  if (code !== undefined) return refused(code);
  const explains = [one.mark, other.mark].map((what) => ({ what, quantity }));
  const moves = [between(one.kind, kept, other.kept, quantity)];
  return { says: 'explained', moves, explains };
}

/** Out of a shortage; into the source of a surplus. */
function between(kind: Difference['kind'], kept: Spot, other: Spot, quantity: number): Move {
  const [from, to] = kind === 'shortage' ? [kept, other] : [other, kept];
  return { from, to, quantity, exact: true };
}
