import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { limits } from '../../src/limits.ts';
import { FeedReader } from '../support/feed.ts';
import { expectProblem } from '../support/problems.ts';
import { administrator, Service } from '../support/service.ts';

let service: Service;
let port: number;
beforeAll(async () => {
  service = await Service.start();
  await service.app.listen(0, '127.0.0.1');
  port = Number(new URL(await service.app.getUrl()).port);
});
afterAll(() => service.stop());

describe('the live feed', () => {
  it('tells every entry as a CloudEvent, from now on', async () => {
    await service.found('XXA', 1);
    const feed = await FeedReader.open(port, administrator);
    expect(feed.answer.statusCode).toBe(200);
    expect(feed.answer.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
    });
    const { body } = await service.found('XXA', 2);
    const [event] = await feed.until(1);
    const entry = await service.get(`/v1/states/XXA/entries/${body.entry}`);
    const { state: _state, ...data } = entry.body as unknown as Record<string, unknown>;
    delete data['effective'];
    delete data['known'];
    expect(event).toEqual({
      id: body.position,
      event: 'entry',
      data: {
        specversion: '1.0',
        id: body.entry,
        source: '/v1/states/XXA',
        type: 'stockpile-ledger.inventory-v1',
        subject: body.entry,
        time: body.recordedAt,
        datacontenttype: 'application/json',
        position: body.position,
        data,
      },
    });
    await feed.close();
  });

  it('goes on after the last event seen: nothing missed, nothing doubled, in order', async () => {
    const start = (await service.found('XXB', 1)).body.position;
    const writing = (async () => {
      for (let n = 0; n < 6; n++) {
        await Promise.all(Array.from({ length: 20 }, () => service.found('XXB', 1)));
      }
    })();
    const seen: string[] = [];
    let after = start;
    while (seen.length < 120) {
      const feed = await FeedReader.open(port, administrator, { after });
      await feed.until(Math.min(7, 120 - seen.length));
      await feed.close();
      seen.push(...feed.events.map(({ id }) => id));
      after = seen.at(-1) ?? after;
    }
    await writing;
    const { items } = (await service.get('/v1/states/XXB/entries?limit=1000')).body;
    expect(seen).toEqual(items.slice(1).map(({ position }) => position));
  });

  it('begins anywhere: at the start, at a parameter, and at a position not yet reached', async () => {
    const all = await FeedReader.open(port, administrator, { query: '?after=0' });
    expect((await all.until(3))[0]!.data.data).toMatchObject({ revision: '0' });
    const { body } = await service.found('XXC', 1);
    const last = await FeedReader.open(port, administrator, { after: body.position });
    const far = await FeedReader.open(port, administrator, { after: '9223372036854775807' });
    const next = await service.found('XXC', 2);
    expect((await last.until(1)).map(({ id }) => id)).toEqual([next.body.position]);
    expect(far.events).toEqual([]);
    await Promise.all([all.close(), last.close(), far.close()]);
  });

  it('shows only the States of the key, and no keys', async () => {
    const { key } = await service.keyFor('authority', ['XXD', 'XXE']);
    const feed = await FeedReader.open(port, key, { after: '0' });
    await service.found('XXF', 1);
    await service.found('XXD', 1);
    await service.keyFor('auditor', 'all');
    await service.found('XXA', 1);
    await service.found('XXE', 1);
    const events = await feed.until(2);
    expect(events.map(({ data }) => data['source'])).toEqual(['/v1/states/XXD', '/v1/states/XXE']);
    await feed.close();
  });

  it('ends when its key is revoked', async () => {
    const { id, key } = await service.keyFor('auditor', 'all');
    const feed = await FeedReader.open(port, key);
    await service.request('DELETE', `/v1/keys/${id}`);
    await service.found('XXA', 1);
    await feed.ended;
    expect(feed.events).toEqual([]);
  });

  it.each(['x', '-1', '1.5', '99999999999999999999'])('can’t begin at %s', async (after) => {
    const headers = { 'last-event-id': after };
    expectProblem(await service.request('GET', '/v1/feed', { headers }), 'not-readable');
    expectProblem(await service.request('GET', `/v1/feed?after=${after}`), 'not-readable');
  });

  it('is refused beyond the number that may be open, and open again when one goes', async () => {
    const open = await Promise.all(
      Array.from({ length: limits.liveFeedsMax }, () => FeedReader.open(port, administrator)),
    );
    const refused = await service.request('GET', '/v1/feed');
    expectProblem(refused, 'too-many-requests');
    expect(refused.headers['retry-after']).toBe('10');
    await Promise.all(open.map((feed) => feed.close()));
    let again = await FeedReader.open(port, administrator);
    while (again.answer.statusCode !== 200) {
      await again.close();
      again = await FeedReader.open(port, administrator);
    }
    await again.close();
  });

  it('ends when the service stops, which waits for no feed', async () => {
    const other = await Service.start();
    await other.app.listen(0, '127.0.0.1');
    const feed = await FeedReader.open(
      Number(new URL(await other.app.getUrl()).port),
      administrator,
    );
    await other.stop();
    await feed.ended;
  });
});
