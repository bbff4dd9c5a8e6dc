import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { destruction, Service } from '../support/service.ts';

let service: Service;
let before: string;
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXA', 100);
  before = await service.journal('XXA');
});
afterEach(async () => expect(await service.journal('XXA')).toBe(before));
afterAll(() => service.stop());

function inventory(more: object, line: object = {}) {
  const lines = [{ munition: 'M14', quantity: 5, ...line }];
  return { effectiveDate: '2010', basis: 'newly-found', lines, ...more };
}

async function pointers(body: object, path = 'inventories'): Promise<string[]> {
  return expectProblem(await service.post(`/v1/states/XXA/${path}`, body), 'invalid');
}

describe('an entry with one value wrong is refused, at that value, and nothing is recorded', () => {
  it.each([-1, 0, 1.5, 1e-7, 1e12 + 1, 1e300, '5', '5 ', null, true, [5], { value: 5 }])(
    'quantity: %j',
    async (quantity) =>
      expect(await pointers(inventory({}, { quantity }))).toEqual(['/lines/0/quantity']),
  );

  it.each(['1e400', '-1e400', '9007199254740993', '1.0000000000000002'])(
    'quantity as written: %s',
    async (number) => {
      const payload = JSON.stringify(inventory({}, { quantity: 0 })).replace(
        '"quantity":0',
        `"quantity":${number}`,
      );
      const answer = await service.post('/v1/states/XXA/inventories', undefined, { payload });
      expect(expectProblem(answer, 'invalid')).toEqual(['/lines/0/quantity']);
    },
  );

  it.each([
    undefined,
    null,
    '',
    ' ',
    '\u200e\u200f',
    '\u0000',
    '\u00ad',
    7,
    ['M14'],
    {},
    'M'.repeat(201),
  ])('munition: %j', async (munition) =>
    expect(await pointers(inventory({}, { munition }))).toEqual(['/lines/0/munition']),
  );

  it.each([
    ...['2010-02-30', '2011-02-29', '1900-02-29', '2010-13', '2010-00', '2010-04-31', '2010-01-00'],
    ...['2011/2010', '2010-05/2010-04', '2010/2011/2012', '2010/', '/2010', '/', '2010/..'],
    ...['1899', '1899-12-31', '1899/1950', '0000', '2026', '2026-11', '2026-11-25', '2999-01-01'],
    ...['2010/2027', '', ' 2010', '2010 ', '10', '20100101', '2010-1-1', '2010-01-01T00:00:00Z'],
    ...[
      '2010~',
      '2010?',
      '-2010',
      '１９９９',
      '2010-W01',
      'yesterday',
      '1'.repeat(41),
      'D'.repeat(30),
    ],
  ])('effectiveDate: "%s"', async (effectiveDate) => {
    expect(await pointers(inventory({ effectiveDate }))).toEqual(['/effectiveDate']);
  });

  it.each([null, 2010, ['2010'], {}, true])('effectiveDate: %j', async (effectiveDate) => {
    expect(await pointers(inventory({ effectiveDate }))).toEqual(['/effectiveDate']);
  });

  it.each([
    ['basis', { basis: 'guessed' }, {}, '/basis'],
    ['basis in capitals', { basis: 'Declared' }, {}, '/basis'],
    ['heldAs', { heldAs: 'held/dispatched' }, {}, '/heldAs'],
    ['adds', { adds: 'true' }, {}, '/adds'],
    ['reference', { reference: '' }, {}, '/reference'],
    ['remarks', { remarks: 'r'.repeat(4_001) }, {}, '/remarks'],
    ['precision', {}, { precision: 'about' }, '/lines/0/precision'],
    ['lot', {}, { lot: 7 }, '/lines/0/lot'],
    ['lot that can’t be read', {}, { lot: '\u2028\t' }, '/lines/0/lot'],
    ['site', {}, { site: 'S'.repeat(201) }, '/lines/0/site'],
    ['a field that there is not', { colour: 1 }, {}, '/colour'],
    ['a field of another kind', { reason: 'x' }, {}, '/reason'],
    ['a field that a line has not', {}, { toLot: 'x' }, '/lines/0/toLot'],
    ['a field in other capitals', {}, { Lot: 'x' }, '/lines/0/Lot'],
    ['a field with / and ~ in its name', { 'a/b~c': 1 }, {}, '/a~1b~0c'],
  ])('%s', async (_, more, line, pointer) => {
    expect(await pointers(inventory(more, line))).toEqual([pointer]);
  });

  it.each([
    ['a destruction without article', 'destructions', { article: undefined }, ['/article']],
    ['article 7', 'destructions', { article: 7 }, ['/article']],
    [
      'a destruction of stock that does not say from where',
      'destructions',
      { from: undefined },
      ['/from'],
    ],
    [
      'a destruction without site and method',
      'destructions',
      { destructionSite: ' \u200b', method: null },
      ['/destructionSite', '/method'],
    ],
    ['custody without a shipment', 'destructions', { from: 'custody' }, ['/shipment']],
    ['a shipment of the stockpile', 'destructions', { shipment: 'S-1' }, ['/shipment']],
  ])('%s', async (_, path, more, expected) => {
    const wrong = await pointers({ ...destruction(1), ...more }, path);
    expect(wrong.sort()).toEqual(expected);
  });

  it('a use of fewer than were consumed, and of none', async () => {
    const lines = [
      { munition: 'A', quantity: 5, used: 4 },
      { munition: 'B', quantity: 0, used: 0 },
      { munition: 'C', quantity: 0 },
    ];
    const wrong = await pointers({ effectiveDate: '2010', lines }, 'uses');
    expect(wrong.sort()).toEqual(['/lines/0/used', '/lines/1/used', '/lines/2/used']);
  });

  it('a movement that goes nowhere', async () => {
    const lines = [{ munition: 'M14', quantity: 1, site: 'North', toSite: ' north ' }];
    const body = { effectiveDate: '2010', account: 'held/stockpile', lines };
    expect(await pointers(body, 'movements')).toEqual(['/lines/0']);
  });

  it('a reversal without an entry or a reason, or with lines', async () => {
    expect((await pointers({ lines: [] }, 'reversals')).sort()).toEqual([
      '/entry',
      '/lines',
      '/reason',
    ]);
  });

  it('evidence that is not whole', async () => {
    const evidence = [
      { name: 'p.pdf', mediaType: 'application/pdf', sha256: 'A'.repeat(64) },
      { name: '', sha256: 'a'.repeat(63) },
    ];
    expect((await pointers(inventory({ evidence }))).sort()).toEqual([
      '/evidence/0/sha256',
      '/evidence/1/mediaType',
      '/evidence/1/name',
      '/evidence/1/sha256',
    ]);
  });
});

