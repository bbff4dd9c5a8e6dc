/** What the record of the treaty refuses, with its reason and rule; and what can't be read at all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factRefusalCodes, type FactRefusalCode } from '../../src/treaty/refusals.ts';
import { expectProblem } from '../support/problems.ts';
import { factBodies, startSecretariat, type Secretariat } from '../support/secretariat.ts';

let secretariat: Secretariat;
beforeAll(async () => {
  secretariat = await startSecretariat();
  // XXA is bound, XXB completed Article 4, XXC withdrew, XXD withdrew in a conflict, XXE is nothing.
  for (const state of ['XXA', 'XXB', 'XXC', 'XXD']) await secretariat.instrument(state);
  await secretariat.record('XXB', 'completions', factBodies.completions);
  await secretariat.record('XXC', 'withdrawals', { receivedOn: '2010-01-15' });
  const atWar = { receivedOn: '2010-01-15', armedConflict: true };
  await secretariat.record('XXD', 'withdrawals', atWar);
});
afterAll(() => secretariat.service.stop());

const extension = factBodies.extensions;
const gone = '00000000-0000-5000-8000-000000000000';

/** Each: who asks for what, why it is refused, where, and the rule it names. */
const refusals: readonly (readonly [
  code: FactRefusalCode,
  state: string | null,
  path: string,
  body: object,
  pointer: string,
  rule?: string,
])[] = [
  [
    'no-such-act',
    'XXA',
    'withdrawals',
    { kind: 'suspension', notifiedOn: '2025-07-18' },
    '/kind',
    'Article 20.3',
  ],
  ['no-such-act', 'XXA', 'withdrawals', { kind: 'opting out' }, '/kind', 'Article 20.3'],
  ['no-extension', 'XXA', 'extensions', { ...extension, article: '4' }, '/article', 'Article 4'],
  ['no-instrument', 'XXE', 'extensions', extension, ''],
  ['no-instrument', 'XXE', 'completions', factBodies.completions, ''],
  ['no-instrument', 'XXE', 'withdrawals', { receivedOn: '2010-01-15' }, '', 'Article 20.3'],
  ['no-instrument', 'XXA', 'withdrawals', { receivedOn: '2002-01-15' }, '', 'Article 20.3'],
  ['no-instrument', 'XXE', 'breaches', { article: '4' }, ''],
  ['no-instrument', 'XXE', 'report-submissions', { kind: 'annual', period: '2009' }, ''],
  [
    'second-instrument',
    'XXA',
    'instruments',
    { kind: 'ratification', depositedOn: '2011-05' },
    '/depositedOn',
  ],
  [
    'second-instrument',
    'XXC',
    'instruments',
    { kind: 'accession', depositedOn: '2010-07-14' },
    '/depositedOn',
  ],
  [
    'before-opening',
    'XXE',
    'instruments',
    { kind: 'ratification', depositedOn: '1997-12-02' },
    '/depositedOn',
    'Article 15',
  ],
  [
    'before-opening',
    'XXE',
    'instruments',
    { kind: 'signature', signedOn: '1997-11' },
    '/signedOn',
    'Article 15',
  ],
  ['second-withdrawal', 'XXC', 'withdrawals', { receivedOn: '2010-03-01' }, '', 'Article 20.3'],
  ['second-withdrawal', 'XXD', 'withdrawals', { receivedOn: '2010-03-01' }, '', 'Article 20.3'],
  ['not-a-party', 'XXC', 'completions', { article: '4', completedOn: '2010-07-15' }, ''],
  ['not-a-party', 'XXC', 'extensions', extension, ''],
  ['unknown-meeting', 'XXA', 'extensions', { ...extension, meeting: '99MSP' }, '/meeting'],
  [
    'unknown-meeting',
    'XXA',
    'completions',
    { ...factBodies.completions, meeting: gone },
    '/meeting',
  ],
  ['unknown-meeting', 'XXA', 'breaches', { article: '4', meeting: '99MSP' }, '/meeting'],
  [
    'unknown-meeting',
    null,
    'action-plans',
    { name: 'Plan', from: '2030', meeting: '99MSP' },
    '/meeting',
  ],
  [
    'not-of-the-meeting',
    'XXA',
    'extensions',
    { ...extension, decidedOn: '2013-01-08' },
    '/decidedOn',
  ],
  [
    'not-of-the-meeting',
    'XXA',
    'completions',
    { ...factBodies.completions, meeting: '12MSP' },
    '/declaredOn',
  ],
  [
    'shorter-than-deadline',
    'XXA',
    'extensions',
    { article: '5', until: '2014-03-01' },
    '/until',
    '5.3',
  ],
  [
    'longer-than-possible',
    'XXA',
    'extensions',
    { ...extension, until: '2024-03-02' },
    '/until',
    '5.3',
  ],
  [
    'already-completed',
    'XXB',
    'completions',
    { article: '4', completedOn: '2007-10-31' },
    '/completedOn',
  ],
  ['name-taken', null, 'meetings', { name: '12MSP', kind: 'other', dates: '2012' }, '/name'],
  ['name-taken', null, 'meetings', { name: ' 12msp ', kind: 'other', dates: '2012' }, '/name'],
  ['name-taken', null, 'action-plans', { name: 'oslo action plan', from: '2031' }, '/name'],
  ['no-such-fact', null, 'reversals', { entry: gone, reason: 'wrong' }, '/entry'],
];

