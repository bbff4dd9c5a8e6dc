/** The published facts: an empty ledger begins with them, once; no other ledger is touched. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LoggerService } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createApp } from '../../src/app.ts';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.ts';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.ts';
import { readSettings } from '../../src/settings.ts';
import { publishedFacts } from '../support/treaty.ts';
import { administrator, Service, SetClock } from '../support/service.ts';

const count = publishedFacts().length;
let folders: string[];
let running: NestFastifyApplication[];
let lines: string[];
beforeEach(() => {
  [folders, running, lines] = [[], [], []];
});
afterEach(async () => {
  for (const app of running) await app.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-published-'));
  folders.push(folder);
  return folder;
}

const line =
  (level: string) =>
  (message: unknown): void =>
    void lines.push(`${level}: ${String(message)}`);
const logger = { log: line('log'), warn: line('warn'), error: line('error') } as LoggerService;

/** Said of the treaty, and how loudly. */
const said = () => lines.filter((text) => / facts? /.test(text));

/** The store under another's care: a service that stops leaves it open. */
function shared(store: EventStore): EventStore {
  return {
    append: (stream, expected, events) => store.append(stream, expected, events),
    readStream: (stream, from, limit) => store.readStream(stream, from, limit),
    readAll: (after, limit) => store.readAll(after, limit),
    at: (position) => store.at(position),
    head: () => store.head(),
    feed: (after) => store.feed(after),
    close: () => Promise.resolve(),
  };
}

async function start(store?: EventStore): Promise<NestFastifyApplication> {
  const env = {
    STOCKPILE_DATA: newFolder(),
    STOCKPILE_BOOTSTRAP_KEY: administrator,
    PORT: '0',
  };
  const overrides = { clock: new SetClock(), logger, ...(store && { store: shared(store) }) };
  const app = await createApp(readSettings(env), overrides);
  running.push(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  while ((await app.inject({ method: 'GET', url: '/health/ready' })).statusCode !== 200)
    await turn();
  return app;
}

async function get(app: NestFastifyApplication, url: string): Promise<string> {
  const headers = { authorization: `Bearer ${administrator}`, 'ledger-min-position': '1' };
  const { statusCode, payload } = await app.inject({ method: 'GET', url, headers });
  expect([url, statusCode]).toEqual([url, 200]);
  return payload;
}

async function treatyEvents(store: EventStore): Promise<NewEvent[]> {
  const events = await store.readStream('treaty', 0, 10_000);
  return events.map(({ id, type, data }) => ({ id, type, data }));
}

async function idsOf(store: EventStore): Promise<string[]> {
  return (await treatyEvents(store)).map(({ id }) => id);
}

describe('an empty ledger', () => {
  it('begins with every published fact, as ordinary facts with their sources', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    const app = await start(store);
    const stored = await treatyEvents(store);
    expect(stored).toHaveLength(count);
    const bodies = stored.map(({ data }) => {
      const { kind, state, body, actor } = JSON.parse(Buffer.from(data).toString()) as {
        [field: string]: unknown;
      };
      expect(actor).toBe('published-facts');
      return { kind, state, body };
    });
    expect(bodies).toEqual(publishedFacts());
    expect(said()).toEqual([expect.stringMatching(/^log: \d+ published facts of .* loaded$/)]);
    const { items } = JSON.parse(await get(app, '/v1/states/UKR/facts')) as { items: unknown[] };
    expect(items.length).toBeGreaterThan(1);
  });

  it('begins with them once, though two services start on it at the same moment', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    const [a, b] = await Promise.all([start(store), start(store)]);
    expect(await idsOf(store)).toHaveLength(count);
    const urls = ['/v1/membership?on=2012-12-03', '/v1/obligations?on=2020-01-01&limit=1000'];
    for (const url of urls) expect(await get(b, url)).toBe(await get(a, url));
    await start(store);
    expect(await idsOf(store)).toHaveLength(count);
    expect(said().filter((text) => text.includes('loaded'))).toHaveLength(1);
  });

  it('gives them the ids that every other installation gives them', async () => {
    const [one, other] = [
      await EmbeddedEventStore.open(newFolder()),
      await EmbeddedEventStore.open(newFolder()),
    ];
    await start(one);
    await start(other);
    const ids = await idsOf(one);
    expect([new Set(ids).size, await idsOf(other)]).toEqual([count, ids]);
  });
});

