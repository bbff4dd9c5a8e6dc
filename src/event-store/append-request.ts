import { EventTooLarge } from './errors.ts';
import type { ExpectedRevision, NewEvent } from './event-store.ts';
import { limits } from '../limits.ts';

/** What a caller asked to append. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

/** The revision that a stream must be at, as a number: −1 for no stream. */
export function expectedNumber(expected: ExpectedRevision): number {
  return expected === 'no-stream' ? -1 : expected;
}

/** The same the other way round. */
export function revisionOf(number: number): ExpectedRevision {
  return number < 0 ? 'no-stream' : number;
}

/** What is wrong with a request whatever the log says; all but the size is a programming error. */
export function findMistake({ stream, expected, events }: AppendRequest): Error | undefined {
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    return new RangeError(`${String(expected)} is no revision`);
  }
  if (events.length === 0) return new Error(`an append to ${stream} has no events`);
  const ids = new Set<string>();
  for (const { id, type, data } of events) {
    if (![stream, id, type].every(isName)) {
      return new Error('stream, id and type of an event must be non-empty text without NUL');
    }
    if (!(data instanceof Uint8Array))
      return new TypeError(`the data of event ${id} must be bytes`);
    if (ids.has(id)) return new Error(`event ${id} occurs twice in one append`);
    ids.add(id);
    if (data.length > limits.eventBytesMax) {
      return new EventTooLarge(
        `event ${id} has ${data.length} bytes; at most ${limits.eventBytesMax} are taken`,
      );
    }
  }
  return undefined;
}

function isName(text: string): boolean {
  return text !== '' && !text.includes('\0') && text.isWellFormed();
}

/** Whether these are the very events, by their ids. */
export function isSame(
  standing: readonly { readonly id: string }[],
  events: readonly { readonly id: string }[],
): boolean {
  return (
    standing.length === events.length &&
    events.every((event, index) => event.id === standing[index]?.id)
  );
}
