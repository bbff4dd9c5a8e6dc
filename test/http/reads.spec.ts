import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service } from '../support/service.ts';

let service: Service;
const positions: string[] = [];
const ids: string[] = [];

async function record(path: string, body: object): Promise<void> {
  const answer = await service.post(`/v1/states/XXA/${path}`, body);
  expect(answer.status).toBe(201);
  positions.push(answer.body.position);
  ids.push(answer.body.entry);
}

const north = { munition: 'PMN-2', lot: 'L-1', site: 'North', institution: 'Army' };
const south = { munition: 'M14', site: 'South' };

beforeAll(async () => {
  service = await Service.start();
  const lines = [
    { ...north, quantity: 1_000 },
    { ...south, quantity: 500, precision: 'approximate' },
  ];
  await record('inventories', { effectiveDate: '2001-03', basis: 'declared', lines });
  service.clock.set('2026-11-23T11:00:00.000Z');
  await record('retentions', {
    effectiveDate: '2002-01-01',
    lines: [{ ...north, quantity: 50, toInstitution: 'School' }],
  });
  await record('destructions', {
    ...destruction(0),
    effectiveDate: '2003',
    lines: [{ ...north, quantity: 300 }],
  });
  await record('counts', {
    effectiveDate: '2004-12-31',
    account: 'held/stockpile',
    method: 'full',
    lines: [
      { ...north, quantity: 640 },
      { ...south, quantity: 505 },
    ],
  });
  await record('destructions', {
    ...destruction(0),
    effectiveDate: '2003-06-01',
    lines: [{ ...south, quantity: 5 }],
  });
  await record('losses', {
    effectiveDate: '2006',
    from: 'held/stockpile',
    cause: 'lost',
    lines: [{ ...north, quantity: 40 }],
  });
  await record('reversals', { entry: ids[5], reason: 'was counted' });
});
afterAll(() => service.stop());

function get(path: string) {
  return service.get(`/v1/states/XXA/${path}`);
}

describe('what remains', () => {
  it('is answered with everything that belongs to it', async () => {
    const { status, body } = await get('remaining?effective=2010-12-31');
    expect(status).toBe(200);
    expect(body).toEqual({
      state: 'XXA',
      recorded: true,
      revision: '6',
      effective: '2010-12-31',
      known: { position: positions.at(-1), at: '2026-11-23T11:00:00.000Z' },
      remaining: 1_140,
      exact: true,
      unaccounted: 20,
      retained: 50,
      custody: 0,
      accounts: {
        'held/stockpile': 1_140,
        retained: 50,
        'difference/shortage': 10,
        'gone/destroyed-article-4': 305,
      },
      munitions: [
        expect.objectContaining({ munition: 'PMN-2', remaining: 640, exact: true }),
        expect.objectContaining({ munition: 'M14', remaining: 500, exact: true }),
      ],
      rules: '1',
      explanation: `/v1/states/XXA/remaining/explanation?effective=2010-12-31&known=${positions.at(-1)}`,
    });
  });

  it.each([
    ['before it began', '2001-03-30', 0],
    ['on the last day of the month declared', '2001-03-31', 1_500],
    ['in a year, at its end', '2002', 1_450],
    ['in an interval, at its end', '2002/2003-06', 1_445],
    ['after the destruction of a year', '2003-12-31', 1_145],
    ['far in the future', '9999-12-31', 1_140],
  ])('%s', async (_, effective, remaining) => {
    expect((await get(`remaining?effective=${effective}`)).body.remaining).toBe(remaining);
  });

  it('says when the book has no such munition, and what is spelled like it', async () => {
    const asked = (name: string, more = '') => get(`remaining?munition=${name}${more}`);
    expect((await asked('pmn%202')).body).toMatchObject({
      ...{ remaining: 0, unknownMunition: true, nearMunitions: ['PMN-2'] },
    });
    const { body } = await get('remaining/explanation?munition=M');
    expect(body).toMatchObject({ unknownMunition: true, nearMunitions: ['M14'] });
    const balances = await get('balances?munition=m-14');
    expect(balances.body).toMatchObject({ items: [], nearMunitions: ['M14'] });
    expect((await asked('POM')).body).toMatchObject({ nearMunitions: [] });
    expect((await asked('pmn-2')).body).not.toHaveProperty('unknownMunition');
    expect((await asked('')).body).not.toHaveProperty('unknownMunition');
    expect((await asked('PMN-2', '&known=0')).body).toMatchObject({ unknownMunition: true });
  });

  it('is another figure at every state of knowledge', async () => {
    const known = ['0', ...positions, '9223372036854775807'];
    const answers = await Promise.all(known.map((k) => get(`remaining?effective=2010&known=${k}`)));
    expect(answers.map(({ body }) => body.remaining)).toEqual([
      0, 1_500, 1_450, 1_150, 1_145, 1_140, 1_100, 1_140, 1_140,
    ]);
    expect(answers[0]!.body).toMatchObject({ recorded: false, known: { position: '0', at: null } });
    expect(answers.at(-1)!.body.known.position).toBe(positions.at(-1));
  });

  it.each([
    ['before the first event', '1990-01-01T00:00:00Z', 0],
    ['just before the later ones', '2026-11-23T10:59:59.999999999Z', 1_500],
    ['at the later ones', '2026-11-23T11:00:00Z', 1_140],
    ['after all', '2999-01-01T00:00:00.5Z', 1_140],
  ])('as known at an instant: %s', async (_, known, remaining) => {
    expect((await get(`remaining?effective=2010&known=${known}`)).body.remaining).toBe(remaining);
  });

  it.each([
    ['munition=pmn-2', 640],
    ['lot=l-1&site=NORTH', 640],
    ['lot=', 500],
    ['site=South&institution=', 500],
    ['munition=M14&lot=L-1', 0],
    ['institution=Navy', 0],
  ])('of holdings: %s', async (query, remaining) => {
    const { body } = await get(`remaining?effective=2010&${query}`);
    expect(body.remaining).toBe(remaining);
    const { explanation } = body as unknown as { explanation: string };
    expect((await service.get(explanation)).body.quantity).toBe(remaining);
  });

  it('is zero, and not recorded, in a State without entries', async () => {
    const { status, body } = await service.get('/v1/states/UKR/remaining');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ state: 'UKR', recorded: false, revision: '-1', exact: true },
      ...{ remaining: 0, retained: 0, custody: 0, unaccounted: 0, accounts: {}, munitions: [] },
    });
  });

  it('is that of today by UTC when no day is asked', async () => {
    expect((await get('remaining')).body).toMatchObject({ effective: '2026-11-23' });
  });
});

