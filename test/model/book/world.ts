import { BookList, sends } from './book-list.ts';
import type { Asked } from './questions.ts';
import type { Claim, Written } from './written.ts';

export const states = ['XXA', 'XXB', 'XXC'] as const;
export type State = (typeof states)[number];

/** What an entry of some State says of a shipment. */
export interface Told extends Claim {
  readonly entry: Written;
  readonly stands: boolean;
}

/** A shipment as the two books have it. */
export interface Shipment {
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly status: string;
  readonly lines: Record<string, Sides>;
  readonly explainedBy: readonly string[];
}

export interface Sides {
  dispatched: number;
  returned: number;
  received: number;
  givenBack: number;
  /** Away and there, of each owner: what is called alike on both sides pairs off. */
  readonly away: Record<Claim['whose'], number>;
  readonly there: Record<Claim['whose'], number>;
}

/** All books. What one of them knows of the others' shipments is what was known at `seen`. */
export class World {
  readonly books: ReadonlyMap<State, BookList>;
  seen = 0n;

  constructor() {
    this.books = new Map(
      states.map((state) => [state, new BookList(state, (name) => this.#ownerFor(state, name))]),
    );
  }

  book(state: State): BookList {
    const book = this.books.get(state);
    if (book === undefined) throw new Error(`there is no book of ${state}`);
    return book;
  }

  /** All entries of all books in the order recorded. */
  get entries(): Written[] {
    const all = [...this.books.values()].flatMap(({ list }) => list);
    return all.sort((a, b) => (a.position < b.position ? -1 : 1));
  }

  #ownerFor(state: State, shipment: string): string | undefined {
    return this.entries
      .filter((e) => e.state === state || e.position <= this.seen)
      .find((e) => e.claims.some((c) => sends(c, shipment)))?.state;
  }

  /** All that was said of a shipment by the moment, in the order recorded. */
  told(shipment: string, { day, known }: Asked): Told[] {
    const by = this.entries.filter((e) => e.position <= known && e.day <= day);
    return by.flatMap((entry) => {
      const original = entry.undoes ?? entry;
      const stands = ![...this.books.values()].some((b) => {
        return b.list.includes(original) && !b.stands(original, known);
      });
      const claims = entry.claims.filter((c) => c.shipment === shipment);
      return claims.map((c) => ({ ...c, entry, stands }));
    });
  }

  /**
   * Both sides: of the State that sent it first, and of those that it named as receivers. What
   * others say under its name is shown only to themselves.
   */
  shipment(shipment: string, at: Asked, viewer?: State): Shipment | undefined {
    const told = this.told(shipment, at);
    const both = bothSides(told);
    const own = told.filter(({ entry }) => entry.state === viewer);
    const seen = own.length > 0 && !own.some((t) => both.includes(t)) ? own : both;
    const standing = seen.filter((t) => t.stands);
    const shown = standing.length > 0 ? standing : seen;
    if (shown.length === 0) return undefined;
    const sent = shown.find(({ side }) => side === 'dispatched');
    const came = shown.find(({ side }) => side === 'received');
    const lines: Record<string, Sides> = {};
    for (const { munition, lot, side, whose, quantity } of shown) {
      const line = (lines[`${munition}|${lot}`] ??= {
        ...{ dispatched: 0, returned: 0, received: 0, givenBack: 0 },
        ...{ away: { sender: 0, receiver: 0 }, there: { sender: 0, receiver: 0 } },
      });
      line[side] += quantity;
      const back = side === 'returned' || side === 'givenBack';
      const place = side === 'dispatched' || side === 'returned' ? line.away : line.there;
      place[whose] += back ? -quantity : quantity;
    }
    const explained = this.#explained(shipment, seen, at);
    return {
      explainedBy: explained.map(({ id }) => id),
      sender: sent?.entry.state ?? came?.other ?? null,
      receiver: came?.entry.state ?? sent?.other ?? null,
      status: statusOf(seen, shown, lines, explained),
      lines,
    };
  }

  /** The entries that explain a shipment, of the books that say something of it. */
  #explained(shipment: string, told: readonly Told[], { day, known }: Asked): Written[] {
    const sides = new Set(told.map(({ entry }) => entry.state));
    return [...this.books.values()]
      .filter(({ state }) => sides.has(state))
      .flatMap((b) => b.explained(`shipment:${shipment}`, day, known))
      .sort((a, b) => (a.position < b.position ? -1 : 1));
  }
}

/** What should be with the receiver by the sender's book, less what is by its own. */
export const missing = ({ dispatched, returned, received, givenBack }: Sides): number =>
  dispatched - returned - (received - givenBack);

/** How many of those on both sides are left when each is paired with one that is called alike. */
export function unlike({ away, there }: Sides): number {
  const owners = ['sender', 'receiver'] as const;
  const pairs = owners.map((whose) => Math.min(away[whose], there[whose]));
  const unpaired = (pile: Sides['away']) =>
    owners.reduce((sum, whose, n) => sum + pile[whose] - (pairs[n] ?? 0), 0);
  return Math.min(unpaired(away), unpaired(there));
}

function bothSides(told: readonly Told[]): Told[] {
  const sender = told.find(({ side }) => side === 'dispatched')?.entry.state;
  if (sender === undefined) return [...told];
  const sends = told.filter((t) => t.side === 'dispatched' && t.entry.state === sender);
  const standing = sends.filter((t) => t.stands);
  const receivers = (standing.length > 0 ? standing : sends).map(({ other }) => other);
  return told.filter(({ side, entry }) =>
    side === 'dispatched' || side === 'returned'
      ? entry.state === sender
      : receivers.includes(entry.state),
  );
}

function statusOf(
  seen: readonly Told[],
  shown: readonly Told[],
  lines: Record<string, Sides>,
  explained: readonly Written[],
): string {
  if (Object.values(lines).every((l) => missing(l) === 0 && unlike(l) === 0)) return 'agreed';
  const last = seen.at(-1)?.entry.position ?? 0n;
  if (explained.some(({ position }) => position > last)) return 'explained';
  if (!shown.some(({ side }) => side === 'dispatched')) return 'no-dispatch';
  return shown.some(({ side }) => side === 'received') ? 'disagrees' : 'in-transit';
}
