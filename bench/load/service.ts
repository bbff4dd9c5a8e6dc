/** The service as it is built, over a store whose commits are counted and timed. */
import 'reflect-metadata';
import { answerParent } from './counting.ts';

type App = typeof import('../../src/app.ts');
type Store = typeof import('../../src/event-store/embedded/embedded-event-store.ts');

const [dataFolder = '', bootstrapKey = ''] = process.argv.slice(2);
const dist = new URL('../../dist/', import.meta.url);
const built = (path: string): Promise<unknown> => import(new URL(path, dist).href);
const { createApp } = (await built('app.js')) as App;
const embedded = await built('event-store/embedded/embedded-event-store.js');
const { EmbeddedEventStore } = embedded as Store;

let commits = 0;
let commitMs = 0;
const store = await EmbeddedEventStore.open(dataFolder, {
  commitHook: (commit) => {
    const start = performance.now();
    commit();
    commitMs += performance.now() - start;
    commits += 1;
  },
});
const app = await createApp(
  { port: 0, host: '127.0.0.1', dataFolder, eventStore: 'embedded:', bootstrapKey },
  { store, logger: false },
);
await app.listen(0, '127.0.0.1');
const { port } = app.getHttpServer().address() as { port: number };
answerParent(
  port,
  async () => ({ commits, commitMs, events: Number(await store.head()) }),
  () => app.close(),
);
