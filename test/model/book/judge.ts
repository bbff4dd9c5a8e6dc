import type { BookList } from './book-list.ts';
import { contradictedBy, countingOf, settling } from './counted.ts';
import { explains, explanation } from './explaining.ts';
import { isNonsense } from './nonsense.ts';
import { claimsOf, movesOf, newShipment, reclassified } from './routes.ts';
import { daysOf, isMine, keyOf, plainName } from './spot.ts';
import { regained, returned } from './whence.ts';
import {
  legsOf,
  saidOf,
  sum,
  type Command,
  type Counting,
  type Move,
  type Of,
  type Single,
  type Verdict,
  type Written,
} from './written.ts';

/*
 * The book a second time, written from `api.md` and as plainly as it goes: a list of what was
 * recorded, read from the start for every question. It shares no code with the service, so that
 * the two can only agree by both being right (or by misreading the same sentence).
 */

/** What one command finds in the book: what it moves, or why it can't be. */
type Found =
  | { readonly says: 'invalid' }
  | { readonly says: 'refused'; readonly codes: readonly string[] }
  | {
      readonly says: 'found';
      readonly moves: readonly Move[];
      readonly concerns?: readonly string[];
      readonly counting?: Counting;
      readonly explains?: Written['explains'];
      readonly undoes?: Written;
    };

const refused = (...codes: string[]): Found => ({ says: 'refused', codes });
const moving = (moves: readonly Move[]): Found => ({ says: 'found', moves });

/** What the book would say to a command, and the entries it would become. */
export function judge(command: Command, book: BookList, position: bigint, today: string): Verdict {
  if (isNonsense(command, book.state, today)) return { says: 'invalid' };
  if (command.kind === 'correction') return judgeCorrection(command, book, position, today);
  const found = find(command, book);
  if (found.says !== 'found') return found;
  return accept([entryOf(command, found, book, position)], [...(found.concerns ?? [])], book);
}

/** Several at once: each sees what those before it did, and stock is judged over all of them. */
function judgeCorrection(
  command: Of<'correction'>,
  book: BookList,
  position: bigint,
  today: string,
): Verdict {
  const { reverse = [], replace = [], reason, effectiveDate } = command.body;
  const asked = [
    ...reverse.map((entry) => ({ kind: 'reversal' as const, body: { entry, reason } })),
    ...replace.map(({ kind, ...body }) => ({ kind, body })),
  ];
  const parts = asked.map((part, n) => ({ ...part, id: command.members(n) }) as Single);
  if (parts.some((part) => isNonsense(part, book.state, today))) return { says: 'invalid' };
  const draft = book.copy();
  const entries: Written[] = [];
  const codes: string[] = [];
  let invalid = false;
  for (const [n, part] of parts.entries()) {
    const found = find(part, draft);
    if (found.says === 'invalid') invalid = true;
    if (found.says === 'refused') codes.push(...found.codes);
    if (found.says !== 'found') continue;
    codes.push(...(found.concerns ?? []));
    const made = entryOf(part, found, book, position + BigInt(n) + 1n);
    const entry = { ...made, order: draft.list.length + 1 };
    entries.push(entry);
    draft.list.push(entry);
  }
  if (invalid) return { says: 'invalid' };
  if (codes.length > 0) return { says: 'refused', codes: codes.sort() };
  const verdict = accept(entries, [], book);
  if (verdict.says !== 'accepted') return verdict;
  const latest = entries.reduce((a, b) => (a.day < b.day ? b : a));
  const date = effectiveDate ?? latest.date;
  const header = entryOf(command, { says: 'found', moves: [] }, book, position);
  return {
    says: 'accepted',
    entries: [{ ...header, date, day: daysOf(date).last }, ...verdict.entries],
  };
}

function entryOf(
  command: Command,
  found: Extract<Found, { says: 'found' }>,
  book: BookList,
  position: bigint,
): Written {
  const { moves, undoes = null, counting = null, explains = [] } = found;
  const date = undoes?.date ?? command.body.effectiveDate ?? '';
  const claims = undoes
    ? undoes.claims.map((c) => ({ ...c, quantity: -c.quantity }))
    : command.kind === 'correction'
      ? []
      : claimsOf(command, moves);
  return {
    ...{ id: command.id, state: book.state, order: book.list.length, position, command },
    ...{ date, day: date === '' ? '' : daysOf(date).last, moves, legs: legsOf(moves) },
    ...{ undoes, counting, contradicts: [], claims, explains },
  };
}

/** Accepted when nothing is below zero at the end of any day; with what is put in question. */
function accept(entries: readonly Written[], codes: string[], book: BookList): Verdict {
  const all = [...codes, ...wants(entries, book)];
  if (all.length > 0) return { says: 'refused', codes: all.sort() };
  const after = book.copy();
  after.list.push(...entries);
  for (const [entry, noted] of contradictedBy(entries, after)) entry.contradicts.push(...noted);
  return { says: 'accepted', entries };
}

/** A refusal for each holding that would be below zero at the end of a day. */
function wants(entries: readonly Written[], book: BookList): string[] {
  const after = book.copy();
  after.list.push(...entries);
  const spots = new Map(entries.flatMap((e) => e.legs).map((leg) => [leg.key, leg.spot]));
  return [...spots].flatMap(([key, { account }]) => {
    if (!isMine(account) && account !== 'difference/shortage') return [];
    const drawing = entries.find((e) => sum(e.legs, key) < 0);
    if (drawing === undefined) return [];
    const first = entries.map((e) => e.day).sort()[0] ?? '';
    const days = after.list
      .map((e) => e.day)
      .filter((d) => d >= first)
      .sort();
    const broken = days.find((day) => after.balance(key, day) < 0);
    if (broken === undefined) return [];
    return [broken === drawing.day ? 'insufficient-stock' : 'breaks-later-day'];
  });
}

