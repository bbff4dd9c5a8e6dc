import { dayBefore, type Day } from '../ledger/effective-date.ts';
import { dutiesOf, type Convention, type Duty } from './convention.ts';
import { deadlineOn } from './deadline.ts';
import { completionOf, deadlineObligation } from './deadline-duty.ts';
import type { StandingFacts } from './fact-book.ts';
import { foundObligations, foundSince, thresholdOf } from './found-duty.ts';
import { depositOf, membershipOn, membershipsOf, type Membership } from './membership.ts';
import { factsWithin } from './membership-facts.ts';
import type { Case, Obligation } from './obligation.ts';
import { annualReports, initialReport } from './report-duty.ts';
import type { StockRecord } from './stock-record.ts';

/** What one membership of a State brought with it. */
export interface Standing {
  readonly membership: Membership;
  readonly obligations: readonly Obligation[];
}

/** A State under the convention on a day: whether it is a party, and what it owes. */
export interface Compliance {
  readonly party: boolean;
  /** The membership of that day, or the last one before it. */
  readonly current: Standing | undefined;
  /** Memberships that ended before another began. */
  readonly earlier: readonly Standing[];
  /** A membership that has been brought about and begins later. */
  readonly coming: Membership | undefined;
}

/**
 * The obligations of a State on a day: all that have arisen by then, with their days, what became
 * of them, and the facts and figures that say so. Pure: the same arguments, the same answer.
 */
export function complianceOf(
  law: Convention,
  facts: StandingFacts,
  common: StandingFacts,
  stock: StockRecord,
  on: Day,
): Compliance {
  const memberships = membershipsOf(facts, law);
  const begun = memberships.filter((membership) => hasBegun(membership, on));
  const standings = begun.map((membership): Standing => {
    const own = factsWithin(facts, memberships, membership);
    const { end } = membership;
    const judged = end !== undefined && end <= on ? dayBefore(end) : on;
    const the: Case = { law, membership, facts: own, common, stock, on: judged, asked: on };
    return { membership, obligations: obligationsOf(the) };
  });
  return {
    party: membershipOn(memberships, on) !== undefined,
    current: standings.at(-1),
    earlier: standings.slice(0, -1),
    coming: memberships.find(
      ({ entryIntoForce, instrument }) => entryIntoForce.day > on && depositOf(instrument) <= on,
    ),
  };
}

/** Whether a membership had begun by a day; one that was withdrawn before it began never did. */
function hasBegun({ entryIntoForce, end }: Membership, on: Day): boolean {
  return entryIntoForce.day <= on && (end === undefined || end > entryIntoForce.day);
}

function obligationsOf(the: Case): readonly Obligation[] {
  return the.law.duties.flatMap((duty) => ofDuty(the, duty));
}

function ofDuty(the: Case, duty: Duty): readonly Obligation[] {
  if (duty.kind === 'initial-report') {
    return [initialReport(the, duty, dutiesOf(the.law, 'annual-report')[0])];
  }
  if (duty.kind === 'annual-report') {
    return annualReports(the, duty, dutiesOf(the.law, 'initial-report')[0]);
  }
  const own = deadlineObligation(the, duty);
  const { due } = deadlineOn(the, duty);
  const finds = foundSince(the, duty, thresholdOf(the, due.day, completionOf(the, duty)));
  return [own, ...foundObligations(the, duty, finds)];
}
