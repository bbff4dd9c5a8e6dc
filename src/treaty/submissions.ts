import { parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { given, yearOf } from './calendar.ts';
import type { AnnualReport } from './convention.ts';
import type { StandingFacts } from './fact-book.ts';
import type { Fact } from './facts.ts';
import type { Case } from './obligation.ts';

type Submission = Fact<'report-submission'>;

/** The initial reports of a State, the first submitted first. */
export function initialReports({ facts }: Case): readonly Submission[] {
  return owedReports(facts).filter(({ body }) => body.kind === 'initial');
}

/** The reports that answer for a calendar year, the first submitted first. */
export function reportsAbout({ facts }: Case, annual: AnnualReport, year: number) {
  return owedReports(facts).filter((report) => yearsOf(report, annual).includes(year));
}

/** The first of them that had been submitted by the end of a day. */
export function submittedBy(reports: readonly Submission[], day: Day): Submission | undefined {
  return reports.find((report) => dayOf(report) <= day);
}

/** The day by which it was submitted; where none is given, not before its period was over. */
function dayOf({ body }: Submission): Day {
  return parseEffectiveDate(body.submittedOn ?? body.period).last;
}

/** Where the day of a submission, as far as it is given, does not say whether it was in time. */
export function isDayOpen({ body }: Submission, due: Day): boolean {
  const day = given(body.submittedOn);
  return day === undefined || (day.first <= due && due < day.last);
}

/** The first of them, where it was submitted on a later day: on this day nothing had been. */
export function submittedAfter(reports: readonly Submission[], day: Day): Submission | undefined {
  const [first] = reports;
  return (given(first?.body.submittedOn)?.first ?? '') > day ? first : undefined;
}

/**
 * The calendar years that a report answers for: those wholly within its period, and for an annual
 * report that keeps another year than the calendar's, the year whose due day comes next after the
 * end of its period (April 2010 to March 2011: the report due on 30 April 2011, about 2010). An
 * initial report answers for the years that end within its period, once they have ended: what is
 * submitted in the middle of a year does not answer for it, however wide its period is given.
 */
export function yearsOf({ body }: Submission, { dayOfNextYear }: AnnualReport): readonly number[] {
  const { first, last } = parseEffectiveDate(body.period);
  const [from, to] = [yearOf(first), yearOf(last)];
  const ended = last.endsWith('-12-31') ? to : to - 1;
  const begun = body.kind === 'initial' || first.endsWith('-01-01') ? from : from + 1;
  const whole = Array.from({ length: Math.max(0, ended - begun + 1) }, (_, n) => begun + n);
  if (body.kind === 'initial') {
    const submitted = given(body.submittedOn)?.last ?? last;
    return whole.filter((year) => `${year}-12-31` <= submitted);
  }
  const owed = last.slice(5) > dayOfNextYear ? to : to - 1;
  return whole.includes(owed) ? whole : [...whole, owed];
}

/** How a report stands to its due day; a month is counted on its last day. */
export function filedBy({ body }: Submission, due: Day): 'in-time' | 'late' | 'unknown' {
  const day = given(body.submittedOn)?.last;
  if (day === undefined) return 'unknown';
  return day <= due ? 'in-time' : 'late';
}

/** What a State reports without owing it, as some do that are no parties, answers for nothing. */
function owedReports(facts: StandingFacts): readonly Submission[] {
  return facts
    .of('report-submission')
    .filter(({ body }) => body.voluntary !== true)
    .sort((a, b) => dayOf(a).localeCompare(dayOf(b)));
}
