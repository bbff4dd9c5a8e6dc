import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { stubbed } from './stub-support.ts';

const { start, stop, forget, replies, seen, stockpile } = stubbed();

beforeAll(start);
afterAll(stop);
afterEach(forget);

describe('What does not agree', () => {
  const known = { position: '42', at: '2026-11-23T10:00:00.000Z' };
  const numbers = { day: '2010-12-31', openedBy: 'e1', expected: 5, counted: 3, quantity: 2 };

  it('is listed: of counts, of statements and of shipments', async () => {
    const holding = { account: 'retained', munition: 'M14' };
    const stated = { figure: 'retained', filter: { munition: 'M16' }, source: 'Monitor 2011' };
    const items = [
      { id: 'e1.0', kind: 'shortage', holding, ...numbers, open: 2 },
      { id: 'e2.0', kind: 'statement', holding: null, ...numbers, open: 2, about: stated },
      {
        id: 'shipment:S-1',
        kind: 'shipment',
        holding: null,
        ...numbers,
        open: 0,
        about: { shipment: 'S-1' },
      },
    ];
    replies([{ body: { items, next: null } }]);
    const { out } = await stockpile(['differences', 'XXA', '--effective', '2011']);
    expect(seen[0]?.route).toBe('GET /v1/states/XXA/differences?effective=2011&limit=1000');
    expect(out).toMatch(/2010-12-31 │ shortage +│ retained │ M14 .* e1\.0/);
    expect(out).toMatch(/statement +│ retained │ M16 +│ +5 │ +3 │ +2 │ +2 │ Monitor 2011 +│ e2\.0/);
    expect(out).toMatch(/shipment +│ S-1 .* 0 │ +│ shipment:S-1/);
    replies([{ body: { items: [], next: null } }]);
    expect((await stockpile(['differences', 'XXA'])).out).toContain('Nothing differs.');
  });

  it.each([
    ['in-transit', 'XXB', /On the way/],
    ['agreed', 'XXB', /Both sides agree/],
    ['disagrees', 'XXB', /do not agree, and nobody/],
    ['no-dispatch', null, /has not dispatched it/],
    ['explained', 'XXB', /and it is explained/],
  ])('of a shipment that is %s is said in words', async (status, receiver, said) => {
    const counts = { dispatched: 1000, returned: 0, received: 998, givenBack: 0, difference: 2 };
    const lines = [{ munition: 'M14', lot: 'L-1', ...counts }];
    const sides = { shipment: 'S/1', sender: 'XXA', receiver, status, lines };
    replies([{ body: { effective: '2010-12-31', known, ...sides } }]);
    const { out } = await stockpile(['shipment', 'S/1', '--effective', '2010-12-31']);
    expect(seen[0]?.route).toBe('GET /v1/shipments/S%2F1?effective=2010-12-31');
    expect(out).toContain('Shipment S/1, from Exercise State A (XXA) to ');
    expect(out).toContain(receiver === null ? 'to not recorded' : '(XXB)');
    expect(out).toMatch(said);
    expect(out).toMatch(/M14 +│ L-1 │ 1,000 │ +0 │ +998 │ +0 │ +\+2 │/);
    const asJson = await stockpile(['shipment', 'S/1', '--json']);
    expect(JSON.parse(asJson.out)).toMatchObject(sides);
  });
});

describe('The catalogue', () => {
  const pmn = {
    type: 'PMN-2',
    spellings: ['PMN 2'],
    characteristics: {
      explosive: 'TNT',
      explosiveGrams: 115,
      photographs: [{ name: 'top.jpg', mediaType: 'image/jpeg', sha256: 'a' }],
    },
    source: 'Form H',
    version: 2,
    position: '7',
    recordedAt: '2026-11-23T10:00:00.000Z',
    actor: 'k1',
  };

  it('lists types, and shows one with its earlier versions', async () => {
    replies([{ body: { items: [pmn], next: null } }]);
    const all = await stockpile(['munitions', '--known', '42']);
    expect(seen[0]?.route).toBe('GET /v1/munitions?known=42');
    expect(all.out).toMatch(/PMN-2 │ PMN 2 +│ 115 g TNT │ +│ 2/);
    const earlier = [{ ...pmn, version: 1, characteristics: null, recordedAt: 'then' }];
    replies([{ body: { ...pmn, earlier } }]);
    const one = await stockpile(['munitions', 'PMN 2']);
    expect(seen[1]?.route).toBe('GET /v1/munitions/PMN%202');
    expect(one.out).toContain('PMN-2, version 2');
    expect(one.out).toMatch(/explosive grams +│ +115 │/);
    expect(one.out).toMatch(/photographs +│ +top\.jpg │/);
    expect(one.out).toContain('version 1 was recorded then');
    expect(JSON.parse((await stockpile(['munitions', 'PMN-2', '--json'])).out)).toMatchObject(pmn);
    replies([{ body: { items: [], next: null } }]);
    expect((await stockpile(['munitions'])).out).toBe('The catalogue is empty.');
  });

  it('takes a description from a file, the same one once', async () => {
    replies([{ status: 201, body: pmn }]);
    const input = '{"type":"PMN-2","spellings":["PMN 2"]}';
    const { out } = await stockpile(['munitions', 'add', '-'], { input });
    const again = await stockpile(['munitions', 'add', '-', '--json'], { input: ` ${input}` });
    const keys = seen.map((request) => request.headers['idempotency-key']);
    expect(seen[0]).toMatchObject({ route: 'POST /v1/munitions', body: input });
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(out).toContain('PMN-2, version 2');
    expect(JSON.parse(again.out)).toEqual(pmn);
  });

  it('says which spelling another type has', async () => {
    const errors = [{ pointer: '/spellings/0', detail: '"PMN 2" is a spelling of PMN-2' }];
    replies([{ status: 409, body: { title: 'The spelling is taken', errors } }]);
    const { status, err } = await stockpile(['munitions', 'add', '-'], { input: '{}' });
    expect([status, err]).toEqual([1, expect.stringContaining('/spellings/0: "PMN 2"')]);
  });
});
