import { parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { given, yearOf } from './calendar.ts';
import { dutiesOf, type AnnualReport } from './convention.ts';
import type { Fact } from './facts.ts';
import type { Case } from './obligation.ts';

type Submission = Fact<'report-submission'>;

/** The first initial report that had been submitted by the day judged. */
export function initialSubmission(the: Case): Submission | undefined {
  return submitted(the).find(({ body }) => body.kind === 'initial');
}

/** The first report about a calendar year that had been submitted by the day judged. */
export function submissionAbout(the: Case, year: number): Submission | undefined {
  const [annual] = dutiesOf(the.law, 'annual-report');
  if (annual === undefined) return undefined;
  return submitted(the).find((submission) => yearsOf(submission, annual).includes(year));
}

/**
 * The calendar years that a report answers for: those wholly within its period, and for an annual
 * report that keeps another year than the calendar's, the year whose due day comes next after the
 * end of its period (April 2010 to March 2011: the report due on 30 April 2011, about 2010). An
 * initial report answers for the years that end within its period.
 */
export function yearsOf({ body }: Submission, { dayOfNextYear }: AnnualReport): readonly number[] {
  const { first, last } = parseEffectiveDate(body.period);
  const [from, to] = [yearOf(first), yearOf(last)];
  const ended = last.endsWith('-12-31') ? to : to - 1;
  const begun = body.kind === 'initial' || first.endsWith('-01-01') ? from : from + 1;
  const whole = Array.from({ length: Math.max(0, ended - begun + 1) }, (_, n) => begun + n);
  if (body.kind === 'initial') return whole;
  const owed = last.slice(5) > dayOfNextYear ? to : to - 1;
  return whole.includes(owed) ? whole : [...whole, owed];
}

/** How a report stands to its due day; a month is counted on its last day. */
export function filedBy({ body }: Submission, due: Day): 'in-time' | 'late' | 'unknown' {
  const day = given(body.submittedOn)?.last;
  if (day === undefined) return 'unknown';
  return day <= due ? 'in-time' : 'late';
}

/** Whether a breach that names a period, or none, is about this one. */
export function aboutYear(period: string | undefined, year: string | undefined): boolean {
  return period === year;
}

function submitted({ facts, on }: Case): readonly Submission[] {
  const day = ({ body }: Submission): Day => given(body.submittedOn)?.last ?? '';
  return facts
    .of('report-submission')
    .filter((submission) => day(submission) <= on)
    .sort((a, b) => day(a).localeCompare(day(b)));
}
