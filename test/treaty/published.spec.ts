/**
 * The file of published facts, and what follows from it alone: counts and dates that were published
 * elsewhere, and that nothing here was fitted to.
 */
import { describe, expect, it } from '@jest/globals';
import { membershipOn } from '../../src/treaty/membership.ts';
import { publishedFacts, TestTreaty } from '../support/treaty.ts';

const facts = publishedFacts();
const treaty = new TestTreaty('2026-11-24');
for (const fact of facts) treaty.record(fact);
const states = [...treaty.book.states(treaty.position)];

function depositedBy(day: string): number {
  return facts.filter(
    ({ kind, body }) => kind === 'instrument' && (body.depositedOn ?? '9999') <= day,
  ).length;
}

function partiesOn(day: string): number {
  return states.filter((state) => membershipOn(treaty.memberships(state), day)).length;
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
