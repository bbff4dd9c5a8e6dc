import { describe, expect, it } from '@jest/globals';
import { declared, m14 } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

const school = { institution: 'School' };

/** Twenty of a hundred are retained; ten of those are trained with in 2005, and none is consumed. */
function trained() {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004', 100));
  ledger.given('retention', { effectiveDate: '2004', lines: m14(20, { toInstitution: 'School' }) });
  const use = ledger.when('use', {
    effectiveDate: '2005',
    purpose: 'dog training',
    lines: m14(0, { ...school, used: 10 }),
  });
  return { ledger, use };
}

const on = '2026-01-01';

describe('Use without consumption: dogs were trained with ten mines, and none was used up', () => {
  it('is an entry all the same, which posts nothing', () => {
    const { ledger, use } = trained();
    expect(use.postings).toEqual([]);
    expect(ledger.thenEntries({ on })).toContainEqual(['e3', 'use', null]);
    expect(use.body).toMatchObject({ lines: [{ quantity: 0, used: 10 }] });
  });

  it('changes no figure and explains none', () => {
    const { ledger } = trained();
    expect(ledger.then({ on })).toMatchObject({ remaining: 80, retained: 20, unaccounted: 0 });
    expect(ledger.thenWhy('retained', { on })).toEqual(['e2 retention 2004 +20']);
  });

  it('stands beside a use that did consume', () => {
    const { ledger } = trained();
    ledger.when('use', { effectiveDate: '2006', lines: m14(3, { ...school, used: 5 }) });
    expect(ledger.then({ on })).toMatchObject({
      retained: 17,
      accounts: { 'held/stockpile': 80, retained: 17, 'gone/consumed': 3 },
    });
  });

  it('can be reversed, which posts nothing either', () => {
    const { ledger } = trained();
    const reversal = ledger.when('reversal', { entry: 'e3', reason: 'other mines' });
    expect(reversal.postings).toEqual([]);
    expect(ledger.thenEntries({ on })).toContainEqual(['e3', 'use', 'e4']);
  });

  it('may be of mines that were never recorded as retained: nothing is taken', () => {
    const { ledger } = trained();
    const before = ledger.then({ on }).retained;
    ledger.when('use', { effectiveDate: '2007', lines: m14(0, { used: 10 }) });
    expect(ledger.then({ on }).retained).toBe(before);
  });
});
