import type { ExpectedRevision, NewEvent, StoredEvent } from '../event-store.ts';
import { EventTooLarge, WrongExpectedRevision } from '../errors.ts';
import { limits } from '../../limits.ts';
import type { LogFile } from './log-file.ts';

/** What a caller asked to append. */
export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

/** The events at their places, written now or long ago, or why nothing is recorded. */
export type Decision = { readonly events: readonly StoredEvent[] } | { readonly refused: Error };

/** The revision that a stream must be at, as a number: −1 for no stream. */
export function expectedNumber(expected: ExpectedRevision): number {
  return expected === 'no-stream' ? -1 : expected;
}

/**
 * Decides one append against the log as it stands within the transaction, and writes its events if
 * it may. `behindRefused` says that an earlier append that this one builds on was refused: then the
 * revision may fit by chance, and must not count. Throws only what SQLite throws.
 */
export function decideAppend(
  log: LogFile,
  request: AppendRequest,
  behindRefused: boolean,
): Decision {
  const mistake = findMistake(request);
  if (mistake !== undefined) return { refused: mistake };
  const { stream, expected, events } = request;
  const last = log.lastRevision(stream);
  const first = expectedNumber(expected) + 1;
  if (first <= last) {
    const standing = log.readStream(stream, first, events.length);
    if (isSame(standing, events)) return { events: standing };
  }
  if (behindRefused || first !== last + 1) {
    const actual = last < 0 ? 'no-stream' : last;
    return { refused: new WrongExpectedRevision(stream, expected, actual) };
  }
  for (const event of events) {
    const position = log.positionOf(event.id);
    if (position !== undefined) {
      return { refused: new Error(`event ${event.id} stands already at position ${position}`) };
    }
  }
  return { events: events.map((event, index) => log.write(stream, first + index, event)) };
}

function isSame(standing: readonly StoredEvent[], events: readonly NewEvent[]): boolean {
  return (
    standing.length === events.length &&
    events.every((event, index) => event.id === standing[index]?.id)
  );
}

/** What is wrong with a request whatever the log says; all but the size is a programming error. */
function findMistake({ stream, expected, events }: AppendRequest): Error | undefined {
  if (expected !== 'no-stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    return new RangeError(`${String(expected)} is no revision`);
  }
  if (events.length === 0) return new Error(`an append to ${stream} has no events`);
  const ids = new Set<string>();
  for (const { id, type, data } of events) {
    if (![stream, id, type].every(isName)) {
      return new Error('stream, id and type of an event must be non-empty text without NUL');
    }
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
