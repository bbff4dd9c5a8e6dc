/** A place in a list, opaque to the reader: where the next page begins. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** Makes a cursor of numbers and texts. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Reads a cursor of this shape ("n" number, "s" a position as text).
 * @throws BadCursor for anything that `encodeCursor` did not make
 */
export function decodeCursor(cursor: string, shape: string): (string | number)[] {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw new BadCursor('not a cursor of this list');
  }
  const fits =
    Array.isArray(parts) &&
    parts.length === shape.length &&
    parts.every((part, n) => (shape[n] === 'n' ? Number.isSafeInteger(part) : isPosition(part)));
  if (!fits) throw new BadCursor('not a cursor of this list');
  return parts as (string | number)[];
}

function isPosition(part: unknown): boolean {
  return typeof part === 'string' && /^\d{1,19}$/.test(part) && BigInt(part) < 2n ** 63n;
}
