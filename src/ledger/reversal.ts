import { entryNamed, type Book, type BookEntry } from './book.ts';
import { dayOf, effectiveDateOf, type RecordedEntry } from './entry.ts';
import { holding } from './holding.ts';
import type { Refusal } from './refusals.ts';
import { stockRefusals } from './stock.ts';

/** What stands against reversing an entry, by its own nature; nothing when it may be asked. */
export function reversalRefusals(
  id: string,
  original: BookEntry | undefined,
  book: Book,
): Refusal[] {
  const pointer = '/entry';
  if (original === undefined) {
    const detail = `there is no entry ${id} in the book of ${book.state}`;
    return [{ code: 'no-such-entry', pointer, detail }];
  }
  const { entry, reversedBy } = original;
  if (entry.kind === 'reversal') {
    const detail = 'a reversal is not reversed: record the entry again instead';
    return [{ code: 'reversal-of-reversal', pointer, detail }];
  }
  if (reversedBy !== null) {
    const detail = `entry ${id} was reversed already, by ${reversedBy}`;
    return [{ code: 'already-reversed', pointer, detail }];
  }
  if (entry.kind === 'correction') {
    const detail = 'a correction posts nothing itself: reverse the entries that it recorded';
    return [{ code: 'reversal-of-reversal', pointer, detail }];
  }
  return entry.kind === 'count' ? [...restingOn(entry, book), ...explainedFrom(entry, book)] : [];
}

/** Everything that stands against reversing an entry of this book: asked without doing it. */
export function whyNotReversed(id: string, book: Book): Refusal[] {
  const original = book.entry(id);
  const refusals = reversalRefusals(id, original, book);
  if (original === undefined || refusals.length > 0) return refusals;
  const { entry } = original;
  const turned = entry.postings.map((p) => ({ ...p, quantity: -p.quantity }));
  return stockRefusals([{ ...entry, kind: 'reversal', postings: turned }], book);
}

/** A later count of the same holding took this count's outcome as what it expected. */
function restingOn(count: Extract<RecordedEntry, { kind: 'count' }>, book: Book): Refusal[] {
  const { account, shipment, lines } = count.body;
  const asserted = [...lines, ...count.found.others].map((line) =>
    holding(account, line, { shipment }),
  );
  const later = new Set(
    asserted
      .flatMap((h) => book.counts(h, dayOf(count)))
      .map((ref) => ref.entry)
      .filter((id) => entryNamed(id, book).entry.revision > count.revision),
  );
  if (later.size === 0) return [];
  const ids = [...later];
  return [
    {
      code: 'count-rested-on',
      pointer: '/entry',
      detail: `a later count rests on this one (${ids.join(', ')}): reverse that first`,
      entries: ids.map((id) => {
        const effectiveDate = effectiveDateOf(entryNamed(id, book).entry);
        return { entry: id, kind: 'count', effectiveDate, quantity: 0 };
      }),
    },
  ];
}

/** What explains a difference of this count would explain nothing without it. */
function explainedFrom(count: RecordedEntry, book: Book): Refusal[] {
  const differences = new Set(count.postings.flatMap((p) => p.difference ?? []));
  const entries = [...differences].flatMap((difference) => book.explanationsOf(difference));
  if (entries.length === 0) return [];
  const ids = entries.map(({ entry }) => entry).join(', ');
  const detail = `an explanation rests on this count (${ids}): reverse that first`;
  return [{ code: 'count-rested-on', pointer: '/entry', detail, entries }];
}
