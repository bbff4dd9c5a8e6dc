import type { ResolvedEvent } from '@eventstore/db-client';
import { StoreRefused } from '../errors.ts';
import type { StoredEvent } from '../event-store.ts';

/**
 * The event as the ledger knows it, or undefined for one of another ledger or of the server's own.
 *
 * @throws StoreRefused for an event that the ledger has not written, and from a server that does
 *   not say where its events stand
 */
export function toStoredEvent({ event }: ResolvedEvent, prefix: string): StoredEvent | undefined {
  if (event === undefined || !event.streamId.startsWith(prefix)) return undefined;
  const { id, type, data, revision, streamId } = event;
  const position = event.position?.commit;
  if (position === undefined || position > 2n ** 63n - 1n) {
    throw new StoreRefused('the server does not tell positions; it must be of version 23.10 or up');
  }
  if (!(data instanceof Uint8Array)) {
    throw new StoreRefused(
      `the event at position ${position} (${type} in ${streamId}) was not written by a ledger: ` +
        'it says that it is JSON, of which the client does not give the exact bytes',
    );
  }
  const stream = streamId.slice(prefix.length);
  return { stream, revision: Number(revision), position, id, type, data };
}
