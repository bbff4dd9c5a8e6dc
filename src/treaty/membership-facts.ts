import { parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { given } from './calendar.ts';
import { completedBy } from './completion.ts';
import { StandingFacts } from './fact-book.ts';
import type { AskedFact } from './facts.ts';
import type { Membership } from './membership.ts';

/**
 * The membership that a day is counted to: the last that came after the end of another. Between a
 * withdrawal and a new entry into force it is the coming one.
 */
export function membershipAt(all: readonly Membership[], day: Day): Membership | undefined {
  return all.findLast((_, n) => {
    const before = all[n - 1];
    return before === undefined || (before.end !== undefined && before.end <= day);
  });
}

/** A State's facts that belong to one of its memberships, or to all of them. */
export function factsWithin(
  facts: StandingFacts,
  all: readonly Membership[],
  membership: Membership,
): StandingFacts {
  const { end } = membership;
  if (all.length < 2 && end === undefined) return facts;
  return new StandingFacts(
    facts.all.filter((fact) => {
      const day = dayOfFact(fact);
      if (day === undefined) return true;
      // What is said of a breach may be said after the withdrawal; nothing is done by then.
      if (fact.kind === 'breach') return membership === (begunBy(all, day) ?? all[0]);
      return membershipAt(all, day) === membership && !isAfter(fact, day, end);
    }),
  );
}

/** Whether something was done when the membership was over; an extension's end does not say so. */
function isAfter({ kind, body }: AskedFact, day: Day, end: Day | undefined): boolean {
  if (end === undefined || (kind === 'extension' && body.decidedOn === undefined)) return false;
  return day >= end;
}

/** The last membership that had begun by a day. */
function begunBy(all: readonly Membership[], day: Day): Membership | undefined {
  return all.findLast(({ entryIntoForce }) => entryIntoForce.day <= day);
}

/** The day that puts a fact to a membership; none where it is not about one alone. */
function dayOfFact({ kind, body }: AskedFact): Day | undefined {
  if (kind === 'completion') return completedBy({ body });
  if (kind === 'extension') return parseEffectiveDate(body.decidedOn ?? body.until).last;
  if (kind === 'report-submission') {
    return parseEffectiveDate(body.submittedOn ?? body.period).last;
  }
  if (kind === 'breach') return given(body.period ?? body.statedOn)?.last;
  return undefined;
}
