import { strict as assert } from 'node:assert';
import { isSource } from './accounts.ts';
import { holdingKey, type Holding } from './holding.ts';
import type { Precision } from './quantity.ts';

/** A quantity that goes from one holding to another; `line` is the entry's line, counted from 0. */
export interface Move {
  readonly line: number | null;
  readonly from: Holding;
  readonly to: Holding;
  readonly quantity: number;
  readonly precision: Precision;
}

/** One side of a move: the signed change of one holding. */
export interface Posting extends Holding {
  readonly quantity: number;
  readonly precision: Precision;
  readonly line: number | null;
}

/** Both sides of every move, in order. They balance, because each move has two equal sides. */
export function bothSides(moves: readonly Move[]): Posting[] {
  const postings: Posting[] = [];
  for (const { line, from, to, quantity, precision } of moves) {
    assert(Number.isSafeInteger(quantity) && quantity !== 0, 'a move is of a whole quantity');
    postings.push({ ...from, quantity: -quantity, precision, line });
    postings.push({ ...to, quantity, precision, line });
  }
  return postings;
}

/** What an entry brings into the State's book from its sources, less what it turns back there. */
export function inflowOf(postings: readonly Posting[]): number {
  return postings.filter((p) => isSource(p.account)).reduce((sum, p) => sum - p.quantity, 0);
}

/** The change of each holding that an entry touches, by holding; changes that cancel are left out. */
export function changesByHolding(
  postings: readonly Posting[],
): Map<string, { holding: Holding; change: number; line: number | null }> {
  const changes = new Map<string, { holding: Holding; change: number; line: number | null }>();
  for (const posting of postings) {
    const key = holdingKey(posting);
    const known = changes.get(key);
    if (known) known.change += posting.quantity;
    else changes.set(key, { holding: posting, change: posting.quantity, line: posting.line });
  }
  for (const [key, { change }] of changes) if (change === 0) changes.delete(key);
  return changes;
}
