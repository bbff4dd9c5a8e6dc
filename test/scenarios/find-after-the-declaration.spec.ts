import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14 } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

/** Declared 100 in 2004, all destroyed and counted at nothing in 2007; twelve found in 2012. */
function found() {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004', 100));
  ledger.given('destruction', destroyed('2007-11-30', 100));
  ledger.given('count', { ...counted('2007-12-31', 0), complete: true, lines: [] });
  const find = ledger.when('inventory', {
    effectiveDate: '2012-06-05',
    basis: 'newly-found',
    remarks: 'behind a wall of the old barracks',
    lines: m14(12, { site: 'Barracks' }),
  });
  return { ledger, find };
}

describe('Find after the declaration: everything was destroyed, then a forgotten store turns up', () => {
  it('was at nothing when it was declared, and stays so for that day', () => {
    const { ledger } = found();
    expect(ledger.then({ on: '2007-12-31' })).toMatchObject({ remaining: 0, unaccounted: 0 });
    expect(ledger.then({ on: '2012-06-04' }).remaining).toBe(0);
  });

  it('is stock from the day it was found on', () => {
    const { ledger } = found();
    expect(ledger.then({ on: '2012-06-05' })).toMatchObject({
      remaining: 12,
      accounts: { 'held/stockpile': 12, 'gone/destroyed-article-4': 100 },
    });
    expect(ledger.thenWhy('remaining', { on: '2012-06-05' }, { site: 'Barracks' })).toEqual([
      'e4 inventory 2012-06-05 +12',
    ]);
  });

  it('is told apart from what was declared by its source', () => {
    const { ledger } = found();
    const on = '2026-01-01';
    expect(ledger.thenWhy('source/newly-found', { on })).toEqual(['e4 inventory 2012-06-05 −12']);
    expect(ledger.thenWhy('source/declared', { on })).toEqual(['e1 inventory 2004 −100']);
  });

  it('contradicts no count, as it was found after it', () => {
    const { find } = found();
    expect(find.contradicts).toEqual([]);
  });

  it('contradicts the count that found nothing when it is dated before that', () => {
    const { ledger } = found();
    const early = ledger.when('inventory', {
      effectiveDate: '2006',
      basis: 'newly-found',
      lines: m14(5, { site: 'Harbour' }),
    });
    expect(early.contradicts).toMatchObject([
      { change: 5, counts: [{ entry: 'e3', day: '2007-12-31', counted: 0 }] },
    ]);
    expect(ledger.then({ on: '2007-12-31' })).toMatchObject({ remaining: 5, unaccounted: 5 });
    expect(ledger.then({ on: '2007-12-31', knownAfter: 4 }).unaccounted).toBe(0);
  });

  it('is destroyed in its turn, and leaves nothing behind', () => {
    const { ledger } = found();
    ledger.when('destruction', destroyed('2012-09-01', 12, { site: 'Barracks' }));
    expect(ledger.then({ on: '2026-01-01' })).toMatchObject({
      remaining: 0,
      unaccounted: 0,
      accounts: { 'gone/destroyed-article-4': 112 },
    });
  });
});
