import { describe, expect, it } from '@jest/globals';
import {
  accounts,
  figureOf,
  figures,
  isAccount,
  isFigure,
  isGuarded,
  isShipped,
  isSource,
  isStock,
  stockAccounts,
} from './accounts.ts';

describe('The chart of accounts', () => {
  it('counts towards what remains exactly the four accounts of Article 4', () => {
    expect(accounts.filter((a) => figureOf(a) === 'remaining')).toEqual([
      'held/stockpile',
      'held/allocated',
      'held/dispatched',
      'held/unverifiable',
    ]);
  });

  it('counts towards what is retained exactly the three accounts of Article 3', () => {
    expect(accounts.filter((a) => figureOf(a) === 'retained')).toEqual([
      'retained',
      'retained/dispatched',
      'retained/unverifiable',
    ]);
  });

  it('keeps custody apart, and shortages and surpluses as unaccounted', () => {
    expect(accounts.filter((a) => figureOf(a) === 'custody')).toEqual(['custody']);
    expect(accounts.filter((a) => figureOf(a) === 'unaccounted')).toEqual([
      'source/count-surplus',
      'difference/shortage',
    ]);
  });

  it('counts nothing that is gone, nor any other source, towards a figure', () => {
    const none = accounts.filter((a) => !isFigure(figureOf(a)));
    expect(none.every((a) => a.startsWith('gone/') || isSource(a))).toBe(true);
    expect(none.map(figureOf)).toEqual(none);
    expect(none).toHaveLength(7 + 15);
  });

  it('guards from going below zero what mines can be in, and shortages', () => {
    expect(accounts.filter(isStock)).toEqual(stockAccounts);
    expect(stockAccounts).toHaveLength(8);
    expect(accounts.filter(isGuarded)).toEqual([...stockAccounts, 'difference/shortage']);
  });

  it('tells dispatched mines and custody apart by shipment', () => {
    expect(accounts.filter(isShipped)).toEqual([
      'held/dispatched',
      'retained/dispatched',
      'custody',
    ]);
  });

  it('knows its own names and no others', () => {
    expect(accounts.every(isAccount)).toBe(true);
    for (const name of ['held', 'held/', 'Held/stockpile', 'remaining', '', 'toString']) {
      expect(isAccount(name)).toBe(false);
    }
    expect(figures.every(isFigure)).toBe(true);
    expect(isFigure('exact')).toBe(false);
    expect(new Set(accounts).size).toBe(accounts.length);
  });
});
