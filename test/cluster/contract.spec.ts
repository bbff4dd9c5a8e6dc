import { eventStoreContract } from '../../src/event-store/event-store.contract.ts';
import { FakeServer } from './fake-server.ts';
import { newLedger, openOn } from './support.ts';

eventStoreContract('The cluster engine, on a server in this process,', async () => {
  const server = new FakeServer();
  await server.start();
  // Others write to the same server: none of it is the ledger's.
  server.log.noise(40);
  const ledger = newLedger();
  let store = await openOn([server.port], ledger);
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openOn([server.port], ledger);
      return store;
    },
    cleanup: () => server.kill(),
  };
});
