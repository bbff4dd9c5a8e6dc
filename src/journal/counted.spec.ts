import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import { Scenario } from '../../test/support/scenario.ts';
import { holding } from '../ledger/holding.ts';
import { Journal } from './journal.ts';

const on = '2026-01-01';
const complete = { complete: true } as const;

describe('Counts in the journal', () => {
  it('of one day are told in the order recorded, whether they name the holding or not', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    book.post('count', counted('2006', 90));
    book.post('count', { ...counted('2006', 1, { lot: 'A' }), ...complete });
    book.post('count', counted('2006', 5));
    const journal = new Journal(':memory:');
    journal.apply(book.events);
    const place = holding('held/stockpile', { munition: 'M14' });
    const told = journal.bookOf('XXA').counts(place, '2006-12-31');
    expect(told.map(({ entry, counted }) => [entry, counted])).toEqual([
      ['e2', 90],
      ['e3', 0],
      ['e4', 5],
    ]);
    expect(told).toEqual(book.book.counts(place, '2006-12-31'));
  });

  it('of one day take the place of each other and put nothing in question', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 100));
    ledger.given('count', counted('2006', 100));
    ledger.when('count', counted('2006', 98));
    expect(ledger.then({ on })).toMatchObject({ remaining: 98, unaccounted: 2 });
    expect(ledger.thenDifferences({ on }).map(({ kind, open }) => [kind, open])).toEqual([
      ['shortage', 2],
      ['contradicted-count', 0],
    ]);
  });

  it('that are full and complete settle what they do not name, and not what they name vaguely', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 100, { precision: 'approximate' }));
    ledger.given('inventory', declared('2004', 5, { lot: 'A', precision: 'at-least' }));
    ledger.given('destruction', destroyed('2005', 5, { lot: 'A' }));
    const vague = m14(100, { precision: 'approximate' });
    ledger.when('count', { ...counted('2006', 0), ...complete, lines: vague });
    expect(ledger.then({ on }, { lot: 'A' }).exact).toBe(true);
    expect(ledger.then({ on }, { lot: null }).exact).toBe(false);
    ledger.when('count', { ...counted('2007', 100), ...complete });
    expect(ledger.then({ on }).exact).toBe(true);
    expect(ledger.then({ on: '2006-12-31' }).exact).toBe(false);
  });

  it.each(['sample', 'sealed-package'] as const)('by %s settle nothing', (method) => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 100, { precision: 'approximate' }));
    ledger.when('count', { ...counted('2006', 90), method });
    expect(ledger.then({ on })).toMatchObject({ remaining: 90, exact: false });
  });

  it('that find more than the book leave a surplus in question, not a source to be shown', () => {
    const ledger = new Scenario();
    ledger.when('count', counted('2006', 3));
    expect(ledger.then({ on })).toMatchObject({
      remaining: 3,
      unaccounted: 3,
      accounts: { 'held/stockpile': 3 },
    });
    expect(ledger.thenWhy('unaccounted', { on })).toEqual(['e1 count 2006 +3']);
    expect(ledger.thenWhy('source/count-surplus', { on })).toEqual(['e1 count 2006 −3']);
  });

  it('never let a surplus cancel a shortage', () => {
    const ledger = new Scenario();
    ledger.given('inventory', declared('2004', 10));
    ledger.when('count', { ...counted('2006', 0), lines: [...m14(5), ...m14(5, { lot: 'A' })] });
    expect(ledger.then({ on })).toMatchObject({ remaining: 10, unaccounted: 10 });
  });
});
