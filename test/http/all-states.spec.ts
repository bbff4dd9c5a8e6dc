import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXY', 7);
  await service.found('UKR', 5, {}, { effectiveDate: '2015' });
});
afterAll(() => service.stop());

async function everyState(query: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let next: string | null = ''; next !== null;) {
    const after: string = next === '' ? '' : `&after=${next}`;
    const { body } = await service.get(`/v1/states?${query}${after}`);
    items.push(...body.items);
    next = body.next;
  }
  return items;
}

describe('the list of States', () => {
  it('has every State, recorded or not, in order, over pages of any size', async () => {
    const whole = await everyState('limit=1000');
    const codes = whole.map(({ state }) => String(state));
    expect(codes).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(249);
    for (const limit of [1, 7, 100, codes.length, codes.length - 1]) {
      expect(await everyState(`limit=${limit}`)).toEqual(whole);
    }
    expect(whole.find(({ state }) => state === 'UKR')).toEqual({
      ...{ state: 'UKR', name: 'Ukraine', party: true, entryIntoForce: '2006-06-01' },
      ...{ remaining: 5, recorded: true },
    });
    expect(whole.find(({ state }) => state === 'AFG')).toMatchObject({ recorded: false });
  });

  it('has exercise States only when something is recorded of them', async () => {
    const codes = (await everyState('limit=1000')).map(({ state }) => String(state));
    expect(codes.filter((code) => code.startsWith('XX'))).toEqual(['XXY']);
  });

  it('is of a day and a state of knowledge', async () => {
    const early = await everyState('limit=1000&effective=2014');
    expect(early.find(({ state }) => state === 'UKR')).toMatchObject({
      remaining: 0,
      recorded: true,
    });
    const unknown = await everyState('limit=1000&known=0');
    expect(unknown.some(({ recorded }) => recorded)).toBe(false);
  });
});

describe('all States together', () => {
  it('are as many as have entries, with what each has', async () => {
    const { body } = await service.get('/v1/totals?effective=2015');
    expect(body).toMatchObject({
      ...{ states: 2, remaining: 12, retained: 0, custody: 0, unaccounted: 0, rules: '1' },
      accounts: { 'held/stockpile': 12 },
    });
    expect((await service.get('/v1/totals?effective=2014')).body.remaining).toBe(7);
    expect((await service.get('/v1/totals?known=0')).body).toMatchObject({
      states: 0,
      remaining: 0,
    });
  });

  it('add up exactly beyond what a JavaScript number holds, and a book takes no more', async () => {
    const states = ['XXA', 'XXB'];
    const lines = Array.from({ length: 1_000 }, (_, n) => ({
      munition: 'M14',
      lot: `lot ${n}`,
      quantity: n === 0 ? 10 ** 12 - 1 : 10 ** 12,
    }));
    const body = { effectiveDate: '2010', basis: 'recovered', lines };
    for (const state of states) {
      for (let n = 0; n < 9; n++) {
        const answer = await service.post(`/v1/states/${state}/inventories`, body);
        expect(answer.status).toBe(201);
      }
      const { body: figure } = await service.get(`/v1/states/${state}/remaining`);
      expect(figure.remaining).toBe(9 * 10 ** 15 - 9);
    }
    const { text } = await service.get('/v1/totals?effective=2010');
    // 2 · (9·10^15 − 9) + 7: no double is that number.
    expect(text).toContain('"remaining":17999999999999989,');
    expect(text).toContain('"held/stockpile":17999999999999989');

    const ten = await service.found('XXA', 10);
    expect(expectProblem(ten, 'inflow-limit')).toEqual(['/lines']);
    expect((await service.found('XXA', 9)).status).toBe(201);
    const { body: full } = await service.get('/v1/states/XXA/remaining');
    expect(full.remaining).toBe(9 * 10 ** 15);
    expectProblem(await service.found('XXA', 1), 'inflow-limit');
  });
});
