import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXA', 100);
});
afterAll(() => service.stop());

async function pointers(path: string, body: object): Promise<string[]> {
  const before = await service.journal('XXA');
  const wrong = expectProblem(await service.post(`/v1/states/XXA/${path}`, body), 'invalid');
  expect(await service.journal('XXA')).toBe(before);
  return wrong.sort();
}

const lines = [{ munition: 'M14', quantity: 1 }];
const inventory = { kind: 'inventory', effectiveDate: '2010', basis: 'seized', lines };

describe('a correction with a part wrong is refused whole, at that part', () => {
  it.each([
    [{}, ['/replace']],
    ['x', ['/replace']],
    [[null], ['/replace']],
    [['inventory'], ['/replace']],
    [[[inventory]], ['/replace/0']],
    [[{}], ['/replace/0/kind']],
    [[{ ...inventory, kind: 'reversal' }], ['/replace/0/kind']],
    [[{ ...inventory, kind: 'correction', replace: [inventory] }], ['/replace/0/kind']],
    [[{ ...inventory, kind: 'constructor' }], ['/replace/0/kind']],
    [[{ ...inventory, kind: ['inventory'] }], ['/replace/0/kind']],
    [[{ ...inventory, id: 'x' }], ['/replace/0/id']],
    [
      [{ ...inventory, lines: [{ munition: 'M14', quantity: -1 }] }],
      ['/replace/0/lines/0/quantity'],
    ],
    [[inventory, { ...inventory, effectiveDate: '2999' }], ['/replace/1/effectiveDate']],
    [
      [
        { ...inventory, basis: 'x' },
        { kind: 'y' },
        { ...inventory, effectiveDate: '2999', lines: {} },
      ],
      ['/replace/0/basis', '/replace/1/kind', '/replace/2/effectiveDate', '/replace/2/lines'],
    ],
  ])('replace: %j', async (replace, expected) => {
    expect(await pointers('corrections', { reason: 'x', replace })).toEqual(expected);
  });

  it.each([{}, 'x', [1], [null], [''], [' '], Array<string>(101).fill('x')])(
    'reverse: %j',
    async (reverse) =>
      expect(await pointers('corrections', { reason: 'x', reverse })).toEqual(['/reverse']),
  );

  it('and at every other part and field, of whatever sort the mistake is', async () => {
    const elsewhere = { kind: 'movement', effectiveDate: '2010', account: 'retained', lines };
    const replace = [{ ...inventory, basis: 'x' }, elsewhere];
    const reverse = ['a', 'a'];
    const parts = ['/replace/0/basis', '/replace/1/lines/0', '/reverse/1'];
    const one = await pointers('corrections', { reason: 'x', reverse, replace });
    expect(one.sort()).toEqual(parts);
    const other = await pointers('corrections', { reason: 5, reverse, replace });
    expect(other.sort()).toEqual(['/reason', ...parts]);
  });

  it('must correct something', async () => {
    expect(await pointers('corrections', { reason: 'x', reverse: [], replace: [] })).toEqual(['']);
  });

  it('records none of its parts when the book refuses one', async () => {
    const taking = { effectiveDate: '2010', from: 'held/stockpile', cause: 'lost', lines };
    const replace = [
      inventory,
      { ...taking, kind: 'loss', lines: [{ munition: 'none', quantity: 1 }] },
    ];
    const before = await service.journal('XXA');
    const answer = await service.post('/v1/states/XXA/corrections', { reason: 'x', replace });
    expectProblem(answer, 'insufficient-stock');
    expect(await service.journal('XXA')).toBe(before);
  });
});