describe('an entry with much wrong', () => {
  it('is told all of it at once: fields, dates, lines', async () => {
    const lines = [{ munition: '', quantity: -1, colour: 1 }, { quantity: '1' }, null, 5];
    const wrong = await pointers({ effectiveDate: '2010-02-30', basis: 'x', lines, extra: true });
    expect(wrong.sort()).toEqual([
      '/basis',
      '/effectiveDate',
      '/extra',
      '/lines/0/colour',
      '/lines/0/munition',
      '/lines/0/quantity',
      '/lines/1/munition',
      '/lines/1/quantity',
      '/lines/2',
      '/lines/3',
    ]);
  });

  it('is told of a date in the future beside the rest, with what would be right', async () => {
    const { body } = await service.post('/v1/states/XXA/inventories', { effectiveDate: '2026' });
    expect(body.errors).toContainEqual({
      pointer: '/effectiveDate',
      detail: expect.stringContaining('write "2026-01-01/2026-11-24"'),
    });
    expect(body.errors.map(({ pointer }) => pointer)).toContain('/lines');
  });

  it('is told what fields together get wrong beside what single ones do', async () => {
    const line = { munition: 'M14', quantity: 1 };
    const lines = [
      { ...line, site: 'S' },
      { ...line, quantity: 0 },
    ];
    const body = { effectiveDate: '2999', from: 'custody', to: 'XXA', purpose: 'holiday', lines };
    const wrong = await pointers({ ...body, happenedOn: '2010-02-30' }, 'transfers');
    expect(wrong.sort()).toEqual([
      ...['/effectiveDate', '/happenedOn', '/happenedOn', '/lines/0/site', '/lines/1/quantity'],
      ...['/purpose', '/shipment', '/titlePasses', '/to'],
    ]);
  });

  it.each([
    [
      'that the shipment is missing',
      { account: 'retained/dispatched', shipment: 5 },
      ['/shipment'],
    ],
    ['a site, of an account that is none', { account: 'custard', site: 'S' }, ['/account']],
    ['a line again, by a lot that is none', { lot: {} }, ['/lines/0/lot', '/lines/1/lot']],
  ])('is not told %s', async (_, { site, lot, ...more }: Record<string, unknown>, wrong) => {
    const line = { munition: 'M14', quantity: 1, ...(lot !== undefined && { lot }) };
    const lines = [line, { ...line, munition: lot === undefined ? 'PMN' : 'M14' }];
    const placed = site === undefined ? lines : lines.map((one) => ({ ...one, site }));
    const body = { effectiveDate: '2010', account: 'held/stockpile', method: 'full', ...more };
    expect(await pointers({ ...body, lines: placed }, 'counts')).toEqual(wrong);
  });

  it('is told every line that names a holding again, however it is spelled', async () => {
    const names = ['L 1', 'l\u00a01', 'Ｌ １', ' L\u2003\u200b1\u200f', 'L2', 'l2'];
    const lines = names.map((lot) => ({ munition: 'M14', quantity: 1, lot }));
    const wrong = await pointers(inventory({ lines }));
    expect(wrong).toEqual(['/lines/1', '/lines/2', '/lines/3', '/lines/5']);
  });

  it('names a thousand errors and says how many there are', async () => {
    const lines = Array.from({ length: 2_000 }, () => ({ munition: '', quantity: 0 }));
    const { body } = await service.post('/v1/states/XXA/inventories', inventory({ lines }));
    expect(body.detail).toMatch(/^4000 errors/);
    expect(body.errors).toHaveLength(1_000);
  });
});

