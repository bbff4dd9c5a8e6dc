import type { Book } from './book.ts';
import { regainedTo, returnedTo } from './back.ts';
import type { SingleCommand } from './decide.ts';
import { explainsRefusals, explanationFindings } from './explaining.ts';
import { shipmentOf } from './posting-rules.ts';
import { parseEffectiveDate } from './effective-date.ts';
import { effectiveDateOf } from './entry.ts';
import { eventTypeOf } from './event-types.ts';
import { describeHolding, holding, holdingKey, placeOf } from './holding.ts';
import type { CountFindings, PostedEntry } from './kinds.ts';
import type { Fault, Refusal } from './refusals.ts';
import { reversalRefusals } from './reversal.ts';

/** The entry as the book completes it, with what speaks against it so far. */
type Found =
  | { readonly entry: PostedEntry; readonly concerns: readonly Refusal[] }
  | { readonly faults: readonly Fault[] }
  | { readonly refusals: readonly Refusal[] };

/** Looks up in the book what the entry's postings need, and what its kind asks of the book. */
export function findingsOf(command: SingleCommand, book: Book): Found {
  switch (command.kind) {
    case 'count':
      return { entry: { ...command, found: expectedBy(command, book) }, concerns: [] };
    case 'reversal':
      return turned(command, book);
    case 'inventory':
      return { entry: command, concerns: declaredTwice(command, book) };
    case 'destruction':
      return unlessRefused(command, [
        ...explainsRefusals(command.body, book),
        ...findRefusals(command.body.find, book),
      ]);
    case 'use':
    case 'loss':
      return unlessRefused(command, explainsRefusals(command.body, book));
    case 'transfer':
      return unlessRefused(command, [
        ...explainsRefusals(command.body, book),
        ...ownShipment(shipmentOf(command), book.state, '/shipment', book),
        ...otherReceiver(shipmentOf(command), command.body.to, book),
      ]);
    case 'receipt': {
      const { shipment, sender } = command.body;
      return unlessRefused(command, ownShipment(shipment, sender, '/shipment', book));
    }
    case 'return': {
      const back = returnedTo(command.body, book);
      return 'found' in back ? { entry: { ...command, ...back }, concerns: [] } : back;
    }
    case 'control': {
      const back =
        command.body.status === 'lost' ? { found: { parts: [] } } : regainedTo(command.body, book);
      return 'found' in back ? { entry: { ...command, ...back }, concerns: [] } : back;
    }
    case 'explanation': {
      const explained = explanationFindings(command.body, book);
      return 'found' in explained
        ? { entry: { ...command, ...explained }, concerns: [] }
        : explained;
    }
    case 'retention':
    case 'release':
    case 'allocation':
    case 'movement':
    case 'reclassification':
    case 'statement':
      return { entry: command, concerns: [] };
  }
}

/** What a kind asks of the book in vain stands alone: the rules of stock would only repeat it. */
function unlessRefused(entry: PostedEntry, refusals: readonly Refusal[]): Found {
  return refusals.length > 0 ? { refusals } : { entry, concerns: [] };
}

/** A find is an entry of this book by which mines came to light that nobody had declared. */
function findRefusals(find: string | undefined, book: Book): Refusal[] {
  const found = find === undefined ? undefined : book.entry(find);
  const isFind = found?.entry.kind === 'inventory' && found.entry.body.basis !== 'declared';
  if (find === undefined || (isFind && found.reversedBy === null)) return [];
  const detail = `the book of ${book.state} has no find ${find}: name an inventory of mines found`;
  return [{ code: 'no-such-entry', pointer: '/find', detail }];
}

/** A shipment belongs to the State that sent something under its name first. */
function ownShipment(shipment: string, sender: string, pointer: string, book: Book): Refusal[] {
  const owner = book.shipmentOwner(shipment);
  if (owner === undefined || owner === sender) return [];
  const detail = `shipment ${shipment} is one of ${owner}, not of ${sender}`;
  return [{ code: 'shipment-of-another', pointer, detail }];
}

/** A shipment has two sides: more can be sent under its name, but not to a third State. */
function otherReceiver(shipment: string, to: string, book: Book): Refusal[] {
  const elsewhere = book.dispatches(shipment).filter((sent) => sent.to !== to);
  const [first] = elsewhere;
  if (first === undefined) return [];
  const detail =
    `shipment ${shipment} goes to ${first.to} by entry ${first.entry}: send this under another ` +
    `name, or reverse that entry first`;
  const entries = elsewhere.map(({ to: _to, ...ref }) => ref);
  return [{ code: 'other-receiver', pointer: '/to', detail, entries }];
}

function expectedBy(
  { body }: Extract<SingleCommand, { kind: 'count' }>,
  book: Book,
): CountFindings {
  const { last } = parseEffectiveDate(body.effectiveDate);
  const named = body.lines.map((line) => holding(body.account, line, { shipment: body.shipment }));
  const expected = named.map((h) => book.balance(h, last));
  if (body.complete !== true) return { expected, others: [] };
  const keys = new Set(named.map(holdingKey));
  const others = book
    .holdingsIn(body.account, body.shipment ?? null, last)
    .filter((b) => !keys.has(holdingKey(b.holding)))
    // Differences are numbered in this order, which must not depend on who answered for the book.
    .sort((a, b) => (holdingKey(a.holding) < holdingKey(b.holding) ? -1 : 1))
    .map(({ holding: other, balance }) => ({
      ...placeOf(other),
      ...(other.shipment !== null && { shipment: other.shipment }),
      expected: balance,
    }));
  return { expected, others };
}

function turned(command: Extract<SingleCommand, { kind: 'reversal' }>, book: Book): Found {
  const original = book.entry(command.body.entry);
  const refusals = reversalRefusals(command.body.entry, original, book);
  if (original === undefined || refusals.length > 0) return { refusals };
  const effectiveDate = effectiveDateOf(original.entry);
  const asked = command.body.effectiveDate ?? effectiveDate;
  if (asked !== effectiveDate) {
    const detail = `a reversal is dated as what it reverses, "${effectiveDate}": leave it out`;
    return { faults: [{ pointer: '/effectiveDate', detail }] };
  }
  const { id, kind, body, found } = original.entry;
  const reversed = { id, kind, body, ...(found && { found }) } as PostedEntry;
  return {
    entry: { ...command, found: { effectiveDate, type: eventTypeOf(kind), reversed } },
    concerns: [],
  };
}

/** A yearly stock figure posted as a second declaration would double the stock: it is a count. */
function declaredTwice(
  command: Extract<SingleCommand, { kind: 'inventory' }>,
  book: Book,
): Refusal[] {
  const { body } = command;
  if (body.basis !== 'declared' || body.adds === true) return [];
  const { last } = parseEffectiveDate(body.effectiveDate);
  return body.lines.flatMap((line, n): Refusal[] => {
    const target = holding(body.heldAs ?? 'held/stockpile', line);
    // Declared later, it would be there twice from that day on: what counts is the later of the two.
    const declared = book.declaredOn(target).map((on) => ({ on, day: on > last ? on : last }));
    const twice = declared.find(({ day }) => book.balance(target, day) > 0);
    if (twice === undefined) return [];
    const { on, day } = twice;
    return [
      {
        code: 'already-declared',
        pointer: `/lines/${n}`,
        detail:
          `${describeHolding(target)} was declared on ${on} and holds ` +
          `${book.balance(target, day)} on ${day}; ` +
          'a stock figure is a count; if these are further mines, say "adds": true',
        day,
        holding: target,
      },
    ];
  });
}
