import type { Day } from '../ledger/effective-date.ts';

/** A quantity that came into the mines of one type and lot (positive), or went out of them. */
export interface PoolLeg {
  /** Type and lot: mines that can't be told apart. */
  readonly pool: string;
  readonly quantity: number;
}

/** What one entry did to the stock. */
export interface StockMove {
  readonly entry: string;
  readonly day: Day;
  /**
   * `find`: what came in was newly found. `carry`: what went out of one pool came into another: a
   * lot split, another place, another type found out. `other`: everything else.
   */
  readonly kind: 'find' | 'carry' | 'other';
  /** The find that an outflow names. */
  readonly find: string | undefined;
  readonly legs: readonly PoolLeg[];
}

/** How much of a find was left from the end of a day on. */
interface LeftFrom {
  readonly day: Day;
  readonly left: number;
}

/** Some mines of a pool: of one find, or of what is no find. */
interface Share {
  readonly find: string | undefined;
  quantity: number;
}

/**
 * Follows finds through the stock. Mines of one type and lot can't be told apart: an outflow that
 * names a find takes from it first; one that names none takes other stock first, then the oldest
 * find. What only changes its lot, type or place stays what it was.
 */
export class FindTracker {
  readonly #pools = new Map<string, Share[]>();
  readonly #left = new Map<string, LeftFrom[]>();

  /** @param opening what was in each pool before the first find: none of it is one */
  constructor(opening: readonly PoolLeg[]) {
    for (const { pool, quantity } of opening) this.#put(pool, { find: undefined, quantity });
  }

  /** @param move the next in the order of days */
  take({ entry, day, kind, find, legs }: StockMove): void {
    const carried: Share[] = [];
    for (const { pool, quantity } of legs) {
      if (quantity < 0) carried.push(...this.#take(pool, -quantity, find));
      else if (kind === 'find') this.#put(pool, { find: entry, quantity });
      else this.#fill(pool, quantity, kind === 'carry' ? carried : []);
    }
    this.#note(day);
  }

  /** How much of a find is left at the end of a day. */
  leftOn(find: string, day: Day): number {
    return this.#left.get(find)?.findLast((from) => from.day <= day)?.left ?? 0;
  }

  #put(pool: string, share: Share): void {
    const shares = this.#pools.get(pool) ?? [];
    this.#pools.set(pool, shares);
    const same = shares.find((other) => other.find === share.find);
    if (same === undefined) shares.push({ ...share });
    else same.quantity += share.quantity;
  }

  #fill(pool: string, quantity: number, carried: readonly Share[]): void {
    let open = quantity;
    for (const share of carried) {
      const part = Math.min(open, share.quantity);
      share.quantity -= part;
      open -= part;
      if (part > 0) this.#put(pool, { find: share.find, quantity: part });
    }
    if (open > 0) this.#put(pool, { find: undefined, quantity: open });
  }

  #take(pool: string, quantity: number, named: string | undefined): Share[] {
    const shares = this.#pools.get(pool) ?? [];
    const rank = ({ find }: Share) => (find === undefined ? 1 : find === named ? 0 : 2);
    let open = quantity;
    return shares
      .toSorted((a, b) => rank(a) - rank(b))
      .flatMap((share) => {
        const part = Math.min(open, share.quantity);
        share.quantity -= part;
        open -= part;
        return part > 0 ? [{ find: share.find, quantity: part }] : [];
      });
  }

  #note(day: Day): void {
    const now = new Map<string, number>();
    for (const { find, quantity } of [...this.#pools.values()].flat()) {
      if (find !== undefined) now.set(find, (now.get(find) ?? 0) + quantity);
    }
    for (const [find, left] of now) {
      const days = this.#left.get(find) ?? [];
      if (days.at(-1)?.left !== left) days.push({ day, left });
      this.#left.set(find, days);
    }
  }
}
