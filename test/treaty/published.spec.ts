/**
 * The file of published facts, and what follows from it alone: counts and dates that were published
 * elsewhere, and that nothing here was fitted to.
 */
import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { membershipOn } from '../../src/treaty/membership.ts';
import type { Obligation } from '../../src/treaty/obligation.ts';
import { publishedFacts, TestTreaty } from '../support/treaty.ts';
import {
  clearanceDeadlines,
  entriesIntoForce,
  initialReports,
  stockpileDeadlines,
} from './published-dates.ts';

const facts = publishedFacts();
const treaty = new TestTreaty('2026-11-24');
for (const fact of facts) treaty.record(fact);
const states = [...treaty.book.states(treaty.position)].sort();

function depositedBy(day: string): number {
  return facts.filter(
    ({ kind, body }) => kind === 'instrument' && (body.depositedOn ?? '9999') <= day,
  ).length;
}

function partiesOn(day: string): number {
  return states.filter((state) => membershipOn(treaty.memberships(state), day)).length;
}

function owed(state: string, article: string, on: string): Obligation {
  const obligations = treaty.on(on, state).current?.obligations ?? [];
  const found = obligations.find((obligation) => obligation.article === article);
  assert(found, `${state} owes nothing under Article ${article} on ${on}`);
  return found;
}

describe('The published facts', () => {
  it('are of 166 States, one instrument each, and each says where it is from', () => {
    expect(states).toHaveLength(166);
    expect(facts.filter(({ kind }) => kind === 'instrument')).toHaveLength(166);
    const unsourced = facts.filter(
      ({ body }) => !('source' in body) && body.remarks?.includes('From memory') !== true,
    );
    expect(unsourced).toEqual([]);
  });

  it('say of each whether it was read; what is to be checked says why', () => {
    const open = facts.filter(({ body }) => !('basis' in body) || body.basis !== 'read');
    expect(open.map(({ kind, state, body }) => [kind, state, 'remarks' in body])).toEqual([
      ['meeting', null, true],
      ['action-plan', null, true],
      ['action-plan', null, true],
      ['extension', 'AGO', true],
      ['instrument', 'OMN', true],
      ['instrument', 'SSD', true],
    ]);
  });

  it.each([
    // The fortieth deposit brought the Convention into force.
    ['1998-09-16', 40],
    // General Assembly resolution 67/32, adopted on 3 December 2012.
    ['2012-12-03', 160],
    ['2026-11-24', 166],
  ])('by %s count %i deposited instruments', (day, count) => {
    expect(depositedBy(day)).toBe(count);
  });

  it.each([
    ['1999-02-28', 0],
    // The forty, and the five of the last days of September 1998.
    ['1999-03-01', 45],
    // Marshall Islands were the 165th, Tonga the 166th.
    ['2025-08-31', 164],
    ['2025-09-01', 165],
    ['2025-11-30', 165],
    ['2025-12-01', 166],
    // Estonia, Latvia and Lithuania; Finland; Poland.
    ['2025-12-26', 166],
    ['2025-12-27', 163],
    ['2026-01-09', 163],
    ['2026-01-10', 162],
    ['2026-02-19', 162],
    ['2026-02-20', 161],
    ['2026-02-21', 161],
    ['2026-11-24', 161],
  ])('on %s make %i parties', (day, count) => {
    expect(partiesOn(day)).toBe(count);
  });
});

describe('Published dates', () => {
  it.each(entriesIntoForce)('of %s: in force on %s', (state, day) => {
    expect(treaty.memberships(state).map((one) => one.entryIntoForce.day)).toEqual([day]);
  });

  it.each(initialReports)('of %s: the initial report due on %s', (state, day) => {
    expect(owed(state, '7.1', '2026-11-24').due.day).toBe(day);
  });

  it.each(stockpileDeadlines)('of %s: stockpiles by %s', (state, day) => {
    expect(owed(state, '4', '2026-11-24').due.day).toBe(day);
  });

  it.each(clearanceDeadlines)('of %s: mined areas by %s', (state, day) => {
    expect(owed(state, '5', '2026-11-24').due.day).toBe(day);
  });

  it('follow Angola from deadline to deadline', () => {
    const due = (on: string) => owed('AGO', '5', on).due.day;
    expect(['2012-06-01', '2013-01-01', '2018-01-01'].map(due)).toEqual([
      '2013-01-01',
      '2018-01-01',
      '2025-12-31',
    ]);
  });
});

