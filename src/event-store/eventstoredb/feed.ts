import { Observable } from 'rxjs';
import { StoreRefused } from '../errors.ts';
import type { Position, StoredEvent } from '../event-store.ts';
import { backOff } from './calls.ts';
import type { Calls } from './calls.ts';
import type { Reading } from './reading.ts';
import { OneSubscription } from './subscription.ts';

/**
 * Every event of the ledger after a position, for ever: a catch-up subscription to all streams,
 * filtered by the server, that is asked for again whenever it ends, errors or falls silent. The
 * client does none of that, and "consumer too slow" is the server's ordinary answer to a burst.
 */
export function feedOf(
  calls: Calls,
  reading: Reading,
  after: Position,
): Observable<readonly StoredEvent[]> {
  return new Observable((subscriber) => {
    let current: OneSubscription | undefined;
    const isOver = (): boolean => subscriber.closed || calls.stopped.aborted;
    const supervise = async (): Promise<void> => {
      await mustBeginAnEvent(reading, after);
      let at = after;
      for (let failures = 0; !isOver();) {
        current = new OneSubscription(calls, at, (events) => subscriber.next(events));
        const error = await current.ended;
        if (error instanceof StoreRefused) throw error;
        at = current.at;
        failures = current.isConfirmed ? 0 : failures + 1;
        if (error !== undefined && !isOver()) {
          calls.reachability.failed(error);
          await backOff(failures);
        }
      }
    };
    supervise().catch((error: unknown) => {
      if (!calls.stopped.aborted) subscriber.error(error);
    });
    const stop = (): void => current?.stop();
    calls.stopped.addEventListener('abort', stop);
    return () => {
      calls.stopped.removeEventListener('abort', stop);
      stop();
    };
  });
}

/** From a place within the log where no event begins the server sends nothing, without a word. */
async function mustBeginAnEvent(reading: Reading, position: Position): Promise<void> {
  if (position <= 0n || (await reading.at(position)) !== undefined) return;
  if (position < (await reading.head())) {
    throw new RangeError(`no event of this ledger stands at position ${position}`);
  }
}
