/** The largest quantity that one line may name. */
export const quantityMax = 1_000_000_000_000;

/**
 * The most that may ever enter one State's book. Every account and figure of the State is at most
 * what entered, so each stays a whole number that JSON readers hold exactly (below 2^53).
 */
export const inflowMax = 9_000_000_000_000_000;

export function isQuantity(value: unknown, least: 0 | 1 = 1): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= quantityMax;
}

/** How well a quantity is known; published history often says only "about" or "more than". */
export const precisions = ['exact', 'approximate', 'at-least'] as const;
export type Precision = (typeof precisions)[number];