describe('What the published facts say of 24 November 2026', () => {
  const statuses = (article: string): Readonly<Record<string, readonly string[]>> => {
    const all = states.flatMap((state) =>
      (treaty.on('2026-11-24', state).current?.obligations ?? [])
        .filter((obligation) => obligation.article === article)
        .map(({ status }) => ({ state, status })),
    );
    const groups = Object.entries(Object.groupBy(all, ({ status }) => status));
    return Object.fromEntries(groups.map(([status, of]) => [status, of.map((one) => one.state)]));
  };
  const counts = (article: string) =>
    Object.fromEntries(Object.entries(statuses(article)).map(([name, of]) => [name, of.length]));

  it('accuses only Greece and Ukraine, as the fourth Review Conference did', () => {
    expect(statuses('4')['missed']).toEqual(['GRC', 'UKR']);
    expect(['5', '7.1', '7.2'].flatMap((article) => statuses(article)['missed'] ?? [])).toEqual([]);
    expect(owed('GRC', '4', '2026-11-24').since).toBe('2008-03-02');
    expect(owed('UKR', '4', '2026-11-24').since).toBe('2010-06-02');
  });

  it('has Afghanistan and Belarus late with their stockpiles, whose completion it has', () => {
    // 1 March 2007 and October 2007; 1 March 2008 and April 2017.
    expect(statuses('4')['met-late']).toEqual(['AFG', 'BLR']);
  });

  it('has the two newest parties before their first deadlines', () => {
    expect(statuses('4')['pending']).toEqual(['MHL', 'TON']);
    // In force for Sri Lanka and Palestine since June 2018: until June 2028.
    expect(statuses('5')['pending']).toEqual(['LKA', 'MHL', 'PSE', 'TON']);
  });

  it('has no report of 2025 owed by the five that left before 30 April 2026', () => {
    expect(statuses('7.2')['not-owed']).toEqual(['EST', 'FIN', 'LTU', 'LVA', 'POL']);
  });

  it('says of the rest that nothing is recorded', () => {
    expect(counts('4')).toEqual({ met: 32, 'met-late': 2, missed: 2, pending: 2, unrecorded: 128 });
    expect(counts('5')).toEqual({ met: 7, pending: 4, unrecorded: 155 });
    expect(counts('7.1')).toEqual({ unrecorded: 166 });
    expect(counts('7.2')).toEqual({ 'not-owed': 5, unrecorded: 4033 });
  });

  it('has 157 parties that owed a report on 30 April 2012', () => {
    // Of the 160 of December 2012 without Finland, Somalia and Tuvalu, bound only in 2012.
    const owing = states.filter((state) =>
      treaty.on('2012-04-30', state).current?.obligations.some(({ period }) => period === '2011'),
    );
    expect(owing).toHaveLength(157);
  });

  it('says of what is to be checked that it is', () => {
    const unsure = states.filter((state) =>
      owed(state, '7.1', '2026-11-24').findings.some(({ finding }) => finding === 'to-be-checked'),
    );
    expect(unsure).toEqual(['OMN', 'SSD']);
  });

  it('has what Greece and Belarus had missed in 2010, though it was said later', () => {
    expect(owed('GRC', '4', '2010-12-31').status).toBe('missed');
    expect(owed('BLR', '4', '2010-12-31').status).toBe('missed');
    expect(owed('BLR', '4', '2008-03-01').status).toBe('pending');
  });
});