describe('an entry that the book refuses', () => {
  it('is told day, holding, how much there is, and where such mines are', async () => {
    const answer = await service.post('/v1/states/XXA/destructions', destruction(1, { lot: 'L' }));
    expect(expectProblem(answer, 'insufficient-stock')).toEqual(['/lines/0/quantity']);
    expect(answer.body.errors).toMatchObject([
      {
        code: 'insufficient-stock',
        day: '2011-12-31',
        available: 0,
        holding: { account: 'held/stockpile', munition: 'M14', lot: 'L', site: null },
        holdings: [{ balance: 100, holding: { munition: 'M14', lot: null } }],
      },
    ]);
  });

  it('is told every line that it refuses, and by one name when the reasons are one', async () => {
    const lines = ['A', 'B', 'C'].map((munition) => ({ munition, quantity: 1 }));
    const answer = await service.post('/v1/states/XXA/destructions', { ...destruction(1), lines });
    expect(expectProblem(answer, 'insufficient-stock')).toEqual([
      '/lines/0/quantity',
      '/lines/1/quantity',
      '/lines/2/quantity',
    ]);
  });

  it('is refused by name when there is nothing to reverse', async () => {
    const body = { entry: 'none', reason: 'x' };
    const answer = await service.post('/v1/states/XXA/reversals', body);
    expect(expectProblem(answer, 'no-such-entry')).toEqual(['/entry']);
  });
});