/** What each kind asks of the book. */
function find(command: Single, book: BookList): Found {
  switch (command.kind) {
    case 'reversal':
      return turned(command, book);
    case 'count': {
      const counting = countingOf(command, daysOf(command.body.effectiveDate).last, book);
      return { says: 'found', moves: settling(counting), counting };
    }
    case 'return':
    case 'control': {
      if (command.kind === 'control' && command.body.status === 'lost') {
        return moving(movesOf(command));
      }
      const isReturn = command.kind === 'return';
      const { moves, short } = isReturn ? returned(command, book) : regained(command, book);
      const code = isReturn ? 'not-dispatched' : 'not-lost';
      return short > 0 ? refused(...Array.from({ length: short }, () => code)) : moving(moves);
    }
    case 'explanation': {
      const found = explanation(command, book);
      return found.says === 'refused' ? refused(found.code) : asFound(found);
    }
    case 'statement':
      return moving([]);
    case 'reclassification':
      return moving(reclassified(command));
    case 'inventory': {
      const moves = movesOf(command);
      return { says: 'found', moves, concerns: declaredTwice(command, moves, book) };
    }
    case 'retention':
    case 'release':
    case 'allocation':
    case 'movement':
      return moving(movesOf(command));
    case 'use':
    case 'destruction':
    case 'loss':
    case 'transfer':
    case 'receipt':
      return outOrIn(command, book);
  }
}

const asFound = (found: Exclude<ReturnType<typeof explanation>, { says: 'refused' }>): Found =>
  found.says === 'invalid' ? found : { ...found, says: 'found' };

function outOrIn(
  command: Of<'use' | 'destruction' | 'loss' | 'transfer' | 'receipt'>,
  book: BookList,
): Found {
  const truth = command.kind === 'receipt' ? undefined : explains(command, book);
  const codes = truth?.code === undefined ? [] : [truth.code];
  if (command.kind === 'destruction' && command.body.find !== undefined) {
    if (!isFind(command.body.find, book)) codes.push('no-such-entry');
  }
  if (command.kind === 'transfer' || command.kind === 'receipt') {
    const isReceipt = command.kind === 'receipt';
    const shipment = isReceipt ? command.body.shipment : newShipment(command);
    const sender = isReceipt ? command.body.sender : book.state;
    const owner = book.ownerOf(plainName(shipment));
    if (owner !== undefined && owner !== sender) codes.push('shipment-of-another');
    const isThird = (to: string) => !isReceipt && to !== command.body.to;
    if (book.receiversOf(plainName(shipment)).some(isThird)) codes.push('other-receiver');
  }
  if (codes.length > 0) return refused(...codes.sort());
  const moves = movesOf(command, truth?.shortage);
  return { says: 'found', moves, ...(truth?.explains && { explains: truth.explains }) };
}

/** An inventory of mines that came to light, and that still stands. */
function isFind(id: string, book: BookList): boolean {
  const entry = book.list.find((e) => e.id === id);
  const { command } = entry ?? {};
  if (entry === undefined || command?.kind !== 'inventory') return false;
  return command.body.basis !== 'declared' && book.stands(entry);
}

/** For each line: whether the holding was declared before, and holds something when both hold. */
function declaredTwice(
  { body }: Of<'inventory'>,
  moves: readonly Move[],
  book: BookList,
): string[] {
  if (body.basis !== 'declared' || body.adds === true) return [];
  const { last: day } = daysOf(body.effectiveDate);
  return moves.flatMap(({ to }) => {
    const twice = book.list
      .filter(({ command }) => command.kind === 'inventory' && command.body.basis === 'declared')
      .filter((e) => book.stands(e) && sum(e.legs, keyOf(to)) > 0)
      .some((e) => book.balance(keyOf(to), e.day > day ? e.day : day) > 0);
    return twice ? ['already-declared'] : [];
  });
}

function turned({ body }: Of<'reversal'>, book: BookList): Found {
  const undoes = book.list.find(({ id }) => id === body.entry);
  if (undoes === undefined) return refused('no-such-entry');
  if (undoes.undoes) return refused('reversal-of-reversal');
  if (!book.stands(undoes)) return refused('already-reversed');
  if (undoes.command.kind === 'correction') return refused('reversal-of-reversal');
  const asserted = [...(undoes.counting?.said.keys() ?? [])];
  const counted = book.list.some(
    (later) =>
      later.order > undoes.order &&
      later.day >= undoes.day &&
      book.stands(later) &&
      asserted.some((key) => saidOf(later, key)),
  );
  const marks = undoes.counting?.differences.map(({ mark }) => mark.mark) ?? [];
  const explained = marks.some((mark) => book.explained(mark).length > 0);
  const rests = [counted, explained].filter(Boolean).map(() => 'count-rested-on');
  if (rests.length > 0) return refused(...rests);
  if (body.effectiveDate !== undefined && body.effectiveDate !== undoes.date) {
    return { says: 'invalid' };
  }
  const moves = undoes.moves.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }));
  return { says: 'found', moves, undoes };
}
