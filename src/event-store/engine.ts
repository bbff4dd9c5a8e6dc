import { Logger } from '@nestjs/common';
import type { Settings } from '../settings.ts';
import { EmbeddedEventStore } from './embedded/embedded-event-store.ts';
import type { EventStore } from './event-store.ts';
import { EventStoreDBEventStore } from './eventstoredb/eventstoredb-event-store.ts';

/** Opens the engine that the settings name. @throws StoreRefused */
export async function openEventStore({ dataFolder, eventStore }: Settings): Promise<EventStore> {
  if (eventStore === 'embedded:') return EmbeddedEventStore.open(dataFolder);
  const log = new Logger('EventStore');
  return EventStoreDBEventStore.open(eventStore, (why) => log.warn(`Waiting for ${why}`));
}
