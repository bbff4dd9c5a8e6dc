import { strict as assert } from 'node:assert';
import canonicalize from 'canonicalize';
import { NotADate, parseEffectiveDate } from './effective-date.ts';
import {
  effectiveDateOf,
  type DecidedEntry,
  type Provenance,
  type RecordedEntry,
} from './entry.ts';
import type { PostedEntry } from './kinds.ts';
import { postingsOf } from './posting-rules.ts';
import { eventTypeOf, kindOf, upcast } from './event-types.ts';

/** An event whose bytes can't be taken for what its type says. The reader stops there. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/** Streams that hold a State's book. */
export const bookStreamPrefix = 'stockpile-';

export function bookStream(state: string): string {
  return bookStreamPrefix + state;
}

/**
 * The exact bytes of an event, which are stored, hashed and signed as they are: canonical JSON
 * (RFC 8785) in UTF-8. Postings and dates are not in it: they follow from it by the posting table.
 */
export function encodeEntry(entry: DecidedEntry & Provenance): Uint8Array {
  const { postings: _postings, effective: _effective, kind, ...kept } = entry;
  const text = canonicalize({ ...kept, revision: undefined, type: eventTypeOf(kind) });
  assert(text !== undefined, `entry ${entry.id} has no JSON`);
  return Buffer.from(text, 'utf8');
}

/**
 * Reads an event of a State's book, of whatever version, with its postings.
 *
 * @throws UnreadableEvent when the bytes are not what the type says
 */
export function decodeEntry(stored: {
  readonly type: string;
  readonly revision: number;
  readonly data: Uint8Array;
}): RecordedEntry {
  try {
    const written = parse(stored.data);
    if (written['type'] !== stored.type) {
      throw new UnreadableEvent(`stored as ${stored.type}, but says ${String(written['type'])}`);
    }
    const { type, ...event } = upcast(stored.type, written);
    const kind = kindOf(String(type));
    const posted = current({ ...event, kind } as unknown as PostedEntry);
    return {
      ...(event as unknown as Provenance & Pick<DecidedEntry, 'contradicts'>),
      ...posted,
      effective: parseEffectiveDate(effectiveDateOf(posted)),
      postings: postingsOf(posted),
      revision: stored.revision,
    };
  } catch (error) {
    if (error instanceof UnreadableEvent) throw error;
    const why = error instanceof NotADate ? error.message : String(error);
    throw new UnreadableEvent(`an event of type ${stored.type} can't be read: ${why}`);
  }
}

/** A reversal holds what it reverses in the version in which it was written then. */
function current(entry: PostedEntry): PostedEntry {
  if (entry.kind !== 'reversal') return entry;
  const { found } = entry;
  const { type, ...event } = upcast(found.type, { ...found.reversed });
  const kind = kindOf(String(type));
  const reversed = current({ ...event, kind } as unknown as PostedEntry);
  return { ...entry, found: { ...found, type: eventTypeOf(kind), reversed } };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function parse(data: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(utf8.decode(data));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableEvent('an event is a JSON object');
  }
  return value as Record<string, unknown>;
}
