import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventStoreContract } from '../event-store.contract.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';

eventStoreContract('The embedded engine', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-contract-'));
  let store = await EmbeddedEventStore.open(folder);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await EmbeddedEventStore.open(folder);
      return store;
    },
    cleanup: () => rmSync(folder, { recursive: true }),
  };
});
