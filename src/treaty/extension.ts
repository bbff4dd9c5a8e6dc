import { lastDayEver, type Day, type EffectiveDate } from '../ledger/effective-date.ts';
import { given } from './calendar.ts';
import type { StandingFacts } from './fact-book.ts';
import type { Fact } from './facts.ts';
import { meetingOf } from './meetings.ts';
import type { Extension } from './obligation.ts';

type Granted = Pick<Fact<'extension'>, 'body'>;

/** Extensions of an article, each reaching further than the one before. */
export function extensionsOf(
  all: readonly Fact<'extension'>[],
  article: string,
): readonly Fact<'extension'>[] {
  return all
    .filter(({ body }) => body.article === article)
    .sort((a, b) => a.body.until.localeCompare(b.body.until));
}

/** When an extension was decided: as recorded, or on the days of the meeting that decided it. */
export function decidedOn({ body }: Granted, common: StandingFacts): EffectiveDate | undefined {
  if (body.decidedOn !== undefined || body.meeting === undefined) return given(body.decidedOn);
  return given(meetingOf(common, body.meeting)?.body.dates);
}

/** Whether one extension is known to have been granted before another. */
export function isGrantedBefore(a: Granted, b: Granted, common: StandingFacts): boolean {
  const [first, second] = [a.body.ordinal, b.body.ordinal];
  if (first !== undefined && second !== undefined) return first < second;
  return latest(a, common) < (decidedOn(b, common)?.first ?? '');
}

/** The last day on which it can have been decided: not after it was read. */
function latest(granted: Granted, common: StandingFacts): Day {
  const { readAsOf } = granted.body;
  return (decidedOn(granted, common) ?? given(readAsOf))?.last ?? lastDayEver;
}

/** Extensions as they are shown. */
export function shownExtension({ id, body }: Fact<'extension'>): Extension {
  const { until, decidedOn = null, meeting = null, readAsOf = null } = body;
  return { fact: id, until, decidedOn, meeting, readAsOf };
}
