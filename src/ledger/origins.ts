import { isStock } from './accounts.ts';
import type { Book } from './book.ts';
import type { RecordedEntry } from './entry.ts';
import { bareHolding, holdingKey, nameKey, type Holding } from './holding.ts';
import { movesOf } from './posting-rules.ts';

/** A holding from which something came, and how much of it has not gone back there. */
export interface Origin {
  readonly to: Holding;
  readonly quantity: number;
}

/**
 * Where what is in a holding came from, less what went back there; the earliest first. Mines that
 * were moved, split into lots or named otherwise within an account came from where they came from
 * before, and would go back under their new name. What was lost or used up is not left out: the
 * rules of stock see to it that no more goes back than is there.
 */
export function originsOf(from: Holding, book: Book): Origin[] {
  const all = new Origins();
  for (const entry of trailOf(from, book)) {
    for (const { from, to, quantity, renames } of stepsOf(entry)) {
      if (renames) all.follow(from, to, quantity);
      else all.came(from, to, quantity);
    }
  }
  return all.of(from).filter(({ quantity }) => quantity > 0);
}

/** Entries by which something came to or left a holding, or what it was called before. */
function trailOf(from: Holding, book: Book): RecordedEntry[] {
  const entries = new Map<string, RecordedEntry>();
  const seen = new Set<string>();
  const open = [from];
  for (let holding = open.pop(); holding !== undefined; holding = open.pop()) {
    const key = holdingKey(holding);
    if (seen.has(key)) continue;
    seen.add(key);
    for (const entry of book.touching(holding)) {
      entries.set(entry.id, entry);
      const before = stepsOf(entry).filter((s) => s.renames && holdingKey(s.to) === key);
      open.push(...before.map((step) => step.from));
    }
  }
  return [...entries.values()].sort((a, b) => a.revision - b.revision);
}

interface Step {
  readonly from: Holding;
  readonly to: Holding;
  readonly quantity: number;
  /** The mines are in the same account as before, under another name or in another place. */
  readonly renames: boolean;
}

function stepsOf(entry: RecordedEntry): Step[] {
  return movesOf(entry).flatMap(({ from, to, quantity }, n, moves): Step[] => {
    const next = moves[n + 1];
    if (to.account === 'gone/reclassified' && next !== undefined) {
      return [{ from, to: next.to, quantity, renames: true }];
    }
    if (!isStock(from.account) || !isStock(to.account)) return [];
    return [{ from, to, quantity, renames: from.account === to.account }];
  });
}

/** Origins by holding, and within a holding by origin. */
class Origins {
  readonly #all = new Map<string, Map<string, Origin>>();

  of(holding: Holding): Origin[] {
    return [...(this.#all.get(holdingKey(holding))?.values() ?? [])];
  }

  /** What comes from another account goes back there, and what goes back came from there. */
  came(from: Holding, to: Holding, quantity: number): void {
    this.#add(to, from, quantity);
    this.#add(from, to, -quantity);
  }

  follow(from: Holding, to: Holding, quantity: number): void {
    let left = quantity;
    for (const origin of this.of(from)) {
      const part = Math.min(left, origin.quantity);
      if (part <= 0) continue;
      this.#add(from, origin.to, -part);
      this.#add(to, renamed(origin.to, from, to), part);
      left -= part;
    }
  }

  #add(at: Holding, origin: Holding, change: number): void {
    const known = this.#all.get(holdingKey(at)) ?? new Map<string, Origin>();
    this.#all.set(holdingKey(at), known);
    const key = holdingKey(origin);
    const { to, quantity } = known.get(key) ?? { to: bareHolding(origin), quantity: 0 };
    known.set(key, { to, quantity: quantity + change });
  }
}

/** An origin, for mines that changed their name or place meanwhile. */
function renamed(origin: Holding, from: Holding, to: Holding): Holding {
  const parts = ['munition', 'lot', 'site', 'institution'] as const;
  const changed = parts.filter((part) => nameKey(from[part]) !== nameKey(to[part]));
  return { ...origin, ...Object.fromEntries(changed.map((part) => [part, to[part]])) };
}
