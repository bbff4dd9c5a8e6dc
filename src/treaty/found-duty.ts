import { dayBefore, parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { daysAfter, given, later, monthsAfter } from './calendar.ts';
import { completedBy } from './completion.ts';
import type { Deadline } from './convention.ts';
import type { Fact } from './facts.ts';
import {
  endedIfOpen,
  hasPassed,
  type Case,
  type Judgement,
  type Obligation,
} from './obligation.ts';
import type { Reckoned } from './reckoned.ts';
import type { Find } from './stock-record.ts';

/**
 * The day after which found stock is a case of its own: the deadline or the completion, whichever
 * comes first, but not before the convention is in force.
 */
export function thresholdOf(
  { membership }: Case,
  due: Day,
  completion: Fact<'completion'> | undefined,
): Day {
  const completed = completion === undefined ? due : completedBy(completion);
  const first = completed < due ? completed : due;
  return later(first, dayBefore(membership.entryIntoForce.day));
}

/** Finds after a day, by the day judged; none for a duty that knows no such cases. */
export function foundSince({ stock, on }: Case, duty: Deadline, threshold: Day): readonly Find[] {
  return duty.found === undefined || on <= threshold ? [] : stock.found(threshold, on);
}

/** What is left of finds at the end of a day. */
export function leftOf(finds: readonly Find[], day: Day): number {
  return finds.reduce((sum, find) => sum + find.left(day), 0);
}

/** A case of its own for each find. */
export function foundObligations(
  the: Case,
  duty: Deadline,
  finds: readonly Find[],
): readonly Obligation[] {
  const { found } = duty;
  if (found === undefined) return [];
  return finds.map((find): Obligation => {
    const due = foundDue(the, found, find);
    const judged = endedIfOpen(the, judge(the, find, due.day));
    const late = judged.status === 'missed' || judged.status === 'met-late';
    return {
      article: found.article,
      entry: find.entry,
      due,
      ...judged,
      ...(late && { since: daysAfter(due.day, 1) }),
      remaining: find.left(the.on),
      findings: [],
    };
  });
}

/** So many months after the find: by the action plan then in force, or by the rule as it is read. */
function foundDue({ common }: Case, found: NonNullable<Deadline['found']>, find: Find): Reckoned {
  const plan = common.of('action-plan').findLast(({ body }) => {
    const until = given(body.until)?.last ?? '9999-12-31';
    const inForce = parseEffectiveDate(body.from).first <= find.day && find.day <= until;
    return inForce && body.foundMonths !== undefined;
  });
  const months = plan?.body.foundMonths ?? found.months;
  const due = monthsAfter(find.day, months);
  const entry = {
    what: 'found',
    value: find.effectiveDate,
    fact: find.entry,
    source: null,
    basis: 'read' as const,
  };
  const from =
    plan === undefined
      ? { what: 'rule', value: found.source, fact: null, source: found.source }
      : { what: 'rule', value: plan.body.name, fact: plan.id, source: plan.body.source ?? null };
  return {
    day: due,
    article: found.article,
    rule: `${months} months after the discovery`,
    arithmetic: `${find.day} + ${months} months = ${due}`,
    grounds: [entry, { ...from, basis: plan?.body.basis ?? 'read' }],
  };
}

function judge(the: Case, find: Find, due: Day): Judgement {
  const { on } = the;
  const passed = hasPassed(the, due);
  const left = find.left(on);
  const held = (day: Day, value: number) => ({
    what: `left of the find on ${day}`,
    value,
    fact: find.entry,
    source: 'the ledger’s own figure',
    basis: 'read' as const,
  });
  const grounds = [held(on, left)];
  if (left > 0 && !passed) return { status: 'pending', because: 'Not due yet', grounds };
  if (left > 0) return { status: 'missed', because: `${left} are held after ${due}`, grounds };
  const atDue = passed ? find.left(due) : 0;
  if (atDue === 0) return { status: 'met', because: 'All of it is gone', grounds };
  const because = `All of it is gone; ${atDue} were held on ${due}`;
  return { status: 'met-late', because, grounds: [...grounds, held(due, atDue)] };
}
