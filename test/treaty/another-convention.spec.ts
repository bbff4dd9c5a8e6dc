/**
 * A second convention is a definition and its own rule tests, nothing else. This one is invented: its
 * periods, articles and reports are others, so that a rule that knew the Mine Ban by heart would show.
 */
import { describe, expect, it } from '@jest/globals';
import { decideFact } from '../../src/treaty/admission.ts';
import type { Convention } from '../../src/treaty/convention.ts';
import { FactBook, StandingFacts } from '../../src/treaty/fact-book.ts';
import type { AskedFact, Fact } from '../../src/treaty/facts.ts';
import { complianceOf } from '../../src/treaty/obligations.ts';
import { LawStock } from './law-stock.ts';

const invented: Convention = {
  name: 'Convention on Exercises',
  source: 'invented for this test',
  opening: { article: '30', on: '2020-02-10' },
  entryIntoForce: {
    first: { article: '31.1', lastDeposit: '2021-01-31', on: '2021-08-01' },
    later: { article: '31.2', months: 3 },
    succession: { article: '31' },
  },
  withdrawal: { article: '35', months: 12 },
  noSuchActs: {},
  duties: [
    {
      kind: 'deadline',
      article: 'III',
      what: 'Destroy the stock',
      years: 8,
      judgedBy: 'stock',
      extension: { possible: true, yearsMax: 4, article: 'III.3' },
    },
    { kind: 'initial-report', article: 'IX', days: 90 },
  ],
};

function recorded(...asked: readonly AskedFact[]): StandingFacts {
  const book = new FactBook();
  asked.forEach((fact, n) => {
    book.take({ ...fact, id: `f${n + 1}`, position: BigInt(n + 1) } as Fact);
  });
  return book.standing('XXA', book.position);
}

const none = new StandingFacts([]);
const accession = (depositedOn: string): AskedFact => ({
  kind: 'instrument',
  state: 'XXA',
  body: { kind: 'accession', depositedOn },
});
const extension = (until: string, decidedOn?: string): AskedFact => ({
  kind: 'extension',
  state: 'XXA',
  body: { article: 'III', until, ...(decidedOn !== undefined && { decidedOn }) },
});

describe('Another convention', () => {
  const told = (facts: StandingFacts, on: string, stock = new LawStock()) =>
    complianceOf(invented, facts, none, stock, on).current?.obligations.map(
      ({ article, due, status }) => [article, due.day, status],
    );

  it('has its own periods, and no annual report', () => {
    expect(told(recorded(accession('2022-05-31')), '2025-01-01')).toEqual([
      ['III', '2030-08-01', 'pending'],
      ['IX', '2022-10-30', 'unrecorded'],
    ]);
    expect(told(recorded(accession('2021-01-31')), '2021-08-01')?.[0]?.[1]).toBe('2029-08-01');
  });

  it('may extend a deadline for stock, within its own most', () => {
    const facts = recorded(accession('2022-05-31'));
    const decide = (asked: AskedFact) =>
      decideFact(asked, { law: invented, facts, common: none }, Date.parse('2026-11-24'));
    expect(decide(extension('2034-08-01', '2026-01-01')).outcome).toBe('accepted');
    expect(decide(extension('2034-08-02', '2026-01-01'))).toMatchObject({
      refusals: [{ code: 'longer-than-possible', rule: 'III.3' }],
    });
    const granted = recorded(accession('2022-05-31'), extension('2034-08-01', '2026-01-01'));
    expect(told(granted, '2031-01-01')?.[0]).toEqual(['III', '2034-08-01', 'pending']);
  });

  it('may ask for yearly reports and no initial one', () => {
    const duties = [{ kind: 'annual-report', article: 'X', dayOfNextYear: '06-30' }] as const;
    const facts = recorded(accession('2022-05-31'));
    const { current } = complianceOf(
      { ...invented, duties },
      facts,
      none,
      new LawStock(),
      '2024-07-01',
    );
    expect(
      current?.obligations.map(({ period, due, status }) => [period, due.day, status]),
    ).toEqual([
      ['2022', '2023-06-30', 'unrecorded'],
      ['2023', '2024-06-30', 'unrecorded'],
    ]);
  });

  it('knows no cases for found stock where it names none', () => {
    const stock = new LawStock();
    stock.find('e1', '2031-01-01', '2031-01-01', 5);
    expect(told(recorded(accession('2022-05-31')), '2031-01-02', stock)).toEqual([
      ['III', '2030-08-01', 'missed'],
      ['IX', '2022-10-30', 'unrecorded'],
    ]);
  });

  it('refuses in its own words', () => {
    const decide = (asked: AskedFact) =>
      decideFact(asked, { law: invented, facts: none, common: none }, Date.parse('2026-11-24'));
    expect(decide(accession('2020-02-09'))).toMatchObject({
      refusals: [{ code: 'before-opening', rule: 'Article 30' }],
    });
    expect(decide(extension('2034-08-01'))).toMatchObject({
      refusals: [{ code: 'no-instrument' }],
    });
    const four: AskedFact = {
      kind: 'coverage',
      state: 'XXA',
      body: { article: '4', from: '2021', to: '2022' },
    };
    expect(decide(four)).toMatchObject({
      faults: [{ pointer: '/article', detail: 'must be one of: III, IX' }],
    });
    const act: AskedFact = { kind: 'withdrawal', state: 'XXA', body: { kind: 'suspension' } };
    expect(decide(act)).toMatchObject({ refusals: [{ code: 'no-such-act', rule: 'Article 35' }] });
  });
});
