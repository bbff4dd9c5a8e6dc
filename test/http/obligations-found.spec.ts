/** Newly found stock: a case of its own after the deadline or a completion, with six months. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startSecretariat,
  type ObligationAnswer,
  type Secretariat,
} from '../support/secretariat.ts';

let secretariat: Secretariat;
beforeAll(async () => {
  secretariat = await startSecretariat();
});
afterAll(() => secretariat.service.stop());

const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `XX${letter}`);
let used = 0;

/** A party from 1 March 2004 on: Article 4 by 1 March 2008. */
async function party(): Promise<string> {
  const state = codes[used++] ?? 'ZZZ';
  await secretariat.instrument(state);
  return state;
}

async function post(state: string, path: string, body: object): Promise<string> {
  const answer = await secretariat.service.post(`/v1/states/${state}/${path}`, body);
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
  return answer.body.entry;
}

const lines = (quantity: number, more: object = {}) => [{ munition: 'M14', quantity, ...more }];

const find = (state: string, quantity: number, effectiveDate: string, line: object = {}) =>
  post(state, 'inventories', {
    effectiveDate,
    basis: 'newly-found',
    lines: lines(quantity, line),
  });

const declare = (state: string, quantity: number, line: object = {}) =>
  post(state, 'inventories', {
    effectiveDate: '2004',
    basis: 'declared',
    lines: lines(quantity, line),
  });

const destroy = (state: string, quantity: number, effectiveDate: string, more: object = {}) =>
  post(state, 'destructions', {
    effectiveDate,
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range',
    method: 'open detonation',
    lines: lines(quantity),
    ...more,
  });

async function cases(state: string, on: string): Promise<readonly ObligationAnswer[]> {
  const { obligations } = await secretariat.obligations(state, on);
  return obligations.filter(({ article }) => article === '4-found');
}

/** Cases in short: "due status left". */
async function casesInShort(state: string, on: string): Promise<string[]> {
  return (await cases(state, on)).map(
    ({ due, status, remaining }) => `${due} ${status} ${remaining}`,
  );
}

describe('when stock was found', () => {
  it.each([
    ['the day before the deadline', '2008-02-29', []],
    ['on the deadline', '2008-03-01', []],
    ['the day after the deadline', '2008-03-02', ['2008-09-02 pending 5']],
  ])('%s', async (_, day, expected) => {
    const state = await party();
    await find(state, 5, day);
    expect(await casesInShort(state, '2008-06-30')).toEqual(expected);
    const four = await secretariat.obligation(state, '4', '2008-06-30');
    const names = four.findings.map(({ finding }) => finding);
    // Found in time it is ordinary stock, and held after the deadline.
    expect([four.status === 'missed', names.includes('found-since')]).toEqual(
      expected.length === 0 ? [true, false] : [false, true],
    );
  });

  it('after a completion that came before the deadline', async () => {
    const state = await party();
    await declare(state, 10);
    await destroy(state, 10, '2005');
    await secretariat.record(state, 'completions', { article: '4', completedOn: '2005-12-31' });
    const entry = await find(state, 5, '2006-08-31');
    const [found] = await cases(state, '2006-12-31');
    expect(found).toMatchObject({ entry, due: '2007-02-28', status: 'pending', remaining: 5 });
    const four = await secretariat.obligation(state, '4', '2006-12-31');
    expect(four).toMatchObject({ status: 'met', remaining: 5 });
    expect(four.findings).toMatchObject([
      { finding: 'found-since', quantity: 5, entries: [entry] },
    ]);
  });

  it('before the State was bound: ordinary stock', async () => {
    const state = await party();
    await find(state, 5, '2003');
    expect(await casesInShort(state, '2008-03-02')).toEqual([]);
  });

  it('in a month: counted on its last day, shown as given', async () => {
    const state = await party();
    await find(state, 5, '2010-04');
    const [found] = await cases(state, '2010-12-31');
    expect(found).toMatchObject({ due: '2010-10-30', status: 'missed', since: '2010-10-31' });
    expect(JSON.stringify(found?.explanation.due)).toContain('"value":"2010-04"');
  });
});

