import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

const lines = [{ munition: 'PMN-2', quantity: 10, lot: 'L-1', site: 'North' }];

/** One entry of each kind, in an order in which the book takes them all. */
const entries: readonly [path: string, kind: string, body: object, moved: string[]][] = [
  [
    'inventories',
    'inventory',
    {
      effectiveDate: '2001',
      basis: 'declared',
      reference: 'V-1',
      remarks: 'From the first report',
      evidence: [{ name: 'p.pdf', mediaType: 'application/pdf', sha256: 'a'.repeat(64) }],
      lines: [{ ...lines[0], quantity: 100, precision: 'at-least' }],
    },
    ['-100 source/declared', '100 held/stockpile'],
  ],
  [
    'retentions',
    'retention',
    { effectiveDate: '2002-01', purpose: 'training', lines },
    ['-10 held/stockpile', '10 retained'],
  ],
  [
    'uses',
    'use',
    { effectiveDate: '2002-02-03', lines: [{ ...lines[0], quantity: 2, used: 3 }] },
    ['-2 retained', '2 gone/consumed'],
  ],
  [
    'releases',
    'release',
    { effectiveDate: '2003', reason: 'enough', lines: [{ ...lines[0], quantity: 3 }] },
    ['-3 retained', '3 held/stockpile'],
  ],
  [
    'allocations',
    'allocation',
    { effectiveDate: '2003', status: 'allocated', campaign: 'First', lines },
    ['-10 held/stockpile', '10 held/allocated'],
  ],
  [
    'movements',
    'movement',
    {
      effectiveDate: '2003-05/2003-06',
      account: 'held/stockpile',
      lines: [{ ...lines[0], quantity: 10, toSite: 'South', toLot: 'L-1/A' }],
    },
    ['-10 held/stockpile', '10 held/stockpile'],
  ],
  [
    'destructions',
    'destruction',
    { ...destruction(0), effectiveDate: '2004', from: 'held/allocated', article: 4, lines },
    ['-10 held/allocated', '10 gone/destroyed-article-4'],
  ],
  [
    'losses',
    'loss',
    {
      effectiveDate: '2004',
      from: 'held/stockpile',
      cause: 'stolen',
      lines: [{ ...lines[0], quantity: 1 }],
    },
    ['-1 held/stockpile', '1 gone/stolen'],
  ],
  [
    'counts',
    'count',
    {
      effectiveDate: '2005-12-31',
      account: 'held/stockpile',
      method: 'full',
      lines: [{ ...lines[0], quantity: 70 }],
    },
    ['-2 held/stockpile', '2 difference/shortage'],
  ],
];

describe('an authority records each kind of entry', () => {
  let position = 0;

  it.each(entries)(
    '%s: answered when durable, with its postings',
    async (path, kind, body, moved) => {
      const revision = entries.findIndex(([p]) => p === path);
      const { status, headers, body: answer } = await service.post(`/v1/states/XXA/${path}`, body);
      expect(status).toBe(201);
      expect(answer).toEqual({
        entry: expect.stringMatching(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/,
        ),
        position: expect.stringMatching(/^\d+$/),
        revision: String(revision),
        recordedAt: '2026-11-23T10:00:00.000Z',
        postings: expect.any(Array),
        contradicts: [],
      });
      expect(answer.postings.map(({ quantity, account }) => `${quantity} ${account}`)).toEqual(
        moved,
      );
      expect(Number(answer.position)).toBeGreaterThan(position);
      position = Number(answer.position);
      expect(headers['location']).toBe(`/v1/states/XXA/entries/${answer.entry}`);
      expect(headers['etag']).toBe(`"${revision}"`);
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers).not.toHaveProperty('idempotency-replayed');

      const read = await service.get(String(headers['location']));
      const { article: _article, ...kept } = body as { article?: unknown };
      expect(read.body).toMatchObject({
        ...answer,
        state: 'XXA',
        kind,
        body: kept,
        reversedBy: null,
      });
    },
  );

  it('reversals: dated as what they reverse, every posting turned round', async () => {
    const { items } = (await service.get('/v1/states/XXA/entries')).body;
    const loss = items.find(({ kind }) => kind === 'loss')!;
    const { status, body } = await service.post('/v1/states/XXA/reversals', {
      entry: loss['entry'],
      reason: 'found again',
    });
    expect(status).toBe(201);
    expect(body.postings).toMatchObject([
      { quantity: -1, account: 'gone/stolen' },
      { quantity: 1, account: 'held/stockpile' },
    ]);
    expect(body.contradicts).toEqual([items.find(({ kind }) => kind === 'count')!['entry']]);
    const reversed = await service.get(`/v1/states/XXA/entries/${String(loss['entry'])}`);
    expect(reversed.body).toMatchObject({ reversedBy: body.entry });
  });

  it('is kept with who recorded it and what it belongs to', async () => {
    const headers = { 'x-correlation-id': 'campaign-7', 'x-causation-id': 'order-3' };
    const body = { effectiveDate: '2010', basis: 'seized', lines };
    const { body: made } = await service.post('/v1/states/XXA/inventories', body, { headers });
    const read = await service.get(`/v1/states/XXA/entries/${made.entry}`);
    const [key] = (await service.get('/v1/keys')).body.items;
    expect(read.body).toMatchObject({
      correlation: 'campaign-7',
      causation: 'order-3',
      actor: key!['id'],
      idempotencyKey: expect.any(String),
    });
  });

  it('makes every entry balance and the sum over all accounts zero', async () => {
    const { items } = (await service.get('/v1/states/XXA/balances?by=munition')).body;
    expect(items).toEqual([]);
    const all = (await service.get('/v1/states/XXA/entries')).body.items;
    for (const { postings } of all as unknown as { postings: { quantity: number }[] }[]) {
      expect(postings.reduce((sum, p) => sum + p.quantity, 0)).toBe(0);
    }
  });
});

describe('a read that must see a write', () => {
  it('sees it when it sends the position of the write', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => service.found('XXB', 1)));
    const last = made.reduce((most, { body }) => Math.max(most, Number(body.position)), 0);
    const headers = { 'ledger-min-position': String(last) };
    const { body } = await service.request('GET', '/v1/states/XXB/remaining', { headers });
    expect(body).toMatchObject({ remaining: 20, known: { position: String(last) } });
  });

  it('is told to come again when the position does not come within the time', async () => {
    const headers = { 'ledger-min-position': '9223372036854775807' };
    const answer = await service.get('/v1/states/XXB/remaining', { headers });
    expect(answer.status).toBe(503);
    expect(answer.body.type).toBe('urn:stockpile-ledger:not-yet-known');
    expect(answer.headers['retry-after']).toBe('1');
  });

  it('may ask for an earlier state of knowledge than the position it must see', async () => {
    const { body: early } = await service.found('XXD', 5);
    await service.found('XXD', 2);
    const { body } = await service.get(`/v1/states/XXD/remaining?known=${early.position}`);
    expect(body).toMatchObject({ remaining: 5, known: { position: early.position } });
  });
});
