import { dayBefore, type Day } from '../ledger/effective-date.ts';
import { daysAfter, later, yearOf } from './calendar.ts';
import type { AnnualReport, InitialReport } from './convention.ts';
import type { Fact } from './facts.ts';
import {
  hasPassed,
  isOver,
  type Case,
  type Finding,
  type Judgement,
  type Obligation,
} from './obligation.ts';
import { basisOf, groundOf, groundOfDay, type Reckoned } from './reckoned.ts';
import { retainedFindings } from './retained.ts';
import { breachOf, coverageOf } from './positive-facts.ts';
import {
  filedBy,
  isDayOpen,
  initialReports,
  reportsAbout,
  submittedAfter,
  submittedBy,
} from './submissions.ts';

/** The report that is owed within days of the entry into force (Article 7.1). */
export function initialReport(the: Case, duty: InitialReport, annual?: AnnualReport): Obligation {
  const due = initialDue(the, duty);
  const reports = initialReports(the);
  const submission = submittedBy(reports, the.on);
  const covers = annual === undefined ? [] : mergedYears(the, annual, due.day);
  return {
    article: duty.article,
    due,
    ...judged(the, due, reports, { from: the.membership.entryIntoForce.day, to: due.day }),
    submittedOn: submission?.body.submittedOn ?? null,
    ...(covers.length > 0 && { covers: covers.map(String) }),
    findings: [
      ...submissionFindings(the, due, submission),
      ...covers.flatMap((year) => retainedFindings(the, year)),
    ],
  };
}

/** The reports for each calendar year with a day in force (Article 7.2), as they have arisen. */
export function annualReports(
  the: Case,
  duty: AnnualReport,
  initial?: InitialReport,
): readonly Obligation[] {
  const merged = initial === undefined ? [] : mergedYears(the, duty, initialDue(the, initial).day);
  return yearsInForce(the)
    .filter((year) => !merged.includes(year))
    .map((year) => annualReport(the, duty, year));
}

function annualReport(the: Case, duty: AnnualReport, year: number): Obligation {
  const due = annualDue(the, duty, year);
  const reports = reportsAbout(the, duty, year);
  const submission = submittedBy(reports, the.on);
  const { entryIntoForce, end } = the.membership;
  const from = later(`${year}-01-01`, entryIntoForce.day);
  const to = end !== undefined && end <= `${year}-12-31` ? dayBefore(end) : `${year}-12-31`;
  const underWay = end !== undefined && !isOver(the) && end <= due.day;
  return {
    article: duty.article,
    period: String(year),
    due,
    ...judged(the, due, reports, { from, to, period: String(year) }),
    submittedOn: submission?.body.submittedOn ?? null,
    findings: [
      ...submissionFindings(the, due, submission, String(year)),
      ...retainedFindings(the, year),
      ...(underWay ? [withdrawing(end)] : []),
    ],
  };
}

function initialDue({ membership: { entryIntoForce } }: Case, duty: InitialReport): Reckoned {
  const due = daysAfter(entryIntoForce.day, duty.days);
  return {
    day: due,
    article: duty.article,
    rule: `${duty.days} days after the entry into force, which counts as day 0`,
    arithmetic: `${entryIntoForce.day} + ${duty.days} days = ${due}`,
    grounds: [groundOfDay(entryIntoForce, 'entry into force')],
  };
}

function annualDue(the: Case, duty: AnnualReport, year: number): Reckoned {
  const day = dueOfYear(duty, year);
  return {
    day,
    article: duty.article,
    rule: `${duty.dayOfNextYear} of the year after each calendar year with a day in force`,
    arithmetic: `${year} + 1 year, ${duty.dayOfNextYear} = ${day}`,
    grounds: [groundOfDay(the.membership.entryIntoForce, 'entry into force')],
  };
}

/** The day on which the report about a calendar year is due. */
export function dueOfYear({ dayOfNextYear }: AnnualReport, year: number): Day {
  return `${String(year + 1).padStart(4, '0')}-${dayOfNextYear}`;
}

/** Calendar years with a day in force that are over on the day asked: their reports have arisen. */
function yearsInForce({ membership: { entryIntoForce, end }, asked }: Case): readonly number[] {
  const first = yearOf(entryIntoForce.day);
  const last = Math.min(
    yearOf(asked) - 1,
    end === undefined ? Number.MAX_SAFE_INTEGER : yearOf(dayBefore(end)),
  );
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
}

