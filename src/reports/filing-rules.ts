import type { ProblemName } from '../http/problem.ts';
import { latestToday, NotADate } from '../ledger/effective-date.ts';
import { given } from '../treaty/calendar.ts';
import { coverAloneFault, type CoverLine } from './cover.ts';
import type { Filing } from './report-book.ts';
import type { Report } from './report.ts';

/** What a State asks for when it files. */
export interface AskedFiling {
  readonly acknowledge: readonly string[];
  readonly amends: number | undefined;
  readonly coverOnly: boolean;
}

/** Why a report can't be filed as asked. */
export interface FilingRefusal {
  readonly problem: ProblemName;
  readonly pointer: string;
  readonly detail: string;
}

/** Everything that stands in the way of a filing; nothing when it may be filed. */
export function filingRefusals(
  report: Report,
  cover: readonly CoverLine[],
  filings: readonly Filing[],
  { acknowledge, amends, coverOnly }: AskedFiling,
): readonly FilingRefusal[] {
  const refusals: FilingRefusal[] = [];
  for (const { id, level, detail, finding } of report.findings) {
    if (finding === 'period-not-over') {
      refusals.push({ problem: 'refused', pointer: '/period', detail });
    } else if (level === 'error' && !acknowledge.includes(id)) {
      const said = `${detail}. Mend it, or name "${id}" in acknowledge`;
      refusals.push({
        problem: 'findings-not-acknowledged',
        pointer: '/acknowledge',
        detail: said,
      });
    }
  }
  const sameYear = filings.filter(({ year }) => year === report.year);
  if (amends !== undefined && !sameYear.some(({ n }) => n === amends)) {
    const detail = `There is no filing ${amends} for ${report.year}`;
    refusals.push({ problem: 'no-such-filing', pointer: '/amends', detail });
  }
  if (amends === undefined && sameYear.length > 0) {
    const last = sameYear.at(-1)?.n;
    const detail = `A report for ${report.year} is filed; an amendment says which: "amends": ${last}`;
    refusals.push({ problem: 'period-overlaps', pointer: '/amends', detail });
  }
  const overlapping = filings.find(
    ({ year, period }) =>
      year !== report.year && period.from <= report.period.to && report.period.from <= period.to,
  );
  if (overlapping !== undefined) {
    const { year, period } = overlapping;
    const detail = `The report for ${year} is about ${period.from} to ${period.to}`;
    refusals.push({ problem: 'period-overlaps', pointer: '/period', detail });
  }
  const fault = coverOnly ? coverAloneFault(report, cover) : undefined;
  if (fault !== undefined) {
    refusals.push({ problem: 'cover-not-enough', pointer: '/coverOnly', detail: fault });
  }
  return refusals;
}

/** What is wrong with the day on which a report is said to be submitted, if anything. */
export function submittedOnFault(text: string | undefined, now: number): string | undefined {
  try {
    const day = given(text);
    const today = latestToday(now);
    if (day === undefined || day.last <= today) return undefined;
    return `${day.text} lies in the future; today is ${today} at the latest`;
  } catch (error) {
    if (error instanceof NotADate) return error.message;
    throw error;
  }
}
