import { NotADate, parseEffectiveDate, type EffectiveDate } from '../ledger/effective-date.ts';

/** The time that a report is about: a calendar year unless the State keeps another. */
export type Period = EffectiveDate;

/** Days that a period has at most: reports are yearly; two years leave room for a first one. */
const yearsMax = 2;

/**
 * Reads the period of a report: the calendar year of its path, or another interval that ends in
 * that year or by the day in the next on which the report is due.
 *
 * @throws NotADate saying what is wrong and what would be right
 */
export function periodOf(year: string, asked: string | undefined): Period {
  if (!/^(19|20|21)\d{2}$/.test(year)) {
    throw new NotADate(`"${year}" is not a year that can be reported about, such as 2010`);
  }
  if (asked === undefined) return parseEffectiveDate(year);
  const period = parseEffectiveDate(asked);
  const [first, last] = [Number(period.first.slice(0, 4)), Number(period.last.slice(0, 4))];
  if (last - first > yearsMax) {
    throw new NotADate(`"${asked}" is more than ${yearsMax} years; a report is about one`);
  }
  const fits = last === Number(year) || (first <= Number(year) && last === Number(year) + 1);
  if (!fits) throw new NotADate(`"${asked}" does not end in ${year} or the year after it began`);
  return period;
}