/** Years whose annual report is due while the initial one is not yet overdue: they are one report. */
function mergedYears(the: Case, duty: AnnualReport, initialDay: Day): readonly number[] {
  return yearsInForce(the).filter((year) => dueOfYear(duty, year) <= initialDay);
}

/** The days that a report answers for, and its calendar year. */
interface Span {
  readonly from: Day;
  readonly to: Day;
  readonly period?: string;
}

function judged(
  the: Case,
  { day: due, article }: Reckoned,
  reports: readonly Fact<'report-submission'>[],
  span: Span,
): Judgement & { readonly since?: Day } {
  const { end } = the.membership;
  const submission = submittedBy(reports, the.on);
  if (submission !== undefined) {
    const filed = filedBy(submission, due);
    const status = filed === 'late' ? ('met-late' as const) : ('met' as const);
    const grounds = [groundOf(submission, 'submitted', submission.body.submittedOn)];
    const because =
      filed === 'unknown'
        ? 'Submitted on a day that is not recorded'
        : `Submitted ${submission.body.submittedOn}, ${filed === 'late' ? 'after' : 'by'} ${due}`;
    return { status, because, grounds, ...(filed === 'late' && { since: daysAfter(due, 1) }) };
  }
  if (isOver(the) && end !== undefined && end <= due) {
    const because = `It falls due on ${due}, and the withdrawal took effect on ${end}`;
    return { status: 'not-owed', because, grounds: [] };
  }
  if (!hasPassed(the, due)) return { status: 'pending', because: 'Not due yet', grounds: [] };
  const missed = positiveFact(the, { article, day: due }, reports, span);
  if (missed === undefined) {
    const because = 'The day has passed, and nothing is recorded either way';
    return { status: 'unrecorded', because, grounds: [] };
  }
  return { ...missed, since: daysAfter(due, 1) };
}

function positiveFact(
  the: Case,
  { article, day: due }: Pick<Reckoned, 'article' | 'day'>,
  reports: readonly Fact<'report-submission'>[],
  { from, to, period }: Span,
): Judgement | undefined {
  const after = submittedAfter(reports, the.on);
  if (after !== undefined) {
    const { submittedOn } = after.body;
    const because = `Submitted ${submittedOn}, so it was not yet on ${the.on}`;
    return { status: 'missed', because, grounds: [groundOf(after, 'submitted', submittedOn)] };
  }
  const breach = breachOf(the, { article }, due, period);
  if (breach !== undefined) {
    const grounds = [groundOf(breach, 'stated as not met', breach.body.statedOn)];
    return { status: 'missed', because: 'A source states that it was not met', grounds };
  }
  const coverage = coverageOf(the, article, from, to);
  if (coverage.length === 0) return undefined;
  const grounds = coverage.map((fact) => groundOf(fact, 'record complete', fact.body.to));
  return {
    status: 'missed',
    because: 'The record is complete and has no such report',
    grounds,
  };
}

function submissionFindings(
  the: Case,
  due: Reckoned,
  submission: Fact<'report-submission'> | undefined,
  period?: string,
): readonly Finding[] {
  const findings: Finding[] = [];
  const breach = breachOf(the, due, due.day, period);
  if (breach !== undefined) {
    const detail = `Stated as not met${breach.body.source ? ` (${breach.body.source})` : ''}`;
    findings.push({ finding: 'breach-recorded', detail, entries: [breach.id] });
  }
  if (submission !== undefined && isDayOpen(submission, due.day)) {
    const { submittedOn = 'no day' } = submission.body;
    const detail = `The record gives ${submittedOn}: whether it was by ${due.day} is not known`;
    findings.push({ finding: 'submission-day-open', detail, entries: [submission.id] });
  }
  const unsure = [
    ...(basisOf(due.grounds) === 'to be checked' ? ['the deadline'] : []),
    ...(submission?.body.basis === 'to be checked' ? ['the submission'] : []),
  ];
  if (unsure.length > 0) {
    const detail = `The dates behind ${unsure.join(' and ')} are to be checked`;
    findings.push({ finding: 'to-be-checked', detail });
  }
  return findings;
}

function withdrawing(end: Day): Finding {
  const detail = `A withdrawal takes effect on ${end}, before the report falls due`;
  return { finding: 'withdrawal-under-way', detail };
}