describe('what is left of a find', () => {
  it('is met when it is gone in time, met late after it, missed between', async () => {
    const state = await party();
    await find(state, 5, '2010-01-31');
    await destroy(state, 5, '2010-08-01');
    expect(await casesInShort(state, '2010-07-31')).toEqual(['2010-07-31 pending 5']);
    expect(await casesInShort(state, '2010-08-01')).toEqual(['2010-07-31 met-late 0']);
    const other = await party();
    await find(other, 5, '2010-01-31');
    await destroy(other, 5, '2010-07-31');
    expect(await casesInShort(other, '2010-07-31')).toEqual(['2010-07-31 met 0']);
    expect(await casesInShort(other, '2020')).toEqual(['2010-07-31 met 0']);
  });

  it('unnamed outflows take other stock of the type and lot first, then the oldest find', async () => {
    const state = await party();
    await declare(state, 10);
    await find(state, 5, '2010-01-01');
    await find(state, 5, '2010-02-01');
    await destroy(state, 12, '2010-03-01');
    expect(await casesInShort(state, '2010-03-01')).toEqual([
      '2010-07-01 pending 3',
      '2010-08-01 pending 5',
    ]);
    await destroy(state, 4, '2010-04-01');
    expect(await casesInShort(state, '2010-04-01')).toEqual([
      '2010-07-01 met 0',
      '2010-08-01 pending 4',
    ]);
  });

  it('outflows that name the find take it, and leave the other stock', async () => {
    const state = await party();
    await declare(state, 10);
    const first = await find(state, 5, '2010-01-01');
    const second = await find(state, 5, '2010-02-01');
    await destroy(state, 5, '2010-03-01', { find: second });
    expect(await casesInShort(state, '2010-03-01')).toEqual([
      '2010-07-01 pending 5',
      '2010-08-01 met 0',
    ]);
    await destroy(state, 6, '2010-03-02', { find: first });
    expect(await casesInShort(state, '2010-03-02')).toEqual([
      '2010-07-01 met 0',
      '2010-08-01 met 0',
    ]);
    expect(await secretariat.obligation(state, '4', '2010-03-02')).toMatchObject({
      status: 'missed',
      remaining: 9,
    });
  });

  it('other lots are other mines', async () => {
    const state = await party();
    await declare(state, 10, { lot: 'A' });
    await find(state, 5, '2010-01-01', { lot: 'B' });
    await destroy(state, 5, '2010-02-01', { lines: lines(5, { lot: 'B' }) });
    expect(await casesInShort(state, '2010-02-01')).toEqual(['2010-07-01 met 0']);
  });

  it.each<[string, string, object]>([
    [
      'another site',
      'movements',
      { account: 'held/stockpile', lines: lines(5, { toSite: 'North' }) },
    ],
    ['another lot', 'movements', { account: 'held/stockpile', lines: lines(5, { toLot: 'Z-1' }) }],
    ['allocation', 'allocations', { status: 'allocated', lines: lines(5) }],
    ['out of reach', 'control', { from: 'held/stockpile', status: 'lost', lines: lines(5) }],
    [
      'another type, once it was identified',
      'reclassifications',
      { from: 'held/stockpile', reason: 'identified', lines: lines(5, { toMunition: 'PMN-2' }) },
    ],
    [
      'abroad for destruction, with the title kept',
      'transfers',
      {
        from: 'held/stockpile',
        to: 'XXZ',
        titlePasses: false,
        purpose: 'destruction',
        lines: lines(5),
      },
    ],
  ])('is all of it after it only went to %s', async (_, path, body) => {
    const state = await party();
    await find(state, 5, '2010-01-01');
    await post(state, path, { effectiveDate: '2010-03-01', ...body });
    expect(await casesInShort(state, '2010-07-01')).toEqual(['2010-07-01 pending 5']);
    expect(await casesInShort(state, '2010-07-02')).toEqual(['2010-07-01 missed 5']);
    // And nothing is charged to Article 4 itself.
    expect((await secretariat.obligation(state, '4', '2010-07-02')).status).not.toBe('missed');
  });

  it('a lot of finds and other stock that is split is split in its parts', async () => {
    const state = await party();
    await declare(state, 10);
    await find(state, 5, '2010-01-01');
    const toLot = lines(12, { toLot: 'Z' });
    await post(state, 'movements', {
      effectiveDate: '2010-02-01',
      account: 'held/stockpile',
      lines: toLot,
    });
    // Ten others and two of the find went to Z; three are left where it was found.
    await destroy(state, 3, '2010-03-01');
    expect(await casesInShort(state, '2010-03-01')).toEqual(['2010-07-01 pending 2']);
    await destroy(state, 12, '2010-04-01', { lines: lines(12, { lot: 'Z' }) });
    expect(await casesInShort(state, '2010-04-01')).toEqual(['2010-07-01 met 0']);
  });

  it.each<[string, string, object]>([
    ['retained for training', 'retentions', { purpose: 'training', lines: lines(5) }],
    [
      'lost',
      'losses',
      { from: 'held/stockpile', cause: 'stolen', reason: 'theft', lines: lines(5) },
    ],
    [
      'no mines at all',
      'reclassifications',
      { from: 'held/stockpile', reason: 'mis-declared', lines: lines(5) },
    ],
  ])('is nothing once it was %s', async (_, path, body) => {
    const state = await party();
    await find(state, 5, '2010-01-01');
    await post(state, path, { effectiveDate: '2010-03-01', ...body });
    expect(await casesInShort(state, '2010-07-02')).toEqual(['2010-07-01 met 0']);
  });
});

