/** Turning round what was recorded: one route for entries and facts, whose it is decides who may. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { factBodies, startSecretariat, type Secretariat } from '../support/secretariat.ts';

let secretariat: Secretariat;
const keys: Record<string, string> = {};
beforeAll(async () => {
  secretariat = await startSecretariat();
  for (const role of ['authority', 'auditor', 'reporting', 'secretariat', 'administrator']) {
    keys[role] = (await secretariat.service.keyFor(role, ['XXA', 'XXB'])).key;
  }
  keys['everywhere'] = (await secretariat.service.keyFor('secretariat', 'all')).key;
});
afterAll(() => secretariat.service.stop());

const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `XX${letter}`);
let used = 2;
const freshState = () => codes[used++] ?? 'ZZZ';
const reason = 'recorded of the wrong State';

function reverse(state: string | null, entry: string, who?: string, more: object = {}) {
  const asked = who === undefined ? {} : { key: keys[who] ?? '' };
  return secretariat.ask(state, 'reversals', { entry, reason, ...more }, asked);
}

describe('who may turn round', () => {
  it.each([
    ['authority', 'fact', 'forbidden'],
    ['secretariat', 'entry', 'no-such-fact'],
    ['auditor', 'fact', 'forbidden'],
    ['auditor', 'entry', 'forbidden'],
    ['reporting', 'fact', 'forbidden'],
    ['authority', 'unknown', 'no-such-entry'],
    ['secretariat', 'unknown', 'no-such-fact'],
    ['administrator', 'unknown', 'no-such-entry'],
  ] as const)('%s turns round a(n) %s: %s', async (who, what, problem) => {
    const found = await secretariat.service.found('XXA', 1);
    const fact = await secretariat.record('XXA', 'objections', factBodies.objections);
    const ids = { fact, entry: found.body.entry, unknown: 'none' };
    const answer = await reverse('XXA', ids[what], who);
    expectProblem(answer, problem);
    const { items } = (await secretariat.service.get('/v1/states/XXA/facts?limit=1000')).body;
    expect(items.find((item) => item['fact'] === fact)?.['reversedBy']).toBeNull();
  });

  it.each([
    ['authority', 'entry'],
    ['secretariat', 'fact'],
    ['administrator', 'entry'],
    ['administrator', 'fact'],
  ] as const)('%s may an %s', async (who, what) => {
    const found = await secretariat.service.found('XXA', 1);
    const fact = await secretariat.record('XXA', 'objections', factBodies.objections);
    const answer = await reverse('XXA', what === 'fact' ? fact : found.body.entry, who);
    expect(answer.status).toBe(201);
  });

  it('a fact of another State is none of this one’s', async () => {
    const fact = await secretariat.record('XXA', 'objections', factBodies.objections);
    expectProblem(await reverse('XXB', fact, 'secretariat'), 'no-such-fact');
    expectProblem(await reverse('XXB', fact, 'authority'), 'no-such-entry');
    expectProblem(await reverse(null, fact, 'everywhere'), 'no-such-fact');
    expectProblem(await reverse('XXC', fact, 'secretariat'), 'forbidden');
  });

  it('what is about no State is turned round by who may for all of them, where it stands', async () => {
    const body = { name: '40MSP', kind: 'other', dates: '2012' };
    const meeting = await secretariat.record(null, 'meetings', body);
    expectProblem(await reverse(null, meeting, 'secretariat'), 'forbidden');
    expectProblem(await reverse(null, meeting, 'authority'), 'forbidden');
    expectProblem(await reverse('XXA', meeting, 'secretariat'), 'no-such-fact');
    const turned = await reverse(null, meeting, 'everywhere');
    expect([turned.status, turned.headers['location']]).toEqual([
      201,
      `/v1/facts/${turned.body.entry}`,
    ]);
    const { body: fact } = await secretariat.service.get(`/v1/facts/${meeting}`);
    expect(fact).toMatchObject({ reversedBy: turned.body.entry });
    expect((await secretariat.ask(null, 'meetings', body)).status).toBe(201);
  });
});

describe('a fact turned round', () => {
  it('stands no longer, keeps what it said, and says what undid it', async () => {
    const state = freshState();
    const id = await secretariat.instrument(state);
    const before = await secretariat.obligations(state, '2010-12-31');
    const { position } = (await secretariat.service.get(`/v1/states/${state}/facts/${id}`)).body;
    expect([before.party, before.obligations.length > 0]).toEqual([true, true]);

    const turned = await reverse(state, id, undefined, { remarks: 'see the depositary' });
    expect(turned.headers['location']).toBe(`/v1/states/${state}/facts/${turned.body.entry}`);
    const after = await secretariat.obligations(state, '2010-12-31');
    expect([after.party, after.entryIntoForce, after.obligations]).toEqual([false, null, []]);
    const { items } = (await secretariat.service.get(`/v1/states/${state}/facts`)).body;
    expect(items).toMatchObject([
      { fact: id, kind: 'instrument', reversedBy: turned.body.entry },
      { kind: 'reversal', body: { entry: id, reason, remarks: 'see the depositary' } },
    ]);
    // What was known then is known of then.
    expect(await secretariat.obligations(state, '2010-12-31', position)).toEqual({
      ...before,
      known: expect.anything(),
    });
    // And the right instrument is taken.
    await secretariat.instrument(state, { depositedOn: '2003-10-01' });
    expect((await secretariat.obligations(state, '2010')).entryIntoForce).toBe('2004-04-01');
  });

  it('is not turned round twice, nor is its reversal, but the same request is answered', async () => {
    const state = freshState();
    const id = await secretariat.instrument(state);
    const headers = { 'idempotency-key': 'turn' };
    const asked = { entry: id, reason };
    const first = await secretariat.ask(state, 'reversals', asked, { headers });
    const again = await secretariat.ask(state, 'reversals', asked, { headers });
    expect([again.status, again.text, again.headers['idempotency-replayed']]).toEqual([
      201,
      first.text,
      'true',
    ]);
    expect(expectProblem(await reverse(state, id), 'fact-reversed')).toEqual(['/entry']);
    expectProblem(await reverse(state, first.body.entry), 'fact-reversed');
  });

  it('can’t be while later facts rest on it: they are named, and go first', async () => {
    const state = freshState();
    const id = await secretariat.instrument(state);
    const completion = await secretariat.record(state, 'completions', factBodies.completions);
    const extension = await secretariat.record(state, 'extensions', factBodies.extensions);
    const answer = await reverse(state, id);
    expect(expectProblem(answer, 'fact-rested-on')).toEqual(['/entry']);
    expect(answer.body.errors[0]?.['facts']).toEqual([completion, extension]);
    expect((await reverse(state, completion)).status).toBe(201);
    expect((await reverse(state, extension)).status).toBe(201);
    expect((await reverse(state, id)).status).toBe(201);
  });

  it('a meeting can’t be while a State’s fact names it, by name, title or id', async () => {
    const title = 'The Fiftieth Meeting';
    const body = { name: '50MSP', title, kind: 'other', dates: '2012-12-07' };
    const meeting = await secretariat.record(null, 'meetings', body);
    const named: string[] = [];
    for (const name of [' 50msp', title.toUpperCase(), meeting]) {
      const state = freshState();
      await secretariat.instrument(state);
      const said = { ...factBodies.extensions, meeting: name };
      named.push(await secretariat.record(state, 'extensions', said));
      expect((await secretariat.obligation(state, '5', '2015')).due).toBe('2018-01-01');
    }
    const answer = await reverse(null, meeting);
    expectProblem(answer, 'fact-rested-on');
    expect(answer.body.errors[0]?.['facts']).toEqual(named);
  });

  it('a withdrawal can’t be once the State has joined again', async () => {
    const state = freshState();
    await secretariat.instrument(state);
    const left = await secretariat.record(state, 'withdrawals', { receivedOn: '2010-01-15' });
    const again = await secretariat.instrument(state, { depositedOn: '2012-01-10' });
    const answer = await reverse(state, left);
    expectProblem(answer, 'fact-rested-on');
    expect(answer.body.errors[0]?.['facts']).toEqual([again]);
  });

  it('takes no effective date: it was wrong from the beginning', async () => {
    const state = freshState();
    const id = await secretariat.instrument(state);
    const answer = await reverse(state, id, undefined, { effectiveDate: '2012' });
    expect(expectProblem(answer, 'invalid')).toEqual(['/effectiveDate']);
    const common = await reverse(null, id, undefined, { effectiveDate: '2012' });
    expect(expectProblem(common, 'invalid')).toEqual(['/effectiveDate']);
    const silent = await secretariat.ask(state, 'reversals', { entry: id });
    expect(expectProblem(silent, 'invalid')).toEqual(['/reason']);
  });
});
