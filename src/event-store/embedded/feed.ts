import { Observable } from 'rxjs';
import type { Subject } from 'rxjs';
import type { Position, StoredEvent } from '../event-store.ts';
import { limits } from '../../limits.ts';
import type { LogFile } from './log-file.ts';

/** A position as the number that the log uses; no log reaches what a number can't hold. */
export function positionNumber(position: Position): number {
  return Number(position > Number.MAX_SAFE_INTEGER ? Number.MAX_SAFE_INTEGER : position);
}

/**
 * Every event after a position, for ever: one batch a turn of the event loop until the end of the
 * log, so that a long catch-up does not hold up the process, and then each commit as it comes.
 * Errors when the log can't be read.
 */
export function feedOf(
  log: LogFile,
  commits: Subject<void>,
  after: Position,
): Observable<readonly StoredEvent[]> {
  return new Observable((subscriber) => {
    let at = positionNumber(after);
    let scheduled = true;
    const step = () => {
      scheduled = false;
      if (subscriber.closed || !log.isOpen) return;
      try {
        const events = log.readAll(at, limits.feedBatchEvents, limits.feedBatchBytesMax);
        const last = events.at(-1);
        if (last === undefined) return;
        at = Number(last.position);
        subscriber.next(events);
      } catch (error) {
        subscriber.error(error);
        return;
      }
      if (!scheduled && at < log.head) {
        scheduled = true;
        setImmediate(step);
      }
    };
    setImmediate(step);
    return commits.subscribe(() => {
      if (scheduled) return;
      scheduled = true;
      // After the commit's own promises, whose callers wait to answer.
      queueMicrotask(step);
    });
  });
}
