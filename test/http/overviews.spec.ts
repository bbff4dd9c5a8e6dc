/** All States together: who is bound, what falls due, who reported; and who may see which State. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { startSecretariat, type Secretariat } from '../support/secretariat.ts';

interface Membership {
  parties: number;
  deposited: number;
  comingIntoForce: number;
  withdrawn: number;
  signedOnly: number;
  states: Record<'parties' | 'comingIntoForce' | 'withdrawn' | 'signedOnly', string[]>;
}
interface Item {
  state: string;
  article: string;
  period: string | null;
  due: string;
  days: number;
  status: string;
  basis: string;
  submittedOn: string | null;
}
interface Timeliness {
  due: string;
  owing: number;
  submitted: number;
  inTime: number;
  late: number;
  missed: number;
  unrecorded: number;
  pending: number;
  notOwed: number;
  withInitialReport: number;
  items: Item[];
}

let secretariat: Secretariat;
let loaded: string;
beforeAll(async () => {
  secretariat = await startSecretariat();
  loaded = (await get<{ known: { position: string } }>('/v1/membership')).known.position;
});
afterAll(() => secretariat.service.stop());

async function get<T>(url: string, key?: string): Promise<T> {
  const answer = await secretariat.service.get(url, key === undefined ? {} : { key });
  expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
  return answer.body as unknown as T;
}

describe('who is bound', () => {
  it.each([
    // General Assembly resolution 67/32: 160 States had ratified or acceded.
    ['2012-12-03', 160, { withdrawn: 0 }],
    ['2026-02-19', undefined, { parties: 162, withdrawn: 4 }],
    ['2026-02-21', 161, { parties: 161, withdrawn: 5, comingIntoForce: 0 }],
    ['1999-02-28', undefined, { parties: 0, withdrawn: 0 }],
    ['1999-03-01', undefined, { parties: 45 }],
  ])('on %s: %s deposited, %j', async (on, deposited, counts) => {
    const answer = await get<Membership>(`/v1/membership?on=${on}&known=${loaded}`);
    expect(answer).toMatchObject(counts);
    if (deposited !== undefined) expect(answer.deposited).toBe(deposited);
    const { states } = answer;
    expect(answer.parties + answer.comingIntoForce).toBe(answer.deposited);
    for (const list of ['parties', 'comingIntoForce', 'withdrawn', 'signedOnly'] as const) {
      expect([list, states[list].length]).toEqual([list, answer[list]]);
    }
  });

  it('each State stands in one list only; a signature alone binds nobody', async () => {
    await secretariat.record('LAO', 'instruments', { kind: 'signature', signedOn: '1997-12-03' });
    await secretariat.instrument('MAR', { depositedOn: '2026-11-01' });
    const { states } = await get<Membership>('/v1/membership?on=2026-11-23');
    expect(states.signedOnly).toEqual(['LAO']);
    expect(states.comingIntoForce).toEqual(['MAR']);
    expect(states.withdrawn).toEqual(['EST', 'FIN', 'LTU', 'LVA', 'POL']);
    const all = Object.values(states).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  it('a State for exercises is in no count, and named apart', async () => {
    const asked = '/v1/membership?on=2012-12-03';
    const before = await get<Membership>(asked);
    await secretariat.instrument('XXN');
    const after = await get<Membership & { exercises: string[] }>(asked);
    expect([after.parties, after.states]).toEqual([before.parties, before.states]);
    expect(after.exercises).toContain('XXN');
  });

  it('the list of States says the same of each', async () => {
    const { states } = await get<Membership>(`/v1/membership?on=2012-12-03`);
    const { items } = await get<{
      items: { state: string; party: boolean; entryIntoForce: string }[];
    }>('/v1/states?effective=2012-12-03&limit=1000');
    const parties = items.filter(({ state, party }) => party && !state.startsWith('XX'));
    expect(parties.map(({ state }) => state)).toEqual(states.parties);
    // Poland deposited on 27 December 2012: nobody knew of it on the third.
    const byState = new Map(items.map((item) => [item.state, item.entryIntoForce]));
    expect([
      byState.get('UKR'),
      byState.get('FIN'),
      byState.get('POL'),
      byState.get('XXA'),
    ]).toEqual(['2006-06-01', '2012-07-01', null, undefined]);
  });
});

describe('what falls due', () => {
  it('in the next days, soonest first, each with its days and how sure it is', async () => {
    await secretariat.instrument('XXP', { depositedOn: '2003-09', basis: 'to be checked' });
    const { items } = await get<{ items: Item[] }>('/v1/due?on=2008-02-01&days=30');
    expect(items.map(({ due }) => due)).toEqual(items.map(({ due }) => due).toSorted());
    const own = items.filter(({ state }) => state === 'XXP');
    expect(own).toEqual([
      {
        state: 'XXP',
        name: expect.any(String),
        article: '4',
        period: null,
        due: '2008-03-01',
        days: 29,
        status: 'pending',
        basis: 'to be checked',
      },
    ]);
    const nextDay = await get<{ items: Item[] }>('/v1/due?on=2008-03-02&days=30');
    expect(nextDay.items.filter(({ state }) => state === 'XXP')).toEqual([]);
  });

  it('not what is done already, and reports that arise within the time', async () => {
    await secretariat.instrument('XXQ');
    await secretariat.record('XXQ', 'completions', { article: '4', completedOn: '2005' });
    const { items } = await get<{ items: Item[] }>('/v1/due?on=2007-12-01&days=3000');
    const own = items.filter(({ state }) => state === 'XXQ');
    expect(own.map(({ article, period, due }) => [article, period, due])).toEqual([
      ['7.2', '2007', '2008-04-30'],
      ['7.2', '2008', '2009-04-30'],
      ['7.2', '2009', '2010-04-30'],
      ['7.2', '2010', '2011-04-30'],
      ['7.2', '2011', '2012-04-30'],
      ['7.2', '2012', '2013-04-30'],
      ['5', null, '2014-03-01'],
      ['7.2', '2013', '2014-04-30'],
      ['7.2', '2014', '2015-04-30'],
    ]);
  });

  it('a State that leaves and joins again: what each membership brings', async () => {
    await secretariat.instrument('XXR');
    await secretariat.record('XXR', 'report-submissions', {
      kind: 'initial',
      period: '2004',
      submittedOn: '2004-08-01',
    });
    await secretariat.record('XXR', 'withdrawals', { receivedOn: '2009-01-10' });
    await secretariat.instrument('XXR', { depositedOn: '2012-01-20' });
    const { items } = await get<{ items: Item[] }>('/v1/due?on=2009-03-01&days=1500');
    const own = items.filter(({ state }) => state === 'XXR');
    expect(own.map(({ article, period, due }) => [article, period, due])).toEqual([
      ['7.2', '2008', '2009-04-30'],
      ['7.1', null, '2012-12-28'],
    ]);
    const { items: reports } = await get<Timeliness>('/v1/report-timeliness?year=2006&on=2014');
    expect(reports.find(({ state }) => state === 'XXR')?.status).toBe('unrecorded');
  });
});

describe('who reported about 2011', () => {
  const url = '/v1/report-timeliness?year=2011';

  it('counts each State once, as of the day asked and as known then', async () => {
    for (const [state, submittedOn] of [
      ['XXS', '2012-04-30'],
      ['XXT', '2012-05-01'],
      ['XXU', null],
      ['XXV', null],
    ] as const) {
      await secretariat.instrument(state);
      const body = { kind: 'annual', period: '2011', submittedOn };
      if (submittedOn !== null) await secretariat.record(state, 'report-submissions', body);
    }
    const coverage = { article: '7.2', from: '2011-01-01', to: '2012-12-31' };
    await secretariat.record('XXV', 'coverage', coverage);
    const states = ['XXS', 'XXT', 'XXU', 'XXV'];
    const statusesOn = async (on: string, known = '') => {
      const { items } = await get<Timeliness>(`${url}&on=${on}${known}`);
      return states.map((state) => items.find((item) => item.state === state)?.status);
    };
    expect(await statusesOn('2012-04-29')).toEqual(['pending', 'pending', 'pending', 'pending']);
    expect((await statusesOn('2012-04-30'))[0]).toBe('met');
    expect(await statusesOn('2012-05-31')).toEqual(['met', 'met-late', 'unrecorded', 'missed']);
    expect(await statusesOn('2012-05-31', `&known=${loaded}`)).toEqual(states.map(() => undefined));

    const whole = await get<Timeliness>(`${url}&on=2012-05-31`);
    const { inTime, late, missed, unrecorded, pending } = whole;
    expect(whole.owing).toBe(inTime + late + missed + unrecorded + pending);
    expect(whole.submitted).toBe(inTime + late);
    expect(whole.due).toBe('2012-04-30');
    // States for exercises are listed and not counted.
    const counted = whole.items.filter(({ state }) => !state.startsWith('XX'));
    expect(counted).toHaveLength(whole.owing + whole.notOwed + whole.withInitialReport);
    expect(counted.length).toBeLessThan(whole.items.length);
    expect(new Set(whole.items.map(({ state }) => state)).size).toBe(whole.items.length);
  });

  it('of the published record: how many parties owed one on 30 April 2012', async () => {
    const answer = await get<Timeliness>(`${url}&on=2012-04-30&known=${loaded}`);
    const { states } = await get<Membership>(`/v1/membership?on=2011-12-31&known=${loaded}`);
    // One for each party with a day in force in 2011; some of them with the initial report.
    expect(answer.owing + answer.withInitialReport).toBe(states.parties.length);
  });

  it('needs a year, and says what else is wrong', async () => {
    const none = await secretariat.service.get('/v1/report-timeliness');
    expect(expectProblem(none, 'not-readable')).toEqual(['?year']);
    const wrong = await secretariat.service.get('/v1/report-timeliness?year=11&on=2012-13&x=1');
    expect(expectProblem(wrong, 'not-readable')).toEqual(['?on', '?year', '?x']);
  });
});

describe('who sees which State', () => {
  it('an authority of one State sees its own only', async () => {
    const { key } = await secretariat.service.keyFor('authority', ['UKR']);
    const on = 'on=2012-04-30';
    const { parties, states } = await get<Membership>(`/v1/membership?${on}`, key);
    expect([parties, states.parties]).toEqual([1, ['UKR']]);
    const due = await get<{ items: Item[]; meetings: unknown[] }>(`/v1/due?${on}&days=700`, key);
    expect(new Set(due.items.map(({ state }) => state))).toEqual(new Set(['UKR']));
    expect(due.meetings.length).toBeGreaterThan(0);
    const timeliness = await get<Timeliness>(`/v1/report-timeliness?year=2011&${on}`, key);
    expect(timeliness.items.map(({ state }) => state)).toEqual(['UKR']);
    const all = await get<{ items: Item[] }>(`/v1/obligations?${on}`, key);
    expect(all.items.map(({ state }) => state)).toEqual(['UKR']);
    const calendar = await secretariat.service.get(`/v1/calendar.ics?${on}`, { key });
    expect([calendar.status, calendar.text.includes('Albania')]).toEqual([200, false]);
    for (const url of [
      '/v1/states/ALB/obligations',
      '/v1/states/ALB/facts',
      '/v1/calendar.ics?state=ALB',
    ]) {
      expectProblem(await secretariat.service.get(url, { key }), 'forbidden');
    }
  });

  it.each([
    '/v1/membership?on=2200-01-01',
    '/v1/due?days=0',
    '/v1/due?days=3661',
    '/v1/obligations?article=6',
    '/v1/obligations?status=late',
    '/v1/obligations?period=09',
    '/v1/states/XXA/obligations?effective=2010',
    '/v1/calendar.ics?state=ZZZ',
    '/v1/due?on=2010&on=2011',
  ])('%s can’t be read', async (url) => {
    expectProblem(await secretariat.service.get(url), 'not-readable');
  });

  it('one obligation can be asked of all States: by article, status and year', async () => {
    const url = '/v1/obligations?on=2010-06-30&article=4&status=missed&limit=1000';
    const { items } = await get<{ items: { obligations: Item[] }[] }>(url);
    const found = items.flatMap(({ obligations }) => obligations);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ article, status }) => `${article} ${status}`))).toEqual(
      new Set(['4 missed']),
    );
    const year = '/v1/obligations?on=2010-06-30&article=7.2&period=2008&limit=1000';
    const reports = await get<{ items: { obligations: Item[] }[] }>(year);
    const periods = reports.items.flatMap(({ obligations }) => obligations.map((o) => o.period));
    expect(new Set(periods)).toEqual(new Set(['2008']));
  });
});
