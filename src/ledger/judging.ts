import type { Fault } from './refusals.ts';

/** A check came to look at a field that is malformed. */
class LooksAtMalformed extends Error {
  override readonly name = 'LooksAtMalformed';
}

/** Whatever a check asks of a body, or of one of its lines. */
export type Check<B> = (body: B, state: string) => readonly Fault[];

/** What every check finds. One that comes to look at a malformed field says nothing. */
export function judged<B>(checks: readonly Check<B>[], body: B, state: string): Fault[] {
  return checks.flatMap((check) => unlessMalformed(() => check(body, state)) ?? []);
}

/** A check of every line for itself. */
export function eachLine<L, B extends { readonly lines?: readonly L[] }>(
  check: (line: L, n: number, body: B) => readonly Fault[],
): Check<B> {
  return (body) => linesOf(body).flatMap((n) => lineFaults(check, body, n));
}

function lineFaults<L, B extends { readonly lines?: readonly L[] }>(
  check: (line: L, n: number, body: B) => readonly Fault[],
  body: B,
  n: number,
): readonly Fault[] {
  return unlessMalformed(() => check(body.lines?.[n] as L, n, body)) ?? [];
}

function linesOf({ lines = [] }: { readonly lines?: readonly unknown[] }): number[] {
  return Array.from({ length: lines.length }, (_, n) => n);
}

/** A value; `undefined` when a malformed field is in the way. */
export function unlessMalformed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LooksAtMalformed) return undefined;
    throw error;
  }
}

/**
 * A body of which some fields are not what they must be, for `judged`: checks see the others, and
 * what depends on a malformed one is left open instead of guessed.
 *
 * @param malformed JSON pointers (RFC 6901) of the fields that are missing or malformed
 */
export function withMalformed<B extends object>(body: B, malformed: Iterable<string>): B {
  return veiled(body, '', new Set(malformed));
}

function veiled<T extends object>(value: T, pointer: string, malformed: ReadonlySet<string>): T {
  return new Proxy(value, {
    get(target, field, receiver) {
      const inner: unknown = Reflect.get(target, field, receiver);
      if (typeof field === 'symbol') return inner;
      const at = `${pointer}/${field}`;
      if (malformed.has(at)) throw new LooksAtMalformed(at);
      return typeof inner === 'object' && inner !== null ? veiled(inner, at, malformed) : inner;
    },
  });
}