describe('the other new kinds', () => {
  const transfer = {
    ...{ effectiveDate: '2011', from: 'held/stockpile', to: 'XXB', titlePasses: false },
    ...{ purpose: 'destruction', lines },
  };
  it.each([
    ['transfers', transfer, { to: 'XXA' }, '/to'],
    ['transfers', transfer, { to: 'ZZZ' }, '/to'],
    ['transfers', transfer, { to: ['XXB'] }, '/to'],
    ['transfers', transfer, { titlePasses: 'no' }, '/titlePasses'],
    ['transfers', transfer, { titlePasses: undefined }, '/titlePasses'],
    ['transfers', transfer, { purpose: 'parade' }, '/purpose'],
    ['transfers', transfer, { shipment: '\u200b' }, '/shipment'],
    ['transfers', transfer, { fromShipment: 'S' }, '/fromShipment'],
    [
      'receipts',
      { effectiveDate: '2011', sender: 'XXB', shipment: 'S', heldAs: 'custody', lines },
      { heldAs: 'held/allocated' },
      '/heldAs',
    ],
    [
      'receipts',
      { effectiveDate: '2011', sender: 'XXB', shipment: 'S', heldAs: 'custody', lines },
      { sender: 'xxb' },
      '/sender',
    ],
    [
      'statements',
      { effectiveDate: '2011', figure: 'remaining', quantity: 1, source: 's' },
      { filter: [] },
      '/filter',
    ],
    [
      'statements',
      { effectiveDate: '2011', figure: 'remaining', quantity: 1, source: 's' },
      { filter: 'x' },
      '/filter',
    ],
    [
      'statements',
      { effectiveDate: '2011', figure: 'remaining', quantity: 1, source: 's' },
      { filter: { colour: 1 } },
      '/filter/colour',
    ],
    [
      'statements',
      { effectiveDate: '2011', figure: 'remaining', quantity: 1, source: 's' },
      { lines },
      '/lines',
    ],
    [
      'statements',
      { effectiveDate: '2011', figure: 'remaining', quantity: 1, source: 's' },
      { figure: 'all' },
      '/figure',
    ],
    [
      'reclassifications',
      { effectiveDate: '2011', from: 'held/stockpile', reason: 'identified', lines },
      { lines: [{ ...lines[0], toMunition: 'm 14'.replace(' ', '\u200b') }] },
      '/lines/0/toMunition',
    ],
    ['explanations', { effectiveDate: '2011', reason: 'r' }, {}, '/difference'],
    [
      'control',
      { effectiveDate: '2011', from: 'held/stockpile', status: 'lost', lines },
      { status: 'unsure' },
      '/status',
    ],
  ])('%s of %j with %j', async (path, body, more, pointer) => {
    expect(await pointers(path, { ...body, ...more })).toEqual([pointer]);
  });
});

describe('a description of a munition', () => {
  it.each([
    [{ type: '' }, '/type'],
    [{ type: ' ' }, '/type'],
    [{ spellings: [''] }, '/spellings'],
    [{ spellings: ['A', '\u200f'] }, '/spellings'],
    [{ spellings: {} }, '/spellings'],
    [{ spellings: [1] }, '/spellings'],
    [{ characteristics: [] }, '/characteristics'],
    [{ characteristics: 'round' }, '/characteristics'],
    [{ characteristics: { lengthMm: 0 } }, '/characteristics/lengthMm'],
    [{ characteristics: { photographs: [[]] } }, '/characteristics/photographs/0'],
    [{ version: 7 }, '/version'],
  ])('is refused with %j', async (more, pointer) => {
    const answer = await service.post('/v1/munitions', { type: 'PMN-2', ...more });
    expect(expectProblem(answer, 'invalid')).toEqual([pointer]);
    expectProblem(await service.get('/v1/munitions/PMN-2'), 'not-found');
  });

  it('is not recorded, nor a key made, by whoever asks to try it or under a condition', async () => {
    const key = { name: 'x', role: 'auditor', states: 'all' };
    const before = (await service.get('/v1/keys')).text;
    for (const [url, body] of [
      ['/v1/munitions', { type: 'PMN-2' }],
      ['/v1/keys', key],
    ] as const) {
      const tried = await service.post(`${url}?dryRun=true`, body);
      expect(expectProblem(tried, 'not-readable')).toEqual(['?dryRun']);
      const conditional = await service.post(url, body, { headers: { 'if-match': '"-1"' } });
      expect(expectProblem(conditional, 'not-readable')).toEqual(['?If-Match']);
    }
    expectProblem(await service.get('/v1/munitions/PMN-2'), 'not-found');
    expect((await service.get('/v1/keys')).text).toBe(before);
  });
});

describe('a shipment', () => {
  it.each(['none', '%20', '%00', 'S-1%2F'])('that nobody knows is not found: %s', async (id) => {
    expectProblem(await service.get(`/v1/shipments/${id}`), 'not-found');
  });
});
