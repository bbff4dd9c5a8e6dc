import { dayBefore, type Day } from '../ledger/effective-date.ts';
import { daysAfter, given, yearsAfter } from './calendar.ts';
import type { Deadline } from './convention.ts';
import type { Fact } from './facts.ts';
import type { Breach, Case, Extension } from './obligation.ts';
import { groundOf, groundOfDay, type Reckoned } from './reckoned.ts';

/** A deadline as it stands on a day, with the decisions that moved it. */
export interface DeadlineInForce {
  readonly due: Reckoned;
  readonly extensions: readonly Fact<'extension'>[];
  /** Days between a deadline and a late decision: the obligation was broken on them. */
  readonly breaches: readonly Breach[];
  /** A decision of a later day that shows that it was not completed when it was due. */
  readonly decidedLate: Fact<'extension'> | undefined;
  /** Whether earlier extensions exist that the record does not have. */
  readonly incomplete: boolean;
}

/** The deadline of an article by its years alone. */
export function firstDeadline({ entryIntoForce }: Case['membership'], duty: Deadline): Reckoned {
  const { day } = entryIntoForce;
  const due = yearsAfter(day, duty.years);
  return {
    day: due,
    article: duty.article,
    rule: `${duty.years} years after the entry into force; the anniversary itself is still in time`,
    arithmetic: `${day} + ${duty.years} years = ${due}`,
    grounds: [groundOfDay(entryIntoForce, 'entry into force')],
  };
}

/** The deadline that is in force on the day judged: extended by the decisions of that day or before. */
export function deadlineOn({ membership, facts, on }: Case, duty: Deadline): DeadlineInForce {
  let due = firstDeadline(membership, duty);
  const breaches: Breach[] = [];
  const taken: Fact<'extension'>[] = [];
  let incomplete = false;
  for (const extension of extensionsOf(facts.of('extension'), duty.article)) {
    const decided = given(extension.body.decidedOn);
    incomplete ||= (extension.body.ordinal ?? 0) > taken.length + 1;
    if (decided !== undefined && decided.last > on) {
      const decidedLate = decided.first > due.day && !incomplete ? extension : undefined;
      return { due, extensions: taken, breaches, decidedLate, incomplete };
    }
    if (decided !== undefined && decided.first > daysAfter(due.day, 1) && !incomplete) {
      breaches.push({ from: daysAfter(due.day, 1), to: dayBefore(decided.first) });
    }
    due = extended(due, extension, duty);
    taken.push(extension);
  }
  return { due, extensions: taken, breaches, decidedLate: undefined, incomplete };
}

/** Extensions of an article in the order of their decisions, then of the days they give. */
export function extensionsOf(
  all: readonly Fact<'extension'>[],
  article: string,
): readonly Fact<'extension'>[] {
  const key = ({ body }: Fact<'extension'>): Day => given(body.decidedOn)?.last ?? body.until;
  return all
    .filter(({ body }) => body.article === article)
    .sort((a, b) => key(a).localeCompare(key(b)) || a.body.until.localeCompare(b.body.until));
}

function extended(due: Reckoned, fact: Fact<'extension'>, { article }: Deadline): Reckoned {
  const { until, meeting } = fact.body;
  return {
    day: until,
    article,
    rule: 'As the States Parties granted it; never computed',
    arithmetic: `${due.day} extended to ${until}${meeting === undefined ? '' : ` by ${meeting}`}`,
    grounds: [...due.grounds, groundOf(fact, 'extended until', until)],
  };
}

/** Extensions as they are shown. */
export function shownExtension({ id, body }: Fact<'extension'>): Extension {
  const { until, decidedOn = null, meeting = null, readAsOf = null } = body;
  return { fact: id, until, decidedOn, meeting, readAsOf };
}
