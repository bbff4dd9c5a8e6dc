import type { BookList } from './book-list.ts';
import { family, isMine, keyOf, spotOf, type Spot } from './spot.ts';
import type { Move, Of } from './written.ts';

/** What came to a holding from another one and has not gone back there. */
interface Home {
  readonly spot: Spot;
  left: number;
}

type Homes = Map<string, Map<string, Home>>;

/**
 * Where mines came from, for every holding: followed entry by entry as recorded. Mines that are
 * moved, split into lots or named otherwise within an account keep the home that they had, under
 * the new name; what was used up, lost or destroyed is not asked where it came from.
 */
function homes(book: BookList): Homes {
  const all: Homes = new Map();
  const add = (at: Spot, home: Spot, change: number): void => {
    const known = all.get(keyOf(at)) ?? new Map<string, Home>();
    all.set(keyOf(at), known);
    const one = known.get(keyOf(home)) ?? { spot: home, left: 0 };
    one.left += change;
    known.set(keyOf(home), one);
  };
  const follow = (from: Spot, to: Spot, quantity: number): void => {
    let left = quantity;
    for (const home of [...(all.get(keyOf(from))?.values() ?? [])]) {
      const part = Math.min(left, home.left);
      if (part <= 0) continue;
      add(from, home.spot, -part);
      add(to, renamed(home.spot, from, to), part);
      left -= part;
    }
  };
  for (const entry of book.list) {
    if (entry.undoes !== null || !book.stands(entry)) continue;
    for (const [n, { from, to, quantity }] of entry.moves.entries()) {
      const next = entry.moves[n + 1];
      if (to.account === 'gone/reclassified' && next) follow(from, next.to, quantity);
      if (!isMine(from.account) || !isMine(to.account)) continue;
      if (from.account === to.account) {
        follow(from, to, quantity);
        continue;
      }
      add(to, from, quantity);
      add(from, to, -quantity);
    }
  }
  return all;
}

/** A home, for mines that were named or placed anew meanwhile. */
function renamed(home: Spot, from: Spot, to: Spot): Spot {
  const parts = ['munition', 'lot', 'site', 'institution'] as const;
  const changed = parts.filter((part) => from[part] !== to[part]);
  return { ...home, ...Object.fromEntries(changed.map((part) => [part, to[part]])) };
}

const whereabouts = (all: Homes, spot: Spot): Home[] =>
  [...(all.get(keyOf(spot))?.values() ?? [])].filter(({ left }) => left > 0);

/** Moves that take each line back, from the first home on; or how many lines can't be. */
function takenBack(
  lines: Of<'return'>['body']['lines'],
  ways: (line: Of<'return'>['body']['lines'][number]) => { from: Spot; homes: readonly Home[] }[],
): { moves: Move[]; short: number } {
  const moves: Move[] = [];
  let short = 0;
  for (const line of lines) {
    let left = line.quantity;
    const exact = (line.precision ?? 'exact') === 'exact';
    for (const { from, homes } of ways(line)) {
      for (const home of homes) {
        const quantity = Math.min(left, home.left);
        if (quantity > 0) moves.push({ from, to: home.spot, quantity, exact });
        left -= quantity;
      }
    }
    if (left > 0) short++;
  }
  return { moves, short };
}

/** The owner's mines to the account they left; a custodian gives them back. */
export function returned({ body }: Of<'return'>, book: BookList) {
  const { shipment, lines } = body;
  const all = homes(book);
  return takenBack(lines, (line) => {
    const own = ['held/dispatched', 'retained/dispatched']
      .map((account) => spotOf(account, line, shipment))
      .map((from) => ({ from, homes: whereabouts(all, from) }))
      .filter(({ homes }) => homes.length > 0);
    const isOwner = book.ownerOf(spotOf('custody', {}, shipment).shipment) === book.state;
    if (own.length > 0 || isOwner) return own;
    const from = spotOf('custody', line, shipment);
    const spot = { ...from, account: 'gone/returned' };
    return [{ from, homes: [{ spot, left: Infinity }] }];
  });
}

/** Back to where control was lost: to the account named, or to any when none is. */
export function regained({ body }: Of<'control'>, book: BookList) {
  const all = homes(book);
  const asked = body.from;
  const away = `${family(asked)}/unverifiable`;
  const shipment = spotOf('custody', {}, body.shipment).shipment;
  return takenBack(body.lines, (line) => {
    const from = spotOf(away, line);
    const fitting = whereabouts(all, from)
      .filter(({ spot }) => asked === away || spot.account === asked)
      .filter(({ spot }) => body.shipment === undefined || spot.shipment === shipment);
    return [{ from, homes: fitting }];
  });
}