describe('why it is so', () => {
  const figures = ['remaining', 'retained', 'custody', 'unaccounted', 'held/stockpile'];
  it.each([...figures, 'gone/destroyed-article-4', 'source/declared', 'difference/shortage'])(
    '%s adds up over pages of any size',
    async (figure) => {
      for (const limit of [1, 2, 3, 1_000]) {
        const items: Record<string, unknown>[] = [];
        let next: string | null = '';
        let quantity = NaN;
        while (next !== null) {
          const after: string = next === '' ? '' : `&after=${next}`;
          const url = `remaining/explanation?effective=2010&figure=${figure}&limit=${limit}${after}`;
          const { body } = await get(url);
          expect(body.items.length).toBeLessThanOrEqual(limit);
          items.push(...body.items);
          ({ next, quantity } = body);
        }
        const sum = items.reduce((total, item) => total + Number(item['quantity']), 0);
        expect([sum, items.at(-1)?.['runningTotal'] ?? 0]).toEqual([quantity, quantity]);
        const seen = items.map(
          (i) =>
            `${String(i['entry'])} ${String(i['account'])} ${String(i['munition'])} ${String(i['quantity'])} ${String(i['institution'])}`,
        );
        expect(new Set(seen).size).toBe(items.length);
      }
    },
  );

  it('names for each posting its entry, its day as given, and what reversed it', async () => {
    const { body } = await get('remaining/explanation?effective=2010&munition=PMN-2');
    expect(body.items[0]).toEqual({
      entry: ids[0],
      position: positions[0],
      effectiveDate: '2001-03',
      kind: 'inventory',
      account: 'held/stockpile',
      ...north,
      shipment: null,
      quantity: 1_000,
      runningTotal: 1_000,
      actor: expect.stringMatching(/^bootstrap-/),
      reversedBy: null,
    });
    const loss = body.items.find(({ entry }) => entry === ids[5]);
    expect(loss).toMatchObject({ kind: 'loss', quantity: -40, reversedBy: ids[6] });
  });
});

