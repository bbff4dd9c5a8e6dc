import { dayNumber } from './schema.ts';

/**
 * The calendar buckets that hold a day, as numbers that tell them apart: decade (`yyy`), year
 * (`yyyy`), month (`yyyymm`), third of a month (`yyyymmt`) and the day itself (`yyyymmdd`).
 */
export function bucketsOf(day: number): number[] {
  const month = Math.floor(day / 100);
  const year = Math.floor(month / 100);
  return [Math.floor(year / 10), year, month, month * 10 + thirdOf(day), day];
}

/**
 * The buckets that together hold all days through one: the decades before its own, the years
 * before its own in the decade, and so on down to the days. At most about forty, however long the
 * history is; the ranges are parameters for SQL.
 */
export function bucketRanges(text: string) {
  const day = dayNumber(text);
  const month = Math.floor(day / 100);
  const year = Math.floor(month / 100);
  const decade = Math.floor(year / 10);
  const third = thirdOf(day);
  return {
    ...{ a0: 1, a1: decade - 1 },
    ...{ b0: decade * 10, b1: year - 1 },
    ...{ c0: year * 100, c1: month - 1 },
    ...{ d0: month * 10, d1: month * 10 + third - 1 },
    ...{ e0: month * 100 + third * 10 + 1, e1: day },
  };
}

/** Those ranges as a table for SQL. */
export const rangesTable = '(VALUES (:a0, :a1), (:b0, :b1), (:c0, :c1), (:d0, :d1), (:e0, :e1))';

/** 0 for the days 1 to 10 of the month, 1 for 11 to 20, 2 for the others. */
function thirdOf(day: number): number {
  return Math.min(2, Math.floor(((day % 100) - 1) / 10));
}