describe('what does not fit the record', () => {
  it.each(
    refusals.map(
      ([code, state, path, body, pointer, rule]) =>
        [code, state, path, body, pointer, rule] as const,
    ),
  )('is %s: %s %s %j', async (code, state, path, body, pointer, rule) => {
    for (const way of [path, `${path}?dryRun=true`]) {
      const answer = await secretariat.ask(state, way, body);
      expect(expectProblem(answer, code)).toEqual([pointer]);
      const [error] = answer.body.errors;
      expect([error?.['code'], error?.['rule']]).toEqual([code, rule]);
    }
  });

  it('is refused for each reason that there is; reversals have a test of their own', () => {
    const tried = new Set(refusals.map(([code]) => code));
    const rest = factRefusalCodes.filter((code) => !tried.has(code));
    expect(rest).toEqual(['fact-reversed', 'fact-rested-on']);
  });

  it('an extension of Article 4 and a suspension are answered with why', async () => {
    const no = await secretariat.ask('XXA', 'extensions', { ...extension, article: '4' });
    expect(no.body.detail).toMatch(/no paragraph on extensions/);
    const suspension = await secretariat.ask('XXA', 'withdrawals', { kind: 'suspension' });
    expect(suspension.body.detail).toMatch(/does not allow the suspension.*22nd Meeting/);
  });

  it('names the facts in the way', async () => {
    const answer = await secretariat.ask('XXB', 'completions', factBodies.completions);
    const [before] = (await secretariat.service.get('/v1/states/XXB/facts')).body.items.slice(1);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ code: 'already-completed', facts: [before?.['fact']] }),
    ]);
  });

  it('of several kinds at once is refused for all of them', async () => {
    const body = { ...extension, until: '2014-01-01', meeting: '99MSP' };
    const answer = await secretariat.ask('XXA', 'extensions', body);
    expect(expectProblem(answer, 'refused')).toEqual(['/until', '/meeting']);
    const codes = answer.body.errors.map(({ code }) => code);
    expect(codes).toEqual(['shorter-than-deadline', 'unknown-meeting']);
  });

  it('leaves no trace', async () => {
    const { items } = (await secretariat.service.get('/v1/states/XXE/facts')).body;
    expect(items).toEqual([]);
    expect((await secretariat.obligations('XXE', '2026-11-23')).party).toBe(false);
  });
});

