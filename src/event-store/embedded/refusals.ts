import { expectedNumber } from '../append-request.ts';
import type { AppendRequest } from '../append-request.ts';

interface Refusal {
  readonly expected: number;
  /** Number of the last append that was made before this refusal could be known. */
  readonly madeUpTo: number;
}

/**
 * The refused appends that others, made before that was known, may build on. Such a follower must
 * be refused too, even where another writer has meanwhile brought the stream to the very revision
 * that it expects: it was decided on an event that does not exist.
 */
export class Refusals {
  private readonly byStream = new Map<string, Refusal[]>();

  add({ stream, expected }: AppendRequest, madeUpTo: number): void {
    const refusal = { expected: expectedNumber(expected), madeUpTo };
    const known = this.byStream.get(stream);
    if (known === undefined) {
      this.byStream.set(stream, [refusal]);
    } else if (!known.some((other) => other.madeUpTo === madeUpTo && covers(other, refusal))) {
      known.push(refusal);
    }
  }

  /** Whether the append with this number may build on a refused one. */
  standBefore({ stream, expected }: AppendRequest, number: number): boolean {
    const known = this.byStream.get(stream);
    if (known === undefined) return false;
    const current = known.filter(({ madeUpTo }) => number <= madeUpTo);
    this.byStream.set(stream, current);
    return current.some((refusal) => expectedNumber(expected) > refusal.expected);
  }

  /** To be called when no append waits. */
  forget(): void {
    this.byStream.clear();
  }
}

function covers(one: Refusal, other: Refusal): boolean {
  return one.expected <= other.expected;
}