describe('a find that turns out otherwise', () => {
  it('reversed: no case, no finding; what was known then is still known of then', async () => {
    const state = await party();
    const entry = await find(state, 5, '2010-01-01');
    const { position } = (await secretariat.service.get(`/v1/states/${state}/remaining`)).body
      .known;
    await post(state, 'reversals', { entry, reason: 'not found at all' });
    expect(await casesInShort(state, '2010-07-02')).toEqual([]);
    expect(await secretariat.inShort(state, '4', '2010-07-02')).toBe('unrecorded');
    const then = await secretariat.obligations(state, '2010-07-02', position);
    expect(then.obligations.filter(({ article }) => article === '4-found')).toMatchObject([
      { entry, status: 'missed', remaining: 5 },
    ]);
  });

  it('recorded again on its day by a correction, after its destruction: still met', async () => {
    const state = await party();
    const entry = await find(state, 5, '2010-01-01');
    const gone = await destroy(state, 5, '2010-02-01');
    await post(state, 'corrections', {
      reason: 'two more were found',
      reverse: [gone, entry],
      replace: [
        {
          kind: 'inventory',
          effectiveDate: '2010-02-01',
          basis: 'newly-found',
          lines: lines(7),
        },
      ],
    });
    await destroy(state, 7, '2010-02-01');
    expect(await casesInShort(state, '2010-02-01')).toEqual(['2010-08-01 met 0']);
  });

  it('retained from the start: no stock, and no case', async () => {
    const state = await party();
    await post(state, 'inventories', {
      effectiveDate: '2010-01-01',
      basis: 'newly-found',
      heldAs: 'retained',
      lines: lines(5),
    });
    expect(await casesInShort(state, '2010-12-31')).toEqual([]);
    expect(await secretariat.inShort(state, '4', '2010-12-31')).toBe('unrecorded');
  });

  it('after the State had withdrawn: not judged', async () => {
    const state = await party();
    await secretariat.record(state, 'withdrawals', { receivedOn: '2009-01-10' });
    await find(state, 5, '2010-01-01');
    expect(await casesInShort(state, '2010-12-31')).toEqual([]);
  });
});
