import { strict as assert } from 'node:assert';
import { entryNamed, type Book } from './book.ts';
import { lastDayEver } from './effective-date.ts';
import { dayOf, type RecordedEntry } from './entry.ts';
import { bareHolding, nameKey, type Holding } from './holding.ts';
import type { ExplanationFindings, PostedEntry } from './kinds.ts';

/** A difference of a State's book as it stands now. */
export interface OpenDifference {
  readonly kind: Exclude<ExplanationFindings['kind'], 'shipment'>;
  /** The holding in question. */
  readonly holding: Holding;
  /** Of a shortage or surplus: the holding that it is kept in. */
  readonly mark?: Holding;
  /** The day from which on there is something to explain. */
  readonly day: string;
  /** What of it is not explained; 0 when it is closed. Of a statement always at least 1 or 0. */
  readonly open: number;
}

/** The id of a difference: the entry that opened it, and which of its differences it is. */
const differenceId = /^(.+)\.(c?)(\d{1,7})$/;

/** Finds a difference by its id; `undefined` when this book has none such. */
export function findDifference(id: string, book: Book): OpenDifference | undefined {
  const [, entryId = '', contradicted, number = ''] = differenceId.exec(id) ?? [];
  const found = book.entry(entryId);
  if (found === undefined) return undefined;
  const { entry, reversedBy } = found;
  const open = reversedBy === null;
  if (contradicted) return contradiction(id, entry, Number(number), open, book);
  if (entry.kind === 'statement')
    return number === '0' ? statement(id, entry, open, book) : undefined;
  return entry.kind === 'count' ? shortageOrSurplus(id, entry, open, book) : undefined;
}

function shortageOrSurplus(id: string, entry: RecordedEntry, stands: boolean, book: Book) {
  const at = entry.postings.findIndex((p) => p.difference === id);
  const posting = entry.postings[at];
  if (posting === undefined) return undefined;
  const counted = entry.postings[posting.quantity > 0 ? at - 1 : at + 1];
  assert(counted !== undefined, 'a difference has the counted holding on its other side');
  const mark = bareHolding(posting);
  return {
    kind: mark.account === 'difference/shortage' ? ('shortage' as const) : ('surplus' as const),
    holding: bareHolding(counted),
    mark,
    day: dayOf(entry),
    open: stands ? Math.abs(book.balance(mark, lastDayEver)) : 0,
  };
}

function contradiction(id: string, entry: RecordedEntry, n: number, stands: boolean, book: Book) {
  const contradicted = entry.contradicts[n];
  if (contradicted === undefined) return undefined;
  const { holding, change, counts, since: first } = contradicted;
  const [asserted] = counts;
  assert(asserted !== undefined, 'what is contradicted is a count');
  // A count that differs from one of the same day takes its place, and puts nothing in question.
  const standing = counts
    .filter(({ day }) => entry.kind !== 'count' || day > dayOf(entry))
    .some((c) => entryNamed(c.entry, book).reversedBy === null);
  const since = book
    .counts(holding, first)
    .some((c) => entryNamed(c.entry, book).entry.revision > entry.revision);
  const left = Math.abs(change) - explainedSoFar(id, book);
  const open = stands && standing && !since ? left : 0;
  return { kind: 'contradicted-count' as const, holding, day: asserted.day, open };
}

/** How far a statement is off changes with the book; that it is not explained yet is what counts. */
function statement(
  id: string,
  entry: Extract<RecordedEntry, { kind: 'statement' }>,
  stands: boolean,
  book: Book,
) {
  const { munition = '', lot = null, site = null, institution = null } = entry.body.filter ?? {};
  const place = { munition, lot, site, institution, shipment: null, difference: null };
  const open = stands && book.explanationsOf(id).length === 0 ? 1 : 0;
  const holding: Holding = { account: 'held/stockpile', ...place };
  return { kind: 'statement' as const, holding, day: dayOf(entry), open };
}

function explainedSoFar(id: string, book: Book): number {
  return book.explanationsOf(id).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The differences that an entry explains, and how much of each. */
export function explainedBy(
  entry: PostedEntry,
): readonly { readonly difference: string; readonly quantity: number }[] {
  if (entry.kind === 'explanation') {
    const { difference, against, shipment } = entry.body;
    const { quantity } = entry.found;
    return [difference, against, shipment === undefined ? undefined : shipmentDifference(shipment)]
      .filter((id) => id !== undefined)
      .map((id) => ({ difference: id, quantity }));
  }
  if (!('explains' in entry.body) || entry.body.explains === undefined) return [];
  const { explains: difference, lines } = entry.body;
  return lines.map(({ quantity }) => ({ difference, quantity }));
}

/** The id under which a shipment's difference is explained. */
export function shipmentDifference(shipment: string): string {
  return `shipment:${nameKey(shipment)}`;
}
