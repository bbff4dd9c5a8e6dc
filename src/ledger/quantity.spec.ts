import { describe, expect, it } from '@jest/globals';
import { inflowMax, isQuantity, quantityMax } from './quantity.ts';

describe('A quantity', () => {
  it('is a whole number from 1 to a million million', () => {
    for (const good of [1, 2, 999, quantityMax]) expect(isQuantity(good)).toBe(true);
    const wrong = [0, -1, 0.5, 1.0000001, NaN, Infinity, quantityMax + 1, 2 ** 53, '5', null, 5n];
    for (const bad of wrong) expect(isQuantity(bad)).toBe(false);
  });

  it('is 0 only where that is said', () => {
    expect(isQuantity(0, 0)).toBe(true);
    expect(isQuantity(-1, 0)).toBe(false);
  });

  it('can be added up over a whole book without losing a mine', () => {
    expect(quantityMax).toBe(10 ** 12);
    expect(inflowMax).toBe(9 * 10 ** 15);
    expect(Number.isSafeInteger(inflowMax)).toBe(true);
  });
});
