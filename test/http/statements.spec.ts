/** Figures that someone claims, laid beside the ledger's: they post nothing, and stay comparable. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from '../support/service.ts';

describe('a statement', () => {
  let service: Service;
  beforeAll(async () => {
    service = await Service.start();
    await service.found('XXA', 100);
  });
  afterAll(() => service.stop());

  const state = (figure: string, quantity: number, more: object = {}) =>
    service.post('/v1/states/XXA/statements', {
      effectiveDate: '2012',
      figure,
      quantity,
      source: 'invented for this test',
      ...more,
    });
  const difference = async (entry: string, query = '') => {
    const { items } = (await service.get(`/v1/states/XXA/differences${query}`)).body;
    return items.find((item) => item['openedBy'] === entry);
  };

  it('changes no figure and is not unaccounted: it is listed with the difference', async () => {
    const { body } = await state('remaining', 90, { precision: 'approximate' });
    expect(body.postings).toEqual([]);
    expect(await difference(body.entry)).toMatchObject({
      kind: 'statement',
      expected: 100,
      counted: 90,
      quantity: 10,
      open: 10,
      exact: false,
    });
    expect((await service.get('/v1/states/XXA/remaining')).body).toMatchObject({ unaccounted: 0 });
  });

  it('of what came from a source speaks of how much came', async () => {
    const { body } = await state('source/newly-found', 100);
    expect(await difference(body.entry)).toMatchObject({ expected: 100, counted: 100, open: 0 });
  });

  it('is compared with what is known now, and with what was known then', async () => {
    const { body } = await state('remaining', 100);
    expect(await difference(body.entry)).toMatchObject({ quantity: 0 });
    await service.found('XXA', 5);
    expect(await difference(body.entry)).toMatchObject({ expected: 105, quantity: 5 });
    const then = await difference(body.entry, `?known=${body.position}`);
    expect(then).toMatchObject({ expected: 100, quantity: 0 });
  });

  it('is explained in words, and the explanation is named', async () => {
    const { body } = await state('remaining', 1);
    const explained = await service.post('/v1/states/XXA/explanations', {
      effectiveDate: '2013',
      difference: `${body.entry}.0`,
      reason: 'a misprint',
    });
    expect(await difference(body.entry)).toMatchObject({
      open: 0,
      explainedBy: [explained.body.entry],
    });
  });
});
