import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import { Scenario } from '../../test/support/scenario.ts';
import { Journal } from './journal.ts';

const on = '2026-01-01';
const reason = 'written down wrongly';

describe('A moment of the log', () => {
  it('is never between the parts of a correction, however the engine hands them over', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 10));
    book.post('destruction', destroyed('2005', 4));
    const replace = [{ kind: 'inventory' as const, ...declared('2004', 11) }];
    book.post('correction', { reason, reverse: ['e1'], replace });
    book.post('destruction', destroyed('2006', 1));
    const journal = new Journal(':memory:');
    const moments = book.events.map((event) => {
      journal.apply([event]);
      return journal.momentAt({ position: journal.position }).position;
    });
    expect(moments).toEqual([1n, 2n, 2n, 2n, 5n, 6n]);
    const instants = [0, 1, 2].map((n) => Date.UTC(2026, 0, 1) + (2 + n) * 1000);
    expect(instants.map((instant) => journal.momentAt({ instant }).position)).toEqual([2n, 2n, 2n]);
  });
});

describe('Figures', () => {
  it('at a position in the midst of a correction are what their postings add up to', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 10));
    ledger.given('destruction', destroyed('2005', 4));
    const replace = [{ kind: 'inventory' as const, ...declared('2004', 11) }];
    ledger.when('correction', { reason, reverse: ['e1'], replace });
    expect(ledger.then({ on, knownAfter: 4 })).toMatchObject({
      remaining: -4,
      accounts: { 'held/stockpile': -4 },
    });
    expect(ledger.then({ on })).toMatchObject({ remaining: 7 });
  });

  it('leave out what of a contradicted count is explained to the end', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 10));
    ledger.given('count', counted('2006', 10));
    ledger.given('destruction', destroyed('2005', 4));
    expect(ledger.thenWhy('unaccounted', { on })).toEqual(['e3 destruction 2005 +4']);
    const explain = { effectiveDate: '2007', difference: 'e3.c0', reason: 'looked into' };
    ledger.when('explanation', { ...explain, lines: m14(4) });
    expect(ledger.then({ on }).unaccounted).toBe(0);
    expect(ledger.thenWhy('unaccounted', { on })).toEqual([]);
  });
});

describe('A count within a correction', () => {
  it('is contradicted by what is recorded after it and dated before it', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 10));
    ledger.when('correction', {
      reason,
      replace: [
        { kind: 'count', ...counted('2006', 10) },
        { kind: 'destruction', ...destroyed('2005', 4) },
      ],
    });
    expect(ledger.then({ on })).toMatchObject({ remaining: 6, unaccounted: 4 });
    expect(ledger.thenDifferences({ on })).toMatchObject([
      { kind: 'contradicted-count', openedBy: 'e4', expected: 6, counted: 10, open: 4 },
    ]);
  });

  it('closes what the entries before it contradicted', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 10));
    ledger.given('count', counted('2006', 10));
    ledger.when('correction', {
      reason,
      replace: [
        { kind: 'destruction', ...destroyed('2005', 4) },
        { kind: 'count', ...counted('2007', 6) },
      ],
    });
    expect(ledger.then({ on: '2006-12-31' })).toMatchObject({ remaining: 6, unaccounted: 4 });
    expect(ledger.then({ on })).toMatchObject({ remaining: 6, unaccounted: 0 });
  });
});
