import type { StoredEvent } from '../../src/event-store/event-store.ts';
import type { DecidedEntry } from '../../src/ledger/entry.ts';
import { bookStream, encodeEntry } from '../../src/ledger/event-codec.ts';
import { eventTypeOf } from '../../src/ledger/event-types.ts';

/** Where an entry came to stand in the log. */
export interface Place {
  readonly state: string;
  readonly revision: number;
  readonly position: bigint;
  /** The correction that it is a part of. */
  readonly causation?: string;
}

/** The event under which a decided entry is stored; one second passes between two positions. */
export function asStored(
  entry: DecidedEntry,
  { state, revision, position, causation }: Place,
): StoredEvent {
  const data = encodeEntry({
    ...entry,
    state,
    recordedAt: new Date(Date.UTC(2026, 0, 1) + Number(position) * 1000).toISOString(),
    actor: 'key:tests',
    correlation: entry.id,
    causation: causation ?? null,
    idempotencyKey: `key of ${entry.id}`,
    requestHash: '0'.repeat(64),
    salt: '00112233445566778899aabbccddeeff',
  });
  const { id, kind } = entry;
  return { id, type: eventTypeOf(kind), data, stream: bookStream(state), revision, position };
}