describe('a ledger in use', () => {
  it('that has entries and no facts is left as it is, with a warning', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    const app = await start(store);
    const headers = {
      authorization: `Bearer ${administrator}`,
      'idempotency-key': 'k',
    };
    const payload = {
      effectiveDate: '2010',
      basis: 'seized',
      lines: [{ munition: 'M14', quantity: 1 }],
    };
    const url = '/v1/states/XXA/inventories';
    const posted = await app.inject({ method: 'POST', url, headers, payload });
    expect(posted.statusCode).toBe(201);
    // The same log without the facts, as one that was begun before they were published.
    const older = await EmbeddedEventStore.open(newFolder());
    for (const { stream, revision, ...event } of await store.readAll(0n, 10_000)) {
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      if (stream !== 'treaty') await older.append(stream, expected, [event]);
    }
    lines = [];
    const second = await start(older);
    expect(await idsOf(older)).toEqual([]);
    expect(said()).toEqual([
      expect.stringMatching(/^warn: .*in use.* were not loaded. The secretariat records/),
    ]);
    const membership = JSON.parse(await get(second, '/v1/membership')) as { parties: number };
    expect(membership.parties).toBe(0);
  });

  it('that began with an older file is not changed by a newer one: it is warned', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    await start(store);
    const older = await EmbeddedEventStore.open(newFolder());
    await older.append('treaty', 'no-stream', (await treatyEvents(store)).slice(0, -3));
    lines = [];
    await start(older);
    expect(await idsOf(older)).toHaveLength(count - 3);
    expect(said()).toEqual([
      expect.stringMatching(/^warn: 3 published facts of .*Nothing was changed/),
    ]);
  });

  it('whose secretariat recorded everything itself is not warned of what it has', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    await start(store);
    const own = (await treatyEvents(store)).slice(0, 5).map((event) => ({
      ...event,
      data: Buffer.from(
        Buffer.from(event.data).toString().replace('"actor":"published-facts"', '"actor":"key:us"'),
      ),
    }));
    const other = await EmbeddedEventStore.open(newFolder());
    await other.append('treaty', 'no-stream', own);
    lines = [];
    await start(other);
    expect([await idsOf(other), said()]).toEqual([own.map(({ id }) => id), []]);
  });
});

describe('what was loaded', () => {
  it('answers byte for byte the same after a restart and a rebuilt journal', async () => {
    const service = await Service.start();
    const urls = [
      '/v1/states/UKR/facts?limit=1000&known=1000',
      '/v1/states/UKR/obligations?on=2026-11-23&known=1000',
      '/v1/obligations?on=2020-06-30&known=1000&limit=1000',
      '/v1/membership?on=2012-12-03&known=1000',
      '/v1/meetings?known=1000',
      '/v1/due?on=2014-01-01&known=1000',
      '/v1/calendar.ics?on=2014-01-01&known=1000',
      '/v1/report-timeliness?year=2011&on=2012-04-30&known=1000',
    ];
    const ask = async () => {
      const answers = [];
      for (const url of urls) answers.push((await service.get(url)).text);
      return answers;
    };
    await service.found('XXA', 3);
    const before = await ask();
    await service.restart();
    expect(await ask()).toEqual(before);
    await service.restart((folder) => {
      const journals = readdirSync(folder).filter((name) => name.startsWith('journal-'));
      expect(journals.length).toBeGreaterThan(0);
      for (const name of journals) rmSync(join(folder, name));
    });
    expect(await ask()).toEqual(before);
    await service.stop();
  });
});
