import { dayBefore, type Day, type EffectiveDate } from '../ledger/effective-date.ts';
import { daysAfter, yearsAfter } from './calendar.ts';
import { completedBy, completionsOf } from './completion.ts';
import type { Deadline } from './convention.ts';
import { decidedOn, extensionsOf } from './extension.ts';
import type { Fact } from './facts.ts';
import type { Breach, Case } from './obligation.ts';
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
export function firstDeadline(
  { entryIntoForce }: Pick<Case['membership'], 'entryIntoForce'>,
  duty: Deadline,
): Reckoned {
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
export function deadlineOn(the: Case, duty: Deadline): DeadlineInForce {
  let due = firstDeadline(the.membership, duty);
  const breaches: Breach[] = [];
  const extensions: Fact<'extension'>[] = [];
  let incomplete = false;
  for (const extension of extensionsOf(the.facts.of('extension'), duty.article)) {
    const decided = decidedOn(extension, the.common);
    incomplete ||= lacksEarlier(extension, extensions.length, due, duty, decided === undefined);
    const gap = daysAfter(due.day, 1);
    if (decided !== undefined && decided.last > the.on) {
      const decidedLate = decided.first >= gap && !incomplete ? extension : undefined;
      return { due, extensions, breaches, decidedLate, incomplete };
    }
    if (decided !== undefined && !incomplete) breaches.push(...breachIn(the, duty, gap, decided));
    due = extended(due, extension, duty);
    extensions.push(extension);
  }
  return { due, extensions, breaches, decidedLate: undefined, incomplete };
}

/** The days between a deadline and a late decision, or the completion if that came before it. */
function breachIn(
  { facts }: Case,
  { article }: Deadline,
  from: Day,
  { first: decided }: EffectiveDate,
): readonly Breach[] {
  const [completed] = completionsOf(facts.of('completion'), article).map(completedBy);
  const end = completed !== undefined && completed < decided ? completed : decided;
  return end > from ? [{ from, to: dayBefore(end) }] : [];
}

/** Whether another extension must lie between a deadline and this one. */
function lacksEarlier(
  { body: { ordinal, until } }: Fact<'extension'>,
  taken: number,
  due: Reckoned,
  { extension }: Deadline,
  undated: boolean,
): boolean {
  if (ordinal !== undefined) return ordinal > taken + 1;
  return undated && extension.possible && until > yearsAfter(due.day, extension.yearsMax);
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
