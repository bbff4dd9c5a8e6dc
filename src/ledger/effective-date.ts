/** A day of the proleptic Gregorian calendar, `YYYY-MM-DD`: sorts as text. */
export type Day = string;

/**
 * When something happened in the world, as well as it is known: a day, a month, a year or an
 * interval (ISO 8601-2 / EDTF level 0). It is shown as given and counted on its last day.
 */
export interface EffectiveDate {
  readonly text: string;
  readonly first: Day;
  readonly last: Day;
}

export const firstDayEver: Day = '1900-01-01';
export const lastDayEver: Day = '9999-12-31';

export class NotADate extends Error {
  override readonly name = 'NotADate';
}

/**
 * Reads an effective date: `2010`, `2010-07`, `2010-07-31` or `2010-04/2011-04`.
 *
 * @throws NotADate saying what is wrong and what would be right
 */
export function parseEffectiveDate(text: string): EffectiveDate {
  const ends = text.split('/');
  if (ends.length > 2) throw new NotADate(`"${text}" has more than two ends; ${formsOfDate}`);
  const [start, end = start] = ends.map(parseEnd);
  if (start === undefined || end === undefined) throw new NotADate(`"${text}": ${formsOfDate}`);
  if (start.first > end.last) {
    throw new NotADate(`"${text}" ends before it begins; write the earlier end first`);
  }
  if (start.first < firstDayEver) throw new NotADate(`"${text}" lies before ${firstDayEver}`);
  return { text, first: start.first, last: end.last };
}

/**
 * Reads one day.
 * @throws NotADate
 */
export function parseDay(text: string): Day {
  const { first, last } = parseEffectiveDate(text);
  if (first !== text || last !== text) throw new NotADate(`"${text}" is not a day: YYYY-MM-DD`);
  return text;
}

/** The day it is, at this instant, where it is latest on earth (UTC+14). */
export function latestToday(now: number): Day {
  return new Date(now + 14 * 3_600_000).toISOString().slice(0, 10);
}

export function dayBefore(day: Day): Day {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

const formsOfDate = 'write YYYY, YYYY-MM, YYYY-MM-DD or an interval of two of these with "/"';

function parseEnd(text: string): { first: Day; last: Day } {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (match === null) throw new NotADate(`"${text}" is not a date; ${formsOfDate}`);
  const [, year = '', month, day] = match;
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const days = daysInMonth(Number(year), Number(month));
  if (days === 0) throw new NotADate(`"${text}": there is no month ${month}`);
  if (day === undefined) return { first: `${year}-${month}-01`, last: `${year}-${month}-${days}` };
  if (Number(day) < 1 || Number(day) > days) {
    throw new NotADate(`"${text}": ${year}-${month} has days 01 to ${days}`);
  }
  return { first: text, last: text };
}

function daysInMonth(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
