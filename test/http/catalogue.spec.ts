/** The catalogue of munitions over HTTP: spellings tied to types, versions, figures by type. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from '../support/service.ts';

describe('the catalogue of munitions', () => {
  let service: Service;
  let before = '';

  beforeAll(async () => {
    service = await Service.start();
    await service.found('XXA', 100, { munition: 'PMN-2' });
    const last = await service.found('XXA', 7, { munition: 'PMN 2' });
    before = last.body.position;
  });
  afterAll(() => service.stop());

  const remaining = async (query: string) =>
    (await service.get(`/v1/states/XXA/remaining?${query}`)).body.remaining;

  it('ties spellings to a type, and leaves names as they were declared', async () => {
    const described = await service.post('/v1/munitions', {
      type: 'PMN-2',
      spellings: ['PMN 2', 'ПМН-2'],
      characteristics: { diameterMm: 122, explosive: 'TNT', explosiveGrams: 100 },
      source: 'invented for this test',
    });
    expect(described.status).toBe(201);
    expect(described.body).toMatchObject({ type: 'PMN-2', version: 1 });
    expect(await remaining('munition=PMN-2')).toBe(100);
    expect(await remaining('type=PMN-2')).toBe(107);
    expect(await remaining('type=pmn%202')).toBe(107);
  });

  it('adds up the explanation and the balances by type too', async () => {
    const explained = await service.get('/v1/states/XXA/remaining/explanation?type=PMN-2');
    expect(explained.body).toMatchObject({ quantity: 107 });
    expect(explained.body.items.map((item) => item['munition'])).toEqual(['PMN-2', 'PMN 2']);
    const balances = await service.get('/v1/states/XXA/balances?type=PMN-2&by=account');
    expect(balances.body.items).toContainEqual({ account: 'held/stockpile', quantity: 107 });
  });

  it('answers as it was known then', async () => {
    const unknown = await service.get(`/v1/states/XXA/remaining?type=PMN-2&known=${before}`);
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors).toMatchObject([{ pointer: '?type' }]);
  });

  it('refuses a spelling that another type has, and says whose it is', async () => {
    const taken = await service.post('/v1/munitions', { type: 'PMN-3', spellings: ['pmn-2'] });
    expect(taken.status).toBe(409);
    expect(taken.body.type).toBe('urn:stockpile-ledger:spelling-taken');
    expect(taken.body.errors).toMatchObject([{ pointer: '/spellings/0' }]);
    expect((await service.get('/v1/munitions')).body.items).toHaveLength(1);
  });

  it('keeps every version of a description', async () => {
    const second = await service.post('/v1/munitions', { type: 'pmn-2', spellings: ['PMN 2'] });
    expect(second.body).toMatchObject({ version: 2 });
    const { body } = await service.get('/v1/munitions/PMN-2');
    expect(body).toMatchObject({
      version: 2,
      earlier: [{ version: 1, spellings: ['PMN 2', 'ПМН-2'] }],
    });
    expect((await service.get('/v1/munitions/%D0%9F%D0%9C%D0%9D-2')).status).toBe(404);
  });

  it('gives the same answer to the same request again, also after a restart', async () => {
    const asked = { headers: { 'idempotency-key': 'a type' } };
    const first = await service.post('/v1/munitions', { type: 'M14' }, asked);
    await service.restart();
    const again = await service.post('/v1/munitions', { type: 'M14' }, asked);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await service.post('/v1/munitions', { type: 'M16' }, asked);
    expect(other.body.type).toBe('urn:stockpile-ledger:idempotency-key-reused');
  });

  it('is written by the secretariat, and not by an authority', async () => {
    const { key } = await service.keyFor('authority', ['XXA']);
    expect((await service.post('/v1/munitions', { type: 'X' }, { key })).status).toBe(403);
    const { key: secretariat } = await service.keyFor('secretariat', 'all');
    expect((await service.post('/v1/munitions', { type: 'X' }, { key: secretariat })).status).toBe(
      201,
    );
    expect((await service.get('/v1/munitions', { key })).status).toBe(200);
  });
});
