/** Article 4 from the ledger's own figures, end to end: each status, and what stands beside it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factBodies, startSecretariat, type Secretariat } from '../support/secretariat.ts';

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

const m14 = (quantity: number, more: object = {}) => [{ munition: 'M14', quantity, ...more }];

const declare = (state: string, quantity: number, effectiveDate = '2004-03') =>
  post(state, 'inventories', { effectiveDate, basis: 'declared', lines: m14(quantity) });

const destroy = (state: string, quantity: number, effectiveDate: string, more: object = {}) =>
  post(state, 'destructions', {
    effectiveDate,
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range',
    method: 'open detonation',
    lines: m14(quantity),
    ...more,
  });

const article4 = (state: string, on: string, known?: string) =>
  secretariat.obligation(state, '4', on, known === undefined ? {} : { known });
const inShort = (state: string, on: string) => secretariat.inShort(state, '4', on);

describe('the stock of a party', () => {
  it('that nobody recorded accuses nobody', async () => {
    const state = await party();
    expect(await inShort(state, '2008-03-01')).toBe('pending');
    expect(await inShort(state, '2008-03-02')).toBe('unrecorded');
    expect((await article4(state, '2026-11-23')).remaining).toBeUndefined();
  });

  it('held after the deadline is missed from the next day on; the anniversary is still in time', async () => {
    const state = await party();
    await declare(state, 100);
    expect(await inShort(state, '2008-03-01')).toBe('pending');
    expect(await article4(state, '2008-03-02')).toMatchObject({
      due: '2008-03-01',
      status: 'missed',
      since: '2008-03-02',
      remaining: 100,
      findings: [],
    });
  });

  it('gone by the deadline is met, and says that nobody declared it', async () => {
    const state = await party();
    await declare(state, 100);
    await destroy(state, 60, '2006');
    await destroy(state, 40, '2008-03-01');
    expect(await inShort(state, '2007')).toBe('pending');
    expect(await inShort(state, '2008-03-01')).toBe('met, zero-not-declared');
    expect(await inShort(state, '2026')).toBe('met, zero-not-declared');
    await secretariat.record(state, 'completions', { article: '4', completedOn: '2008-03-01' });
    expect(await inShort(state, '2026')).toBe('met');
  });

  it('gone after the deadline was missed until then, and is met late', async () => {
    const state = await party();
    await declare(state, 100);
    await destroy(state, 100, '2008-03-02');
    expect(await inShort(state, '2008-03-01')).toBe('pending');
    expect(await article4(state, '2008-03-02')).toMatchObject({
      status: 'met-late',
      since: '2008-03-02',
      remaining: 0,
    });
    await secretariat.record(state, 'completions', {
      article: '4',
      completedOn: '2008-03-02',
      declaredOn: '2008-11-27',
    });
    expect(await article4(state, '2026')).toMatchObject({
      status: 'met-late',
      completedOn: '2008-03-02',
      declaredOn: '2008-11-27',
      findings: [],
    });
  });

  it('out of reach at the deadline is missed, and told apart', async () => {
    const state = await party();
    await declare(state, 100);
    await destroy(state, 70, '2007');
    await post(state, 'control', {
      effectiveDate: '2007-12-31',
      status: 'lost',
      from: 'held/stockpile',
      lines: m14(30),
    });
    expect(await inShort(state, '2008-03-01')).toBe('pending');
    const missed = await article4(state, '2008-03-02');
    expect(missed).toMatchObject({ status: 'missed', remaining: 30 });
    expect(missed.findings).toMatchObject([{ finding: 'unverifiable-stock', quantity: 30 }]);
  });

  it('of another State held past the holder’s own deadline is a finding, not a breach', async () => {
    const [owner, holder] = [await party(), await party()];
    await declare(owner, 50);
    await declare(holder, 10);
    await destroy(holder, 10, '2005');
    await post(owner, 'transfers', {
      effectiveDate: '2007-01-10',
      from: 'held/stockpile',
      to: holder,
      titlePasses: false,
      purpose: 'destruction',
      shipment: 'S-1',
      lines: m14(50),
    });
    await post(holder, 'receipts', {
      effectiveDate: '2007-01-12',
      sender: owner,
      shipment: 'S-1',
      heldAs: 'custody',
      lines: m14(50),
    });
    expect(await inShort(holder, '2008-03-01')).toBe('met, zero-not-declared');
    expect(await inShort(holder, '2008-03-02')).toBe(
      'met, zero-not-declared, custody-past-deadline',
    );
    // The owner's own figures say that it still has them.
    expect(await article4(owner, '2008-03-02')).toMatchObject({ status: 'missed', remaining: 50 });
  });

  it('declared complete over what is still held: met as declared, contradicted by a finding', async () => {
    const state = await party();
    await declare(state, 100);
    await destroy(state, 95, '2007');
    const id = await secretariat.record(state, 'completions', factBodies.completions);
    const obligation = await article4(state, '2009');
    expect(obligation).toMatchObject({ status: 'met', remaining: 5, completedOn: '2007-10' });
    expect(obligation.findings).toMatchObject([
      { finding: 'declared-with-remaining', quantity: 5, entries: [id] },
    ]);
  });

  it('counted short is not destroyed: what is missing stands beside what remains', async () => {
    const state = await party();
    await declare(state, 100);
    await post(state, 'counts', {
      effectiveDate: '2007-06-30',
      account: 'held/stockpile',
      method: 'full',
      lines: m14(0),
    });
    expect(await article4(state, '2008-03-02')).toMatchObject({ status: 'met', remaining: 0 });
    const { body } = await secretariat.service.get(
      `/v1/states/${state}/remaining?effective=2008-03-02`,
    );
    expect(body).toMatchObject({ remaining: 0, unaccounted: 100 });
  });

  it('taken out of the book again leaves no record, not a zero', async () => {
    const state = await party();
    const entry = await declare(state, 100);
    await post(state, 'reversals', { entry, reason: 'another State’s' });
    expect(await inShort(state, '2009')).toBe('unrecorded');
  });
});

describe('what was known when', () => {
  it('a late entry changes what is known now, and never what was known', async () => {
    const state = await party();
    await declare(state, 100);
    const before = await article4(state, '2008-03-02');
    const { known } = (await secretariat.service.get(`/v1/states/${state}/remaining`)).body;
    expect(before.status).toBe('missed');
    await destroy(state, 100, '2008-02-28');
    expect(await inShort(state, '2008-03-02')).toBe('met, zero-not-declared');
    const then = await secretariat.obligations(state, '2008-03-02', known.position);
    const again = then.obligations.find(({ article }) => article === '4');
    expect(again).toEqual(before);
  });

  it('the same question at the same two times has the same answer, byte for byte', async () => {
    const state = await party();
    await declare(state, 7);
    const { position } = (await secretariat.service.get(`/v1/states/${state}/remaining`)).body
      .known;
    const url = `/v1/states/${state}/obligations?on=2010&known=${position}`;
    const first = await secretariat.service.get(url);
    await destroy(state, 7, '2007');
    await secretariat.record(state, 'completions', factBodies.completions);
    const instant = new Date(secretariat.service.clock.now() + 60_000).toISOString();
    secretariat.service.clock.set(instant);
    expect((await secretariat.service.get(url)).text).toBe(first.text);
  });
});

describe('why', () => {
  it('the figure behind a status is explained by the ledger, and adds up', async () => {
    const state = await party();
    await declare(state, 100);
    await destroy(state, 30, '2005');
    await destroy(state, 20, '2009');
    const { remaining, explanation } = await article4(state, '2008-12-31');
    expect(explanation.due).toMatchObject({
      rule: expect.stringMatching(/anniversary itself is still in time/),
      arithmetic: '2004-03-01 + 4 years = 2008-03-01',
    });
    const { status, body } = await secretariat.service.get(String(explanation.status.figures));
    expect(status).toBe(200);
    const sum = body.items.reduce((total, { quantity }) => total + Number(quantity), 0);
    expect([remaining, body.quantity, sum]).toEqual([70, 70, 70]);
  });

  it('a report has no figure to explain', async () => {
    const state = await party();
    const { explanation } = await secretariat.obligation(state, '7.1', '2005');
    expect(explanation.status.figures).toBeNull();
  });
});

describe('who is bound', () => {
  it('never a party: nothing is owed, whatever is held', async () => {
    const state = codes[used++] ?? 'ZZZ';
    await declare(state, 100);
    const answer = await secretariat.obligations(state, '2020');
    expect(answer).toMatchObject({
      party: false,
      entryIntoForce: null,
      basis: null,
      membership: null,
      withdrawal: null,
      obligations: [],
      earlier: [],
    });
  });

  it('deposited, not yet in force: no party, and when it will be', async () => {
    const state = await party();
    const day = await secretariat.obligations(state, '2004-02-29');
    expect([day.party, day.entryIntoForce, day.obligations]).toEqual([false, '2004-03-01', []]);
    expect((await secretariat.obligations(state, '2004-03-01')).party).toBe(true);
  });

  it('a withdrawal: all of it until it takes effect, frozen and readable after it', async () => {
    const state = await party();
    await declare(state, 100);
    await secretariat.record(state, 'withdrawals', { receivedOn: '2009-01-10' });
    const last = await secretariat.obligations(state, '2009-07-09');
    expect([last.party, last.withdrawal?.['receivedOn']]).toEqual([true, '2009-01-10']);
    const after = await secretariat.obligations(state, '2009-07-10');
    expect([after.party, after.entryIntoForce]).toEqual([false, '2004-03-01']);
    const statuses = after.obligations.map(({ article, period, status }) =>
      [article, period, status].filter(Boolean).join(' '),
    );
    expect(statuses).toEqual([
      '4 missed',
      '5 ended',
      '7.1 unrecorded',
      '7.2 2004 unrecorded',
      '7.2 2005 unrecorded',
      '7.2 2006 unrecorded',
      '7.2 2007 unrecorded',
      '7.2 2008 unrecorded',
    ]);
    // What becomes of the stock afterwards is no longer judged.
    await destroy(state, 100, '2012');
    const later = await secretariat.obligations(state, '2020');
    expect(later.obligations.find(({ article }) => article === '4')).toMatchObject({
      status: 'missed',
      remaining: 100,
    });
  });

  it('joined again: the old obligations stand apart, the new begin anew', async () => {
    const state = await party();
    await declare(state, 100);
    await secretariat.record(state, 'withdrawals', { receivedOn: '2009-01-10' });
    await secretariat.instrument(state, { depositedOn: '2012-01-20' });
    const between = await secretariat.obligations(state, '2012-06-30');
    expect([between.party, between.earlier]).toEqual([false, []]);
    const again = await secretariat.obligations(state, '2014');
    expect([again.party, again.entryIntoForce]).toEqual([true, '2012-07-01']);
    const four = again.obligations.find(({ article }) => article === '4');
    expect(four).toMatchObject({ due: '2016-07-01', status: 'pending', remaining: 100 });
    const [old] = again.earlier;
    expect(old?.obligations.find(({ article }) => article === '4')).toMatchObject({
      due: '2008-03-01',
      status: 'missed',
    });
  });
});
