import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { EVENT_STORE } from '../../src/event-store/event-store.token.ts';
import { FeedReader } from '../support/feed.ts';
import { expectProblem } from '../support/problems.ts';
import { administrator, Service } from '../support/service.ts';

let service: Service;
beforeEach(async () => {
  service = await Service.start();
});
afterEach(() => service.stop());

/** Puts an event into the log past the book: rubbish that the journal can't apply. */
async function spoil(stream: string, type: string, text: string, revision: number | 'no-stream') {
  const store = service.app.get<EventStore>(EVENT_STORE);
  const event = { id: randomUUID(), type, data: Buffer.from(text) };
  const { events } = await store.append(stream, revision, [event]);
  return Number(events[0]!.position);
}

async function stopped(): Promise<void> {
  while ((await service.request('GET', '/health/ready')).status === 200) await turn();
}

describe('an event in the log that can’t be applied', () => {
  it.each([
    ['no JSON', 'inventory-v1', 'rubbish'],
    ['no object', 'inventory-v1', '[]'],
    ['of a kind that nobody knows', 'inventory-v9', '{"recordedAt":"2026-11-23T10:00:00.000Z"}'],
    ['without what its kind has', 'inventory-v1', '{"recordedAt":"2026-11-23T10:00:00.000Z"}'],
  ])('makes readiness red, naming its position: %s', async (_, type, text) => {
    const { body } = await service.found('XXA', 5);
    const position = await spoil('stockpile-XXA', type, text, 0);
    await stopped();
    const ready = await service.request('GET', '/health/ready', { key: '' });
    expect(ready.status).toBe(503);
    expect(ready.headers['retry-after']).toBe('2');
    expect(ready.body).toMatchObject({
      status: 'stopped',
      position: body.position,
      reason: expect.stringContaining(`position ${position} `),
    });
    expect((await service.request('GET', '/health/live')).status).toBe(200);
  });

  it('closes reads and writes, and keeps them closed after a restart', async () => {
    await service.found('XXA', 5, {}, {});
    await spoil('stockpile-XXB', 'inventory-v1', 'rubbish', 'no-stream');
    await stopped();
    const closed = async () => {
      for (const url of [
        '/v1/states',
        '/v1/totals',
        '/v1/feed',
        '/v1/states/XXA/remaining',
        '/v1/states/XXA/entries/x',
      ]) {
        const answer = await service.request('GET', url);
        expectProblem(answer, 'not-ready');
        expect(answer.headers['retry-after']).toBe('2');
      }
      expectProblem(await service.found('XXA', 1), 'not-ready');
      expectProblem(await service.found('XXC', 1), 'not-ready');
    };
    await closed();
    await service.reopen();
    await stopped();
    await closed();
  });

  it('ends the live feeds that come to it, and leaves the service alive', async () => {
    await service.app.listen(0, '127.0.0.1');
    const port = Number(new URL(await service.app.getUrl()).port);
    const feed = await FeedReader.open(port, administrator);
    await service.found('XXA', 5);
    await feed.until(1);
    await spoil('stockpile-XXA', 'inventory-v1', 'rubbish', 0);
    await feed.ended;
    expect(feed.events).toHaveLength(1);
    await stopped();
  });

  it.each(['access', 'munitions'])(
    'in %s closes everything too, and the next start',
    async (stream) => {
      await service.post('/v1/munitions', { type: 'PMN-2' });
      const store = service.app.get<EventStore>(EVENT_STORE);
      const revision = (await store.readStream(stream, 0, 100)).length - 1;
      const text = '{"recordedAt":"2026-11-23T10:00:00.000Z","type":"blessed-v1"}';
      const position = await spoil(stream, 'blessed-v1', text, revision);
      await stopped();
      const ready = await service.request('GET', '/health/ready');
      const reason = expect.stringContaining(`position ${position} `);
      expect(ready.body).toMatchObject({ status: 'stopped', reason });
      expectProblem(await service.request('GET', '/v1/states'), 'not-ready');
      expectProblem(await service.found('XXA', 1), 'not-ready');
      const key = { name: 'x', role: 'auditor', states: 'all' };
      expectProblem(await service.post('/v1/keys', key), 'not-ready');
      expectProblem(await service.post('/v1/munitions', { type: 'M14' }), 'not-ready');
      await expect(service.reopen()).rejects.toThrow(
        `the event at position ${position} (blessed-v1`,
      );
    },
  );
});

describe('a journal', () => {
  it('that was deleted is built anew, and answers alike', async () => {
    for (let n = 0; n < 30; n++) await service.found('XXA', n + 1);
    const before = await service.journal('XXA');
    const figures = (await service.get('/v1/states/XXA/remaining')).text;
    await service.restart((folder) => {
      for (const name of readdirSync(folder)) {
        if (name.startsWith('journal-')) rmSync(join(folder, name));
      }
    });
    expect(await service.journal('XXA')).toBe(before);
    expect((await service.get('/v1/states/XXA/remaining')).text).toBe(figures);
  });
});
