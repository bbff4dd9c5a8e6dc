import { describe, expect, it } from '@jest/globals';
import { declared, destroyed } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

/** Declared 100 in March 2004, 25 destroyed in 2009; then the 40 of 2008 are recorded. */
function learnt() {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004-03', 100));
  ledger.given('destruction', destroyed('2009-05-01', 25));
  const late = ledger.when('destruction', destroyed('2008', 40));
  return { ledger, late };
}

describe('Late entry: in 2020 it is learnt that 40 mines were destroyed in 2008 already', () => {
  it('is counted from the last day of 2008 on', () => {
    const { ledger } = learnt();
    expect(ledger.then({ on: '2008-12-30' }).remaining).toBe(100);
    expect(ledger.then({ on: '2008-12-31' }).remaining).toBe(60);
    expect(ledger.then({ on: '2009-05-01' }).remaining).toBe(35);
  });

  it('changes nothing of what was known before it was recorded', () => {
    const { ledger } = learnt();
    expect(ledger.then({ on: '2008-12-31', knownAfter: 2 }).remaining).toBe(100);
    expect(ledger.then({ on: '2026-01-01', knownAfter: 2 }).remaining).toBe(75);
  });

  it('stands in the explanation where it happened, not where it was learnt', () => {
    const { ledger } = learnt();
    expect(ledger.thenWhy('remaining', { on: '2026-01-01' })).toEqual([
      'e1 inventory 2004-03 +100',
      'e3 destruction 2008 −40',
      'e2 destruction 2009-05-01 −25',
    ]);
    expect(ledger.thenEntries({ on: '2026-01-01' }).map(([id]) => id)).toEqual(['e1', 'e2', 'e3']);
  });

  it('puts nothing in question where nothing was counted', () => {
    const { ledger, late } = learnt();
    expect(late.contradicts).toEqual([]);
    expect(ledger.then({ on: '2026-01-01' }).unaccounted).toBe(0);
  });

  it('is refused when a later day would then be below zero, naming the day and who depends on it', () => {
    const { ledger } = learnt();
    expect(ledger.whenRefused('destruction', destroyed('2007', 36))).toMatchObject([
      {
        code: 'breaks-later-day',
        day: '2009-05-01',
        available: 35,
        entries: [{ entry: 'e3' }, { entry: 'e2' }],
      },
    ]);
  });

  it('is refused before the mines are known to have been there, with the narrower date to write', () => {
    const { ledger } = learnt();
    const [refusal] = ledger.whenRefused('destruction', destroyed('2004-03-15', 1));
    expect(refusal).toMatchObject({ code: 'insufficient-stock', entries: [{ entry: 'e1' }] });
    expect(refusal?.detail).toContain('dated "2004-03" it counts on the last day of that');
  });
});