describe('what is not right in itself', () => {
  it.each<[string, string, object, string[]]>([
    ['no day at all', 'instruments', { kind: 'accession' }, ['/depositedOn']],
    ['only a year', 'instruments', { kind: 'accession', depositedOn: '2003' }, ['/depositedOn']],
    [
      'a day that is not',
      'instruments',
      { kind: 'accession', depositedOn: '2003-02-29' },
      ['/depositedOn'],
    ],
    [
      'a deposit of tomorrow',
      'instruments',
      { kind: 'accession', depositedOn: '2026-11-25' },
      ['/depositedOn'],
    ],
    [
      'a deposited signature',
      'instruments',
      { kind: 'signature', depositedOn: '1998-01-01' },
      ['/signedOn', '/depositedOn'],
    ],
    [
      'a succession without its date',
      'instruments',
      { kind: 'succession', depositedOn: '2006-10-23' },
      ['/entryIntoForce'],
    ],
    [
      'a computed date given',
      'instruments',
      { kind: 'accession', depositedOn: '2003-09-10', entryIntoForce: '2004-03-01' },
      ['/entryIntoForce'],
    ],
    [
      'a month for a day',
      'instruments',
      { kind: 'succession', depositedOn: '2006-10-23', entryIntoForce: '2007-04' },
      ['/entryIntoForce'],
    ],
    [
      'signed after it was deposited',
      'instruments',
      { kind: 'ratification', depositedOn: '2003-09-10', signedOn: '2003-09-11' },
      ['/depositedOn'],
    ],
    ['an unknown act', 'instruments', { kind: 'wish', depositedOn: '2003-09-10' }, ['/kind']],
    ['a withdrawal of no day', 'withdrawals', {}, ['/receivedOn']],
    [
      'received before it was sent',
      'withdrawals',
      { notifiedOn: '2025-06-27', receivedOn: '2025-06-26' },
      ['/receivedOn'],
    ],
    [
      'a peace without a war',
      'withdrawals',
      { receivedOn: '2025-06-27', conflictEndedOn: '2025-07-01' },
      ['/conflictEndedOn'],
    ],
    [
      'an effect too early',
      'withdrawals',
      { receivedOn: '2025-06-27', effectiveOn: '2025-12-26' },
      ['/effectiveOn'],
    ],
    ['an extension until a month', 'extensions', { article: '5', until: '2018-01' }, ['/until']],
    ['an extension for ever', 'extensions', { article: '5', until: '9999-12-31' }, ['/until']],
    [
      'an extension of a report',
      'extensions',
      { article: '7.1', until: '2018-01-01' },
      ['/article'],
    ],
    [
      'the nought-th extension',
      'extensions',
      { article: '5', until: '2018-01-01', ordinal: 0 },
      ['/ordinal'],
    ],
    [
      'a completion to come',
      'completions',
      { article: '4', completedOn: '2027' },
      ['/completedOn'],
    ],
    ['a completion of nothing', 'completions', { article: '4' }, ['/completedOn']],
    [
      'declared before it was done',
      'completions',
      { article: '4', completedOn: '2007-10', declaredOn: '2007-09' },
      ['/declaredOn'],
    ],
    [
      'a report before its year',
      'report-submissions',
      { kind: 'annual', period: '2009', submittedOn: '2008' },
      ['/submittedOn'],
    ],
    ['coverage backwards', 'coverage', { article: '4', from: '2009', to: '2008' }, ['/to']],
    ['coverage of the future', 'coverage', { article: '4', from: '2009', to: '2027' }, ['/to']],
    [
      'coverage of no article',
      'coverage',
      { article: '9', from: '2009', to: '2010' },
      ['/article'],
    ],
    ['a breach of which year', 'breaches', { article: '7.2' }, ['/period']],
    ['a breach of Article 4 in a year', 'breaches', { article: '4', period: '2009' }, ['/period']],
    ['an objection to itself', 'objections', { by: 'XXA', against: 'a thing' }, ['/by']],
    ['an objection of nobody', 'objections', { by: 'ZZZ', against: 'a thing' }, ['/by']],
  ])('%s: %s %j', async (_, path, body, pointers) => {
    const answer = await secretariat.ask('XXA', path, body);
    expect(expectProblem(answer, 'invalid')).toEqual(pointers);
  });

  it.each<[string, string, object, string[]]>([
    [
      'a meeting at the end of time',
      'meetings',
      { name: 'A', kind: 'other', dates: '2031/9999' },
      ['/dates'],
    ],
    [
      'a plan for ever',
      'action-plans',
      { name: 'A', from: '2031', foundMonths: 1e12 },
      ['/foundMonths'],
    ],
    [
      'a plan that ends first',
      'action-plans',
      { name: 'A', from: '2031', until: '2030' },
      ['/until'],
    ],
  ])('%s: %s %j', async (_, path, body, pointers) => {
    expect(expectProblem(await secretariat.ask(null, path, body), 'invalid')).toEqual(pointers);
  });

  it('all of it is said at once', async () => {
    const body = {
      kind: 'wish',
      depositedOn: '2003-02-30',
      signedOn: 'soon',
      entryIntoForce: 7,
      source: '',
      basis: 'hearsay',
      remark: 'no such field',
      evidence: [{ name: 'a', mediaType: 'b', sha256: 'c' }],
    };
    const answer = await secretariat.ask('XXE', 'instruments', body);
    expect(expectProblem(answer, 'invalid').sort()).toEqual([
      '/basis',
      '/depositedOn',
      '/entryIntoForce',
      '/evidence/0/sha256',
      '/kind',
      '/remark',
      '/signedOn',
      '/source',
    ]);
    const dates = { article: '9', until: '3000-01-01', decidedOn: '2031' };
    const second = await secretariat.ask('XXA', 'extensions', dates);
    expect(expectProblem(second, 'invalid').sort()).toEqual(['/article', '/decidedOn', '/until']);
  });

  it('a State that is none, and a route that is none', async () => {
    expectProblem(await secretariat.ask('ZZZ', 'instruments', {}), 'unknown-state');
    expectProblem(await secretariat.ask('XXA', 'suspensions', {}), 'not-found');
    expectProblem(await secretariat.ask('XXA', 'meetings', {}), 'not-found');
  });
});
