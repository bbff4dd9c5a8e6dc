import { parseEffectiveDate, type Day, type EffectiveDate } from '../ledger/effective-date.ts';

/** The last day that is reckoned with: what is due goes on for ever, answers do not. */
export const lastDayReckoned: Day = '2199-12-31';

/** The day so many days after another (before it, when negative); the first day counts as 0. */
export function daysAfter(day: Day, days: number): Day {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/**
 * The same day so many months later. Where that month has no such day the period ends on its last
 * day (as in Article 4(2) of the European Convention on the Calculation of Time-Limits).
 */
export function monthsAfter(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).add({ months }).toString();
}

/** The anniversary; of 29 February, in a year without one, 28 February. */
export function yearsAfter(day: Day, years: number): Day {
  return Temporal.PlainDate.from(day).add({ years }).toString();
}

/** The first day of the so-manieth month after the month of a day. */
export function firstOfMonthAfter(day: Day, months: number): Day {
  return Temporal.PlainDate.from(day).with({ day: 1 }).add({ months }).toString();
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

/** How many days lie between two days: 1 from a day to the next. */
export function daysBetween(from: Day, to: Day): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;
}

export function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}

/** A date as a fact gives it, or nothing where the source does not. */
export function given(text: string | null | undefined): EffectiveDate | undefined {
  return text === undefined || text === null ? undefined : parseEffectiveDate(text);
}