describe('balances', () => {
  const parts = ['account', 'munition', 'lot', 'site', 'institution'];
  const groupings = parts.flatMap((_, n) => [parts.slice(0, n + 1), parts.slice(n)]);
  it.each(groupings.map((by) => [by.join(',')]))('by %s add up to zero, by pages', async (by) => {
    const whole = (await get(`balances?effective=2010&by=${by}`)).body;
    const sum = whole.items.reduce((total, { quantity }) => total + Number(quantity), 0);
    expect([sum, whole.next]).toEqual([0, null]);
    for (const item of whole.items)
      expect(Object.keys(item)).toEqual([...by.split(','), 'quantity']);
    const paged: unknown[] = [];
    for (let next: string | null = ''; next !== null;) {
      const after: string = next === '' ? '' : `&after=${next}`;
      const { body } = await get(`balances?effective=2010&by=${by}&limit=2${after}`);
      paged.push(...body.items);
      next = body.next;
    }
    expect(paged).toEqual(whole.items);
  });

  it('are by account unless asked, and of some holdings when asked', async () => {
    const { items } = (await get('balances?effective=2010&site=South')).body;
    expect(items).toEqual([
      { account: 'gone/destroyed-article-4', quantity: 5 },
      { account: 'held/stockpile', quantity: 500 },
      { account: 'source/count-surplus', quantity: -5 },
      { account: 'source/declared', quantity: -500 },
    ]);
  });
});

describe('entries', () => {
  it('come in the order recorded, by pages, each once', async () => {
    const seen: unknown[] = [];
    for (let next: string | null = ''; next !== null;) {
      const { body } = await get(`entries?limit=2${next === '' ? '' : `&after=${next}`}`);
      seen.push(...body.items.map(({ entry }) => entry));
      next = body.next;
    }
    expect(seen).toEqual(ids);
  });

  it('are those effective and known when asked', async () => {
    const early = await get('entries?effective=2003');
    expect(early.body.items.map(({ entry }) => entry)).toEqual([ids[0], ids[1], ids[2], ids[4]]);
    const known = await get(`entries?known=${positions[1]}`);
    expect(known.body.items).toHaveLength(2);
    const before = await get(`entries/${ids[5]}?known=${positions[5]}`);
    expect(before.body).toMatchObject({ reversedBy: null });
    expect((await get(`entries/${ids[5]}?known=${positions[4]}`)).status).toBe(404);
  });

  it('say whether they can be reversed, and what stands against it', async () => {
    const against = async (n: number, known = '') => {
      const { body } = await get(`entries/${ids[n]}/reversal${known}`);
      const { reversible, against } = body as unknown as {
        reversible: boolean;
        against: { code: string }[];
      };
      return [reversible, [...new Set(against.map(({ code }) => code))]];
    };
    expect(await against(0)).toEqual([false, ['breaks-later-day']]);
    expect(await against(4)).toEqual([true, []]);
    expect(await against(5)).toEqual([false, ['already-reversed']]);
    expect(await against(6)).toEqual([false, ['reversal-of-reversal']]);
    expect(await against(0, `?known=${positions[0]}`)).toEqual([true, []]);
    expect(await against(0, `?known=${positions[1]}`)).toEqual([false, ['breaks-later-day']]);
    expect(await against(5, `?known=${positions[5]}`)).toEqual([true, []]);
  });
});

describe('differences', () => {
  it('are what does not agree, open or closed, by pages', async () => {
    const { items } = (await get('differences')).body;
    expect(items.map(({ kind, quantity, open }) => [kind, quantity, open])).toEqual([
      ['shortage', 10, 10],
      ['surplus', 5, 5],
      ['contradicted-count', 5, 5],
    ]);
    expect(items[0]).toMatchObject({
      id: expect.stringContaining(ids[3]!),
      holding: { account: 'held/stockpile', ...north },
      ...{ expected: 650, counted: 640, openedBy: ids[3], exact: true },
    });
    const first = (await get('differences?limit=1')).body;
    const rest = (await get(`differences?limit=1000&after=${first.next}`)).body;
    expect([...first.items, ...rest.items]).toEqual(items);
    expect((await get(`differences?known=${positions[3]}`)).body.items).toHaveLength(2);
    expect((await get('differences?effective=2004-12-30')).body.items).toEqual([]);
  });
});
