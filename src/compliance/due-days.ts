import type { Day } from '../ledger/effective-date.ts';
import type { Obligation, Status } from '../treaty/obligation.ts';
import type { Compliance } from '../treaty/obligations.ts';
import { basisOf } from '../treaty/reckoned.ts';
import type { CalendarDay } from './calendar.ts';
import { everyObligation } from './overviews.ts';

/** A State with its obligations on the day asked, and at the end of the time looked at. */
export interface StateCase {
  readonly state: string;
  readonly name: string;
  readonly now: Compliance;
  readonly then: Compliance;
}

interface DueDay extends Pick<StateCase, 'state' | 'name'> {
  readonly obligation: Obligation;
  readonly status: Status;
}

/** The days on which obligations fall due; `together`: one for all States of an article and day. */
export function dueDays(
  cases: readonly StateCase[],
  from: Day,
  to: Day,
  together: boolean,
): readonly CalendarDay[] {
  const all = cases
    .flatMap(dueOf)
    .filter(({ obligation: { due } }) => due.day >= from && due.day <= to)
    .sort((a, b) => a.obligation.due.day.localeCompare(b.obligation.due.day));
  if (!together) return all.map(one);
  const groups = Map.groupBy(all, ({ obligation }) => groupOf(obligation));
  return [...groups].map(([key, group]) => (group.length === 1 ? oneOf(group) : many(key, group)));
}

function dueOf({ state, name, now, then }: StateCase): readonly DueDay[] {
  const known = everyObligation(now);
  return [...everyObligation(then)]
    .filter(([, { status }]) => status !== 'not-owed' && status !== 'ended')
    .map(([key, obligation]) => {
      return { state, name, obligation, status: known.get(key)?.status ?? 'pending' };
    });
}

function one({ state, name, obligation, status }: DueDay): CalendarDay {
  const { due } = obligation;
  return {
    uid: `${identity(obligation)}-${due.day}-${state}@stockpile-ledger`,
    first: due.day,
    last: due.day,
    summary: `${name}: ${title(obligation)} due (${status})`,
    description: `${due.rule}. ${due.arithmetic}${unsure(obligation)}`,
  };
}

function oneOf([first]: readonly DueDay[]): CalendarDay {
  if (first === undefined) throw new RangeError('a group of days is never empty');
  return one(first);
}

function many(key: string, group: readonly DueDay[]): CalendarDay {
  const { obligation } = group[0] as DueDay;
  const { due } = obligation;
  return {
    uid: `${key}@stockpile-ledger`,
    first: due.day,
    last: due.day,
    summary: `${title(obligation)} due: ${group.length} States`,
    description: group
      .map((each) => `${each.name}: ${each.status}${unsure(each.obligation)}`)
      .join('\n'),
  };
}

/** Wherever a date is shown that is to be checked, it says so. */
function unsure({ due }: Obligation): string {
  return basisOf(due.grounds) === 'read' ? '' : ' (date to be checked)';
}

function title({ article, period }: Obligation): string {
  return period === undefined ? `Article ${article}` : `Article ${article} report for ${period}`;
}

function groupOf(obligation: Obligation): string {
  const { article, period = 'once', due } = obligation;
  return `${article}-${period}-${due.day}`;
}

function identity({ article, period = 'once', entry = '' }: Obligation): string {
  return `${article}-${period}${entry && `-${entry}`}`;
}
