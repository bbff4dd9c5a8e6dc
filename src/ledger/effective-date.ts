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
 * @returns NotADate saying what is wrong and what would be right
 */
export function readEffectiveDate(text: string): EffectiveDate | NotADate {
  const [from, to = from, ...more] = text.split('/') as [string, ...string[]];
  if (more.length > 0) return new NotADate(`"${text}" has more than two ends; ${formsOfDate}`);
  const start = readEnd(from);
  if (start instanceof NotADate) return start;
  const end = readEnd(to);
  if (end instanceof NotADate) return end;
  if (start.first > end.last) {
    return new NotADate(`"${text}" ends before it begins; write the earlier end first`);
  }
  if (start.first < firstDayEver) return new NotADate(`"${text}" lies before ${firstDayEver}`);
  return { text, first: start.first, last: end.last };
}

/**
 * The same for a date that must be right.
 * @throws NotADate
 */
export function parseEffectiveDate(text: string): EffectiveDate {
  const date = readEffectiveDate(text);
  if (date instanceof NotADate) throw date;
  return date;
}

/**
 * Reads one day.
 * @returns NotADate saying what is wrong and what would be right
 */
export function readDay(text: string): Day | NotADate {
  const date = readEffectiveDate(text);
  if (date instanceof NotADate) return date;
  return date.first === text ? text : new NotADate(`"${text}" is not a day: YYYY-MM-DD`);
}

/** The day it is, at this instant, where it is latest on earth (UTC+14). */
export function latestToday(now: number): Day {
  return new Date(now + 14 * 3_600_000).toISOString().slice(0, 10);
}

export function dayBefore(day: Day): Day {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

const formsOfDate = 'write YYYY, YYYY-MM, YYYY-MM-DD or an interval of two of these with "/"';

function readEnd(text: string): { first: Day; last: Day } | NotADate {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (match === null) return new NotADate(`"${text}" is not a date; ${formsOfDate}`);
  const [, year, month, day] = match as unknown as [string, string, string?, string?];
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31` };
  const days = daysInMonth(Number(year), Number(month));
  if (days === 0) return new NotADate(`"${text}": there is no month ${month}`);
  if (day === undefined) return { first: `${year}-${month}-01`, last: `${year}-${month}-${days}` };
  if (Number(day) < 1 || Number(day) > days) {
    return new NotADate(`"${text}": ${year}-${month} has days 01 to ${days}`);
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
