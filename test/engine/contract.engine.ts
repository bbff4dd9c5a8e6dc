import { randomBytes } from 'node:crypto';
import { eventStoreContract } from '../../src/event-store/event-store.contract.ts';
import { readConnection } from '../../src/event-store/eventstoredb/connection.ts';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.ts';
import { server, withLedger } from '../support/engine.ts';

eventStoreContract('The cluster engine, on a real server,', async () => {
  const ledger = `t${randomBytes(8).toString('hex')}`;
  const open = () =>
    EventStoreDBEventStore.open(readConnection(withLedger(server, ledger)), () => undefined);
  let store = await open();
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await open();
      return store;
    },
    cleanup: () => undefined,
  };
});
