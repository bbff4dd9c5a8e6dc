/** Every date and every status says what it rests on, and all of it holds at two times. */
import { describe, expect, it } from '@jest/globals';
import { isBound, signedOn } from '../../src/treaty/membership.ts';
import type { Obligation } from '../../src/treaty/obligation.ts';
import { publishedFacts, TestTreaty } from '../support/treaty.ts';
import { LawStock } from './law-stock.ts';

const treaty = new TestTreaty('2026-11-24');
for (const fact of publishedFacts()) treaty.record(fact);
const states = [...treaty.book.states(treaty.position)];

function obligationsOn(day: string): readonly Obligation[] {
  return states.flatMap((state) => treaty.on(day, state).current?.obligations ?? []);
}

describe('An explanation', () => {
  it.each(['2008-03-02', '2026-11-24'])('stands with every date and status of %s', (day) => {
    const unexplained = obligationsOn(day).filter(({ due, status, because, grounds }) => {
      const all = [...due.grounds, ...grounds];
      const isKnown = all.every(({ fact }) => fact !== null && treaty.book.get(fact) !== undefined);
      const needsGround = status.startsWith('met') || status === 'missed';
      const isReckoned = due.arithmetic.includes(due.day) && due.rule !== '' && due.article !== '';
      const isGrounded = due.grounds.length > 0 && (!needsGround || grounds.length > 0);
      return !isKnown || !isReckoned || !isGrounded || because === '';
    });
    expect(unexplained).toEqual([]);
  });

  it('of a deadline that was extended leads through all of it', () => {
    const five = treaty.on('2026-11-24', 'AGO').current?.obligations.find((o) => o.article === '5');
    expect(five?.due).toMatchObject({
      day: '2025-12-31',
      arithmetic: '2018-01-01 extended to 2025-12-31 by 16MSP',
      grounds: [
        { what: 'entry into force', value: '2003-01-01', basis: 'read' },
        { what: 'extended until', value: '2018-01-01', source: 'apminebanconvention.org, Angola' },
        { what: 'extended until', value: '2025-12-31', basis: 'to be checked' },
      ],
    });
    expect(five?.extensions).toMatchObject([
      { until: '2018-01-01', decidedOn: '2012', meeting: '12MSP', readAsOf: null },
      { until: '2025-12-31', decidedOn: '2017', meeting: '16MSP', readAsOf: '2025-12' },
    ]);
  });

  it('of an entry into force and of an end says the arithmetic and the source', () => {
    const [membership] = treaty.memberships('FIN');
    expect(membership?.entryIntoForce).toMatchObject({
      arithmetic: 'first day of the month of 2012-01-09 + 6 months = 2012-07-01',
      grounds: [{ what: 'deposited', value: '2012-01-09' }],
    });
    expect(membership?.withdrawal?.effect).toMatchObject({
      article: '20.3',
      arithmetic: '2025-07-10 + 6 months = 2026-01-10',
      grounds: [{ what: 'received by the Depositary', value: '2025-07-10', basis: 'read' }],
    });
    expect(treaty.memberships('POL')[0]?.withdrawal?.effect).toMatchObject({
      arithmetic: 'given as 2026-02-20',
      grounds: [{ what: 'effect as given' }],
    });
  });

  it('keeps a month a month, and what a source does not give open', () => {
    const four = treaty.on('2026-11-24', 'AFG').current?.obligations.find((o) => o.article === '4');
    expect(four).toMatchObject({ completedOn: '2007-10', declaredOn: null, meeting: null });
    const five = treaty.on('2026-11-24', 'MOZ').current?.obligations.find((o) => o.article === '5');
    expect(five).toMatchObject({ completedOn: null, declaredOn: '2015-12', meeting: null });
  });

  it('names the find, the rule and its source', () => {
    const stock = new LawStock();
    stock.find('e7', '2021-03', '2021-03-31', 12);
    const found = treaty
      .on('2021-12-31', 'AFG', stock)
      .current?.obligations.find(({ article }) => article === '4-found');
    expect(found).toMatchObject({ entry: 'e7', status: 'missed', remaining: 12 });
    expect(found?.due.grounds).toMatchObject([
      { what: 'found', value: '2021-03', fact: 'e7' },
      { what: 'rule', value: 'Oslo Action Plan' },
    ]);
  });
});

describe('What was known', () => {
  it('is what was recorded by then, whatever was recorded later', () => {
    const late = new TestTreaty('2026-11-24');
    late.record({
      kind: 'instrument',
      state: 'XXA',
      body: { kind: 'accession', depositedOn: '2003-09-25' },
    });
    const before = late.position;
    const completion = late.record({
      kind: 'completion',
      state: 'XXA',
      body: { article: '4', completedOn: '2008-05-05' },
    });
    const after = late.position;
    expect(late.reverse(completion.id)).toEqual([]);
    const status = (on: string, known?: bigint) =>
      late.on(on, 'XXA', undefined, known).current?.obligations[0]?.status;
    expect(status('2010-01-01', before)).toBe('unrecorded');
    expect(status('2010-01-01', after)).toBe('met-late');
    expect(status('2008-04-01', after)).toBe('missed');
    expect(status('2010-01-01')).toBe('unrecorded');
    expect(late.on('2010-01-01', 'XXA', undefined, 0n).current).toBeUndefined();
    expect(late.book.states(0n).size).toBe(0);
  });
});

describe('Who is bound', () => {
  const bound = (day: string) => states.filter((state) => isBound(treaty.memberships(state), day));

  it('is who has deposited and not left', () => {
    expect(bound('2012-12-03')).toHaveLength(160);
    expect(bound('1998-09-16')).toHaveLength(40);
    expect(bound('2025-12-27')).toHaveLength(163);
    expect(bound('2026-02-20')).toHaveLength(161);
  });

  it('is not who only signed', () => {
    const signed = new TestTreaty();
    signed.record({
      kind: 'instrument',
      state: 'XXA',
      body: { kind: 'signature', signedOn: '1997-12-04' },
    });
    expect(isBound(signed.memberships('XXA'), '2026-11-24')).toBe(false);
    expect(signedOn(signed.book.standing('XXA', signed.position))).toBe('1997-12-04');
    expect(signedOn(treaty.book.standing('AFG', treaty.position))).toBeUndefined();
  });
});
