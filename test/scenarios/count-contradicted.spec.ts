import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

/** Declared 100; counted 90 at the end of 2006; in 2020 a destruction of 10 in 2005 is recorded. */
function contradicted(): Scenario {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004', 100, { precision: 'approximate' }));
  ledger.given('count', counted('2006-12-31', 90));
  ledger.when('destruction', destroyed('2005', 10));
  return ledger;
}

const today = { on: '2026-01-01' };

describe('Count contradicted: what was missing at the count turns out to be destroyed before it', () => {
  it('opens a shortage when the count finds less than the book', () => {
    const before = { ...today, knownAfter: 2 };
    const ledger = contradicted();
    expect(ledger.then(before)).toMatchObject({ remaining: 90, unaccounted: 10 });
    expect(ledger.thenDifferences(before)).toMatchObject([
      { id: 'e2.0', kind: 'shortage', expected: 100, counted: 90, quantity: 10, open: 10 },
    ]);
  });

  it('makes the approximate figure exact from the count on, and not before', () => {
    const ledger = contradicted();
    expect(ledger.then({ on: '2006-12-30' }).exact).toBe(false);
    expect(ledger.then({ on: '2006-12-31' }).exact).toBe(true);
    expect(ledger.then({ on: '2006-12-31', knownAfter: 1 }).exact).toBe(false);
  });

  it('accepts the late destruction, names the count and leaves its postings as they were', () => {
    const ledger = contradicted();
    expect(ledger.then(today)).toMatchObject({ remaining: 80, unaccounted: 20 });
    expect(ledger.thenDifferences(today)).toMatchObject([
      { kind: 'shortage', open: 10, openedBy: 'e2' },
      {
        kind: 'contradicted-count',
        openedBy: 'e3',
        day: '2006-12-31',
        counted: 90,
        expected: 80,
        quantity: 10,
        open: 10,
      },
    ]);
  });

  it('never nets the two: ten short and ten in question are twenty mines to explain', () => {
    expect(contradicted().thenWhy('unaccounted', today)).toEqual([
      'e3 destruction 2005 +10',
      'e2 count 2006-12-31 +10',
    ]);
  });

  it('is in question only from the counted day on', () => {
    const ledger = contradicted();
    expect(ledger.then({ on: '2006-12-30' })).toMatchObject({ remaining: 90, unaccounted: 0 });
    expect(ledger.then({ on: '2006-12-31' })).toMatchObject({ remaining: 80, unaccounted: 20 });
  });

  it('is closed by a new count', () => {
    const ledger = contradicted();
    ledger.when('count', counted('2021', 80));
    expect(ledger.then(today)).toMatchObject({ remaining: 80, unaccounted: 10 });
    expect(ledger.then({ on: '2020-12-31' }).unaccounted).toBe(20);
    expect(ledger.then({ ...today, knownAfter: 3 }).unaccounted).toBe(20);
  });

  it('is closed by reversing the late entry', () => {
    const ledger = contradicted();
    ledger.when('reversal', { entry: 'e3', reason: 'another lot' });
    expect(ledger.then(today)).toMatchObject({ remaining: 90, unaccounted: 10 });
    expect(ledger.thenDifferences(today).map(({ kind }) => kind)).toEqual(['shortage']);
  });

  it('is closed by reversing the count, which takes the shortage with it', () => {
    const ledger = contradicted();
    ledger.when('reversal', { entry: 'e2', reason: 'counted without the second shed' });
    expect(ledger.then(today)).toMatchObject({ remaining: 90, unaccounted: 0, exact: false });
    expect(ledger.thenDifferences(today)).toMatchObject([{ kind: 'contradicted-count', open: 0 }]);
  });
});
