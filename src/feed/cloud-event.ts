import type { StoredEvent } from '../event-store/event-store.ts';
import { entryAnswer } from '../journal/answers.ts';
import { decodeEntry } from '../ledger/event-codec.ts';

/** An entry as a CloudEvent 1.0 in its JSON format. */
export function cloudEvent(state: string, event: StoredEvent) {
  const entry = decodeEntry(event);
  return {
    specversion: '1.0',
    id: event.id,
    source: `/v1/states/${state}`,
    type: `stockpile-ledger.${event.type}`,
    subject: event.id,
    time: entry.recordedAt,
    datacontenttype: 'application/json',
    position: event.position.toString(),
    data: entryAnswer({ entry, position: event.position.toString(), reversedBy: null }),
  };
}
