/** Corrections over HTTP: several reversals and new entries, recorded as one or not at all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service } from '../support/service.ts';

describe('a correction', () => {
  let service: Service;
  let wrong = '';

  const inventory = (quantity: number, lot: string) => ({
    kind: 'inventory',
    effectiveDate: '2010-01-01',
    basis: 'declared',
    lines: [{ munition: 'M14', quantity, lot }],
  });
  const correct = (body: object, headers = {}) =>
    service.post('/v1/states/XXA/corrections', { reason: 'lot misread', ...body }, { headers });

  beforeAll(async () => {
    service = await Service.start();
    wrong = (await service.found('XXA', 100, { lot: '12-84' })).body.entry;
    await service.post('/v1/states/XXA/destructions', destruction(60, { lot: '12-84' }));
  });
  afterAll(() => service.stop());

  it('is refused as a whole when one part of it is, and names that part', async () => {
    const before = await service.journal('XXA');
    const refused = await correct({
      reverse: [wrong],
      replace: [inventory(100, '12-84'), { ...inventory(-1, 'x'), kind: 'losses' }],
    });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ pointer: '/replace/1/kind' }]);
    const short = await correct({ reverse: [wrong], replace: [inventory(59, '12-84')] });
    expect(short.body).toMatchObject({
      type: 'urn:stockpile-ledger:breaks-later-day',
      errors: [{ pointer: '/reverse/0', day: '2011-12-31' }],
    });
    expect(await service.journal('XXA')).toBe(before);
  });

  it('may do in one what could not be done one by one, and answers the same again', async () => {
    const alone = { entry: wrong, reason: 'alone' };
    expect((await service.post('/v1/states/XXA/reversals', alone)).status).toBe(409);
    const body = { reverse: [wrong], replace: [inventory(101, '12-84')] };
    const headers = { 'idempotency-key': 'a correction' };
    const done = await correct(body, headers);
    expect(done.status).toBe(201);
    const { entries } = done.body as unknown as { entries: string[] };
    expect(entries).toHaveLength(2);
    expect(done.body.postings.map((p) => p.quantity)).toEqual([-100, 100, -101, 101]);
    const again = await correct(body, headers);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(done.body);
    expect((await service.get('/v1/states/XXA/remaining')).body.remaining).toBe(41);
  });

  it('is known as a whole: a position in its midst means the moment before it', async () => {
    const { items } = (await service.get('/v1/states/XXA/entries')).body;
    const [head, ...parts] = items
      .filter(({ entry, causation }) => {
        const correction = items.find((item) => item['kind'] === 'correction')?.['entry'];
        return entry === correction || causation === correction;
      })
      .map((item) => Number(item['position']));
    const remainingAt = async (position?: number) => {
      const known = `known=${position}`;
      const { body } = await service.get(`/v1/states/XXA/remaining?${known}`);
      return [body.remaining, body.known.position];
    };
    const before = Number(head) - 1;
    expect(await remainingAt(head)).toEqual([40, String(before)]);
    expect(await remainingAt(parts[0])).toEqual([40, String(before)]);
    expect(await remainingAt(parts[1])).toEqual([41, String(parts[1])]);
  });

  it('is listed with the entries that it was recorded as, each caused by it', async () => {
    const { items } = (await service.get('/v1/states/XXA/entries')).body;
    const correction = items.find((item) => item['kind'] === 'correction');
    const members = items.filter((item) => item['causation'] === correction?.['entry']);
    expect(members.map((item) => item['kind'])).toEqual(['reversal', 'inventory']);
    const asked = await service.get(
      `/v1/states/XXA/entries/${String(correction?.['entry'])}/reversal`,
    );
    expect(asked.body).toMatchObject({ reversible: false });
  });

  it('would be recorded, says a dry run, and is not', async () => {
    const before = await service.journal('XXA');
    const url = '/v1/states/XXA/corrections?dryRun=true';
    const dry = await service.post(url, { reason: 'r', replace: [inventory(5, 'other')] });
    expect(dry.status).toBe(200);
    expect(await service.journal('XXA')).toBe(before);
  });
});
