import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { destruction, Service } from '../support/service.ts';
import { FakeServer } from './fake-server.ts';
import { newLedger, openOn } from './support.ts';

describe('Two replicas on one log', () => {
  const server = new FakeServer();
  let one: Service;
  let other: Service;

  beforeAll(async () => {
    await server.start();
    const ledger = newLedger();
    one = await Service.start(() => openOn([server.port], ledger));
    other = await Service.start(() => openOn([server.port], ledger));
    for (const service of [one, other]) {
      while ((await service.request('GET', '/health/ready')).status !== 200) await pause(5);
    }
  });

  afterAll(async () => {
    await one.stop();
    await other.stop();
    server.kill();
  });

  /** Reads at the other what must include a position that the first has answered with. */
  const readAtOther = (url: string, position: string) =>
    other.request('GET', url, { headers: { 'ledger-min-position': position } });

  it('answer alike, from a position on that the other has answered with', async () => {
    const { body: made } = await one.found('XXA', 12);
    const url = `/v1/states/XXA/remaining?known=${made.position}`;
    const read = await readAtOther(url, made.position);
    expect(read.body).toMatchObject({ remaining: 12, known: { position: made.position } });
    expect(read.text).toBe((await one.get(url)).text);
  });

  it('give one answer to one idempotency key, whichever is asked, also at once', async () => {
    const body = {
      effectiveDate: '2010-01-01',
      basis: 'newly-found',
      lines: [{ munition: 'M14', quantity: 5 }],
    };
    const headers = { 'idempotency-key': 'the same' };
    const send = (service: Service) =>
      service.post('/v1/states/XXB/inventories', body, { headers });
    const answers = await Promise.all([send(one), send(other), send(one), send(other)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(
      new Set(answers.map(({ body: { entry, position } }) => `${entry} ${position}`)).size,
    ).toBe(1);
    const { position } = answers[0].body;
    expect((await readAtOther('/v1/states/XXB/remaining', position)).body.remaining).toBe(5);
  });

  it('decide again when the other came first, and never more than there is', async () => {
    const { body: found } = await one.found('XXC', 10);
    await readAtOther('/v1/states/XXC/remaining', found.position);
    const answers = await Promise.all(
      Array.from({ length: 14 }, (_, n) =>
        (n % 2 === 0 ? one : other).post('/v1/states/XXC/destructions', destruction(1), {
          headers: { 'idempotency-key': `destruction ${n}` },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    expect(statuses.filter((status) => status === 409)).toHaveLength(4);
    const last = answers.reduce((most, { body }) => Math.max(most, Number(body.position || 0)), 0);
    const { body } = await readAtOther('/v1/states/XXC/remaining', String(last));
    expect(body.remaining).toBe(0);
  });

  it('know each other’s keys', async () => {
    const made = await one.keyFor('auditor', ['XXA']);
    const { body } = await one.found('XXA', 1);
    const asked = { key: made.key, headers: { 'ledger-min-position': body.position } };
    await readAtOther('/v1/states/XXA/remaining', body.position);
    expect((await other.request('GET', '/v1/states/XXA/remaining', asked)).status).toBe(200);
  });

  it('never let a State’s instants go back, though one’s clock is behind', async () => {
    one.clock.set('2026-11-23T12:00:00.000Z');
    other.clock.set('2026-11-23T11:00:00.000Z');
    server.isHoldingFeeds = true;
    const { body: early } = await one.found('XXD', 1);
    // The other does not know it yet, decides on an empty book, is refused and decides again.
    const { body: late } = await other.found('XXD', 1);
    server.isHoldingFeeds = false;
    expect([early.revision, late.revision]).toEqual(['0', '1']);
    expect(late.recordedAt).toBe('2026-11-23T12:00:00.000Z');
  });
});
