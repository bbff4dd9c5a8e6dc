import type { Replacement } from '../../../src/ledger/kinds.ts';
import type { Asking } from './asking.ts';
import { abroad, backHome } from './abroad.ts';
import { inPlace, out, withinStock } from './stock.ts';
import { explained, stated } from './words.ts';
import type { BookList } from '../book/book-list.ts';
import { linesFrom, thereFor } from './lines.ts';
import { possible } from './possible.ts';
import type { Part, Step } from './steps.ts';
import type { State, World } from '../book/world.ts';
import type { Command, Kind, Single, Written } from '../book/written.ts';

/** What a step asks for, in the world as it stands. */
export function commandOf(step: Step, id: string, world: World): Command {
  const asking = askingOf(step, id, step.state, world);
  if (asking.step.kind === 'correction') return corrected(asking, step);
  return single(asking);
}

function askingOf(part: Part, id: string, state: State, world: World): Asking {
  const book = world.book(state);
  const step = possible(part, state, world);
  const there = thereFor(step, book);
  const from = (account: string, shipment?: string) =>
    linesFrom(step, account, shipment, book, there);
  return { id, step, state, world, book, there, from };
}

/** What a part of a correction asks for. */
function partOf(part: Part, id: string, { state, world }: Asking): Single {
  const asking = askingOf(part, id, state, world);
  const { kind } = asking.step;
  if (kind === 'reversal' || kind === 'correction') throw new Error(`a ${kind} is no part`);
  return single(asking);
}

function single(asking: Asking): Single {
  const { id, step } = asking;
  const kind = step.kind as Exclude<Kind, 'correction'>;
  switch (kind) {
    case 'inventory':
    case 'retention':
    case 'release':
    case 'allocation':
      return withinStock(asking, kind);
    case 'use':
    case 'destruction':
    case 'loss':
      return out(asking, kind);
    case 'movement':
    case 'reclassification':
    case 'count':
      return inPlace(asking, kind);
    case 'transfer':
    case 'receipt':
      return abroad(asking, kind);
    case 'return':
    case 'control':
      return backHome(asking, kind);
    case 'statement':
      return stated(asking);
    case 'explanation':
      return explained(asking);
    case 'reversal':
      return { id, kind, body: { entry: reversible(asking), reason: 'written down wrongly' } };
  }
}

function reversible({ step: { choice }, book }: Asking): string {
  if (choice === 0) return 'no-such-entry';
  const counts = choice % 3 === 1 && book.list.some((e) => e.counting);
  const entries = book.list.filter((e) => !counts || e.counting).map((e) => e.id);
  return entries.at(-1 - (choice % Math.max(1, Math.min(8, entries.length)))) ?? 'none yet';
}

/** Some of the last entries are taken back, and recorded again as they should have been. */
function corrected(asking: Asking, { parts, choice, gap, date }: Step): Command {
  const { id, book } = asking;
  const members = (n: number) => `${id}m${n}`;
  const recent = book.list.filter((e) => isCorrected(e, book) !== (choice === 7)).reverse();
  const reversed = recent.slice(choice % 3, (choice % 3) + (gap % 3));
  const again = reversed.flatMap((e) => (choice % 4 === 3 ? [] : replacementOf(e, choice)));
  const anew = parts
    .slice(0, choice % 3)
    .map((p, n) => ({ p, kept: members(reversed.length + again.length + n) }))
    .map(({ p, kept }) => partOf(p, kept, asking));
  const replace = [...again, ...anew].map(({ kind, body }) => ({ kind, ...body }) as Replacement);
  const body = {
    reason: 'written down wrongly',
    reverse: reversed.map((e) => e.id),
    replace,
    ...(choice % 6 === 0 && { effectiveDate: date }),
  };
  return { id, kind: 'correction', members, body };
}

const isCorrected = (e: Written, book: BookList): boolean =>
  e.command.kind !== 'correction' && e.undoes === null && book.stands(e);

type Recorded = Exclude<Single, { kind: 'reversal' }>;

/** The same entry with another quantity, lot or date. */
function replacementOf({ command }: Written, choice: number): Recorded[] {
  if (command.kind === 'reversal' || command.kind === 'correction') return [];
  const { body } = command;
  const date = choice % 5 === 0 ? { effectiveDate: '2004-12-31' } : {};
  const lines =
    'lines' in body && body.lines !== undefined
      ? {
          lines: body.lines.map((l) => ({
            ...l,
            ...(choice % 2 === 0 && { quantity: Math.max(1, l.quantity + 1 - (choice % 3)) }),
            ...(choice % 7 === 0 && { lot: 'E' }),
          })),
        }
      : {};
  return [{ ...command, body: { ...body, ...date, ...lines } } as Recorded];
}
