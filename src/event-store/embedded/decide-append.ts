import { expectedNumber, findMistake, isSame, revisionOf } from '../append-request.ts';
import type { AppendRequest } from '../append-request.ts';
import type { StoredEvent } from '../event-store.ts';
import { WrongExpectedRevision } from '../errors.ts';
import type { LogFile } from './log-file.ts';

/** The events at their places, written now or long ago, or why nothing is recorded. */
export type Decision = { readonly events: readonly StoredEvent[] } | { readonly refused: Error };

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
    return { refused: new WrongExpectedRevision(stream, expected, revisionOf(last)) };
  }
  for (const event of events) {
    const position = log.positionOf(event.id);
    if (position !== undefined) {
      return { refused: new Error(`event ${event.id} stands already at position ${position}`) };
    }
  }
  return { events: events.map((event, index) => log.write(stream, first + index, event)) };
}
