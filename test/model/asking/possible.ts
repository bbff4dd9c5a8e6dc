import type { BookList } from '../book/book-list.ts';
import { differencesOf } from '../book/differences.ts';
import { isMine, type Spot } from '../book/spot.ts';
import { thereFor } from './lines.ts';
import type { Part } from './steps.ts';
import type { State, World } from '../book/world.ts';
import type { Kind } from '../book/written.ts';

/** What was sent to a State and is not known to have come, oldest first. */
export function expectedBy(state: State, world: World) {
  const told = world.entries
    .flatMap((entry) => entry.claims.map((claim) => ({ ...claim, entry })))
    .filter(
      ({ side, other, quantity }) => side === 'dispatched' && other === state && quantity > 0,
    );
  return told.filter(({ entry }) => world.book(entry.state as State).stands(entry));
}

/** What must be there for a kind of entry to be possible, and the kind that brings it about. */
function missing(
  { kind, choice }: Part,
  state: State,
  world: World,
  there: readonly Spot[],
): Kind | undefined {
  const book = world.book(state);
  const has = (...accounts: string[]) => there.some((s) => accounts.includes(s.account));
  const unless = (is: boolean, first: Kind): Kind | undefined => (is ? undefined : first);
  switch (kind) {
    case 'retention':
      return unless(has('held/stockpile'), 'inventory');
    case 'allocation':
      return unless(has(choice % 3 === 0 ? 'held/allocated' : 'held/stockpile'), 'inventory');
    case 'release':
    case 'use':
      return unless(has('retained') || (kind === 'use' && isShort(book)), 'retention');
    case 'return':
      return unless(has('held/dispatched', 'retained/dispatched', 'custody'), 'transfer');
    case 'receipt':
      return unless(expectedBy(state, world).length > 0, 'transfer');
    case 'explanation':
      return unless(
        differencesOf(book).some(({ open }) => open > 0),
        'count',
      );
    case 'reversal':
    case 'correction':
      return unless(book.list.length > 0, 'inventory');
    case 'movement':
    case 'destruction':
    case 'loss':
    case 'transfer':
    case 'reclassification':
    case 'control':
      return unless(there.length > 0, 'inventory');
    case 'inventory':
    case 'count':
    case 'statement':
      return undefined;
  }
}

const isShort = (book: BookList): boolean =>
  differencesOf(book).some(({ kind, open, spot }) => {
    return kind === 'shortage' && open > 0 && isMine(spot.account);
  });

/** What is seldom possible is done, now and then, when it is: what is lost is regained, and so on. */
function waitingIn({ choice }: Part, book: BookList): Kind | undefined {
  const away = book.notEmpty('9999-12-31').some((s) => s.account.endsWith('unverifiable'));
  if (choice % 5 === 1 && away) return 'control';
  const open = differencesOf(book).filter((d) => d.open > 0);
  const short = open.filter((d) => d.kind === 'shortage').map((d) => d.spot.munition);
  const settles = open.some((d) => d.kind === 'surplus' && short.includes(d.spot.munition));
  if (choice % 5 === 2 && settles) return 'explanation';
  const truths = ['destruction', 'loss', 'use', 'transfer'] as const;
  return choice % 5 === 3 && short.length > 0 ? truths[choice % 4] : undefined;
}

/**
 * What is asked for, or what can be done with what there is: later, when the mines were not there
 * yet on the day, or else what leads there. Most of the time it must be possible.
 */
export function possible(part: Part, state: State, world: World): Part {
  if (part.free) return part;
  const lacks = (asked: Part) => missing(asked, state, world, thereFor(asked, world.book(state)));
  const waiting = waitingIn(part, world.book(state));
  if (waiting !== undefined) return { ...part, kind: waiting, date: '2007' };
  const first = lacks(part);
  if (first === undefined) return part;
  const later = { ...part, date: '2007' };
  if (lacks(later) === undefined) return later;
  return possible({ ...part, kind: first }, state, world);
}
