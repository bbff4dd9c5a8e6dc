import type { Settings } from '../settings.ts';
import { EmbeddedEventStore } from './embedded/embedded-event-store.ts';
import type { EventStore } from './event-store.ts';

/** Opens the engine that the settings name. @throws StoreRefused */
export async function openEventStore({ dataFolder }: Settings): Promise<EventStore> {
  return EmbeddedEventStore.open(dataFolder);
}
