import { Inject, Injectable } from '@nestjs/common';
import type { TwoTimes } from '../journal/asked.ts';
import { JournalService } from '../journal/journal.service.ts';
import type { Memberships, PartyOn } from '../journal/memberships.ts';
import { parseEffectiveDate } from '../ledger/effective-date.ts';
import { StandingFacts } from '../treaty/fact-book.ts';
import type { Fact } from '../treaty/facts.ts';
import { isBound, membershipOn, membershipsOf, type Membership } from '../treaty/membership.ts';
import { mineBan } from '../treaty/mine-ban.ts';
import { complianceOf, type Compliance } from '../treaty/obligations.ts';
import { FactKeeper } from './fact-keeper.ts';
import { journalStock } from './journal-stock.ts';
import { FiledReports } from './submissions.ts';

/** The treaty clock over the facts of the record and the ledger's own figures, at two times. */
@Injectable()
export class ComplianceService implements Memberships {
  constructor(
    @Inject(FactKeeper) private readonly keeper: FactKeeper,
    @Inject(JournalService) private readonly service: JournalService,
    @Inject(FiledReports) private readonly filed: FiledReports,
  ) {}

  /** A State on a day, as known at a position: whether it is a party, what it owes, and why. */
  of(state: string, { effective, known }: TwoTimes): Compliance {
    const facts = this.facts(state, known);
    const stock = journalStock(this.service.journal, state, known);
    return complianceOf(mineBan, facts, this.facts(null, known), stock, effective);
  }

  /** The facts that stand, of a State or of none, as known at a position. */
  facts(state: string | null, known: bigint): StandingFacts {
    const recorded = this.keeper.book.standing(state, known);
    const filed = state === null ? [] : this.filed.submissions(state, known);
    if (filed.length === 0) return recorded;
    // Of a period for which the secretariat has recorded a submission, its record governs the date.
    const governed = new Set(recorded.of('report-submission').map(periodOf));
    return new StandingFacts([
      ...recorded.all,
      ...filed.filter((submission) => !governed.has(periodOf(submission))),
    ]);
  }

  /** The States that have any fact, in alphabetical order. */
  states(known: bigint): readonly string[] {
    return [...this.keeper.book.states(known)].sort();
  }

  partyOn(state: string, { effective, known }: TwoTimes): PartyOn {
    const memberships = membershipsOf(this.facts(state, known), mineBan);
    const begun = memberships.findLast(({ entryIntoForce }) => entryIntoForce.day <= effective);
    const shown = begun ?? memberships.find((membership) => isBound([membership], effective));
    return {
      party: membershipOn(memberships, effective) !== undefined,
      entryIntoForce: shown?.entryIntoForce.day ?? null,
    };
  }

  memberships(state: string, known: bigint): readonly Membership[] {
    return membershipsOf(this.facts(state, known), mineBan);
  }
}

function periodOf({ body: { kind, period } }: Fact<'report-submission'>): string {
  const { first, last } = parseEffectiveDate(period);
  return `${kind} ${first} ${last}`;
}
