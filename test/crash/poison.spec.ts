import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.ts';
import type { EventStore, StoredEvent } from '../../src/event-store/event-store.ts';
import { JournalService } from '../../src/journal/journal.service.ts';
import { Journal } from '../../src/journal/journal.ts';
import type { Settings } from '../../src/settings.ts';
import { killAll, Service } from './service.ts';
import { tellStory } from './story.ts';

const folders: string[] = [];
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-poison-'));
  folders.push(folder);
  return folder;
};

const settingsOf = (dataFolder: string): Settings => ({
  port: 0,
  host: '127.0.0.1',
  dataFolder,
  eventStore: 'embedded:',
  bootstrapKey: undefined,
});

/** A journal in a folder, fed by hand from a log that holds these events. */
async function serviceOver(events: readonly StoredEvent[], folder: string) {
  const feed = new Subject<readonly StoredEvent[]>();
  const store = {
    head: () => Promise.resolve(events.at(-1)?.position ?? 0n),
    at: (at: bigint) => Promise.resolve(events.find(({ position }) => position === at)),
    feed: () => feed,
    close: () => Promise.resolve(),
  } as unknown as EventStore;
  const service = new JournalService(store, settingsOf(folder));
  await service.onModuleInit();
  return { service, feed };
}

describe('An event that the journal can’t take', () => {
  let sound: StoredEvent[];
  const at = 60;
  let before: bigint;

  beforeAll(() => {
    Logger.overrideLogger(false);
    const journal = new Journal(':memory:');
    sound = tellStory(120, 7, journal);
    journal.close();
    before = sound[at - 1]?.position ?? 0n;
  });
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const bytes = (text: string) => ({ data: Buffer.from(text) });
  const poisons: [string, (event: StoredEvent) => Partial<StoredEvent>][] = [
    ['is no JSON', () => bytes('{"type":')],
    ['is no UTF-8', () => ({ data: Buffer.from([0x22, 0xff, 0x22]) })],
    ['is JSON and no object', () => bytes('[1, 2]')],
    ['lacks what its type has', () => bytes('{"recordedAt":"2026-01-01T00:00:00.000Z"}')],
    ['is of a type that nobody knows', () => ({ type: 'donation-v1' })],
    ['is of a version yet to come', ({ type }) => ({ type: type.replace(/\d+$/, '99') })],
    ['leaves out a revision', ({ revision }) => ({ revision: revision + 1 })],
    ['comes once more', () => ({ ...sound[at - 1], position: before + 1n })],
    ['stands in another State’s stream', () => ({ stream: 'stockpile-XXZ' })],
  ];

  /** The story with one event spoilt, the first of a book from the middle on. */
  const spoilt = (change: (event: StoredEvent) => Partial<StoredEvent>): StoredEvent[] => {
    const events = [...sound];
    const event = events[at];
    if (!event?.stream.startsWith('stockpile-')) throw new Error('choose another event');
    events[at] = { ...event, ...change(event), position: event.position };
    return events;
  };

  it.each(poisons)('stops the journal right before it when it %s', async (_, change) => {
    const events = spoilt(change);
    const poison = events[at]?.position ?? 0n;
    for (const batch of [1, 7, events.length]) {
      const folder = newFolder();
      const { service, feed } = await serviceOver(events, folder);
      for (let n = 0; n < events.length; n += batch) feed.next(events.slice(n, n + batch));
      const { status } = service;
      expect(status).toMatchObject({ status: 'stopped', position: before });
      expect(status).toHaveProperty(
        'reason',
        expect.stringMatching(new RegExp(`position ${poison} .*can't be applied`)),
      );
      expect(() => service.journal).toThrow(/stopped at position/);
      await service.onApplicationShutdown();
      const again = await serviceOver(events, folder);
      expect(again.service.status).toMatchObject({ status: 'catching-up', position: before });
      again.feed.next(events.slice(at, at + batch));
      expect(again.service.status).toMatchObject({ status: 'stopped', position: before });
      await again.service.onApplicationShutdown();
    }
  });
});

describe('The real service over a log with an event that it can’t take', () => {
  afterAll(async () => {
    await killAll();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('is alive and not ready, names the position, and neither answers nor records', async () => {
    const folder = newFolder();
    const store = await EmbeddedEventStore.open(folder);
    const poison = { id: 'poison', type: 'inventory-v1', data: Buffer.from('{}') };
    await store.append('stockpile-XXB', 'no-stream', [poison]);
    await store.close();
    const service = new Service(folder);
    const ready = await stoppedHealth(service);
    expect(ready).toMatchObject({ status: 'stopped', position: '0' });
    expect(ready).toHaveProperty('reason', expect.stringContaining('position 1 (inventory-v1)'));
    expect((await service.ask('/health/live')).status).toBe(200);
    const refused = [
      await service.ask('/v1/states/XXA/remaining'),
      await service.ask('/v1/states/XXA/losses', {
        method: 'POST',
        headers: { 'Idempotency-Key': 'a key' },
        body: {
          effectiveDate: '2010',
          from: 'retained',
          cause: 'lost',
          lines: [{ munition: 'M14', quantity: 1 }],
        },
      }),
    ];
    for (const { status, headers, body } of refused) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toMatch(/^\d+$/);
      expect(body).toMatchObject({ type: 'urn:stockpile-ledger:not-ready' });
    }
  }, 30_000);

  async function stoppedHealth(service: Service): Promise<unknown> {
    for (;;) {
      const { status, body } = await service.ask('/health/ready');
      expect(status).toBe(503);
      if ((body as { status: string }).status !== 'catching-up') return body;
    }
  }
});
