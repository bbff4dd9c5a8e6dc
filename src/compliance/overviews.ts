import { Inject, Injectable } from '@nestjs/common';
import type { TwoTimes } from '../journal/asked.ts';
import type { Day } from '../ledger/effective-date.ts';
import { daysAfter, daysBetween, given } from '../treaty/calendar.ts';
import { dutiesOf } from '../treaty/convention.ts';
import type { Basis, Fact } from '../treaty/facts.ts';
import { isExerciseState, stateName } from '../treaty/iso-3166.ts';
import { isBound, membershipOn, signedOn } from '../treaty/membership.ts';
import { mineBan } from '../treaty/mine-ban.ts';
import type { Obligation, Status } from '../treaty/obligation.ts';
import type { Compliance } from '../treaty/obligations.ts';
import { basisOf } from '../treaty/reckoned.ts';
import { dueOfYear } from '../treaty/report-duty.ts';
import { ComplianceService } from './compliance.service.ts';

/** An obligation of a State that falls due. */
export interface FallingDue {
  readonly state: string;
  readonly name: string | undefined;
  readonly article: string;
  readonly period: string | null;
  readonly due: Day;
  readonly days: number;
  readonly status: Status;
  readonly basis: Basis;
}

/** The record of all States read across: who is bound, what falls due, who reported. */
@Injectable()
export class Overviews {
  constructor(@Inject(ComplianceService) private readonly compliance: ComplianceService) {}

  /** How many of these States are bound on a day, and which; those for exercises stand apart. */
  membership(codes: readonly string[], { effective: on, known }: TwoTimes) {
    const all = codes.map((state) => {
      const memberships = this.compliance.memberships(state, known);
      const signed = given(signedOn(this.compliance.facts(state, known)))?.last;
      return {
        state,
        party: membershipOn(memberships, on) !== undefined,
        bound: isBound(memberships, on),
        left: memberships.some(({ end }) => end !== undefined && end <= on),
        signed: signed !== undefined && signed <= on,
      };
    });
    const states = (which: (one: (typeof all)[number]) => boolean) =>
      all.filter((one) => !isExerciseState(one.state) && which(one)).map(({ state }) => state);
    const exercises = all.filter(({ state, party }) => isExerciseState(state) && party);
    const lists = {
      parties: states(({ party }) => party),
      comingIntoForce: states(({ party, bound }) => bound && !party),
      withdrawn: states(({ left, bound }) => left && !bound),
      signedOnly: states(({ signed, bound, left }) => signed && !bound && !left),
    };
    return {
      parties: lists.parties.length,
      deposited: lists.parties.length + lists.comingIntoForce.length,
      comingIntoForce: lists.comingIntoForce.length,
      withdrawn: lists.withdrawn.length,
      signedOnly: lists.signedOnly.length,
      states: lists,
      exercises: exercises.map(({ state }) => state),
    };
  }

  /** What falls due from a day on, within so many days, of these States; soonest first. */
  fallingDue(states: readonly string[], at: TwoTimes, days: number): readonly FallingDue[] {
    const on = at.effective;
    const horizon = daysAfter(on, days);
    const items = states.flatMap((state): FallingDue[] => {
      const now = everyObligation(this.compliance.of(state, at));
      const then = everyObligation(this.compliance.of(state, { ...at, effective: horizon }));
      return [...then]
        .filter(([, { due, status }]) => due.day >= on && due.day <= horizon && !isOff(status))
        .filter(([key]) => (now.get(key)?.status ?? 'pending') === 'pending')
        .map(([, { article, period = null, due, grounds }]) => ({
          state,
          name: stateName(state),
          article,
          period,
          due: due.day,
          days: daysBetween(on, due.day),
          status: 'pending' as const,
          basis: basisOf([...due.grounds, ...grounds]),
        }));
    });
    return items.sort(
      (a, b) =>
        a.due.localeCompare(b.due) ||
        a.state.localeCompare(b.state) ||
        a.article.localeCompare(b.article),
    );
  }

  /** Meetings whose days end on or after a day. */
  meetings(known: bigint, from: Day): readonly Fact<'meeting'>[] {
    return this.compliance
      .facts(null, known)
      .of('meeting')
      .filter(({ body }) => (given(body.dates)?.last ?? '') >= from);
  }

  /**
   * Who owed a report about a calendar year, and who had submitted it by a day. States for exercises
   * are listed and not counted.
   */
  reports(states: readonly string[], year: number, at: TwoTimes) {
    const [duty] = dutiesOf(mineBan, 'annual-report');
    const period = String(year);
    const items = states.flatMap((state) => {
      const owed = [...everyObligation(this.compliance.of(state, at)).values()].find(
        (obligation) => obligation.period === period || obligation.covers?.includes(period),
      );
      if (owed === undefined) return [];
      const { article, due, status, submittedOn = null, grounds } = owed;
      const basis = basisOf([...due.grounds, ...grounds]);
      return [{ state, name: stateName(state), article, due: due.day, status, submittedOn, basis }];
    });
    const counted = items.filter(({ state }) => !isExerciseState(state));
    const count = (...which: Status[]) =>
      counted.filter(({ status, article }) => article === duty?.article && which.includes(status))
        .length;
    return {
      period,
      due: duty === undefined ? null : dueOfYear(duty, year),
      owing: count('met', 'met-late', 'missed', 'unrecorded', 'pending'),
      submitted: count('met', 'met-late'),
      inTime: count('met'),
      late: count('met-late'),
      missed: count('missed'),
      unrecorded: count('unrecorded'),
      pending: count('pending'),
      notOwed: count('not-owed'),
      withInitialReport: counted.filter(({ article }) => article !== duty?.article).length,
      items,
    };
  }
}

/**
 * The obligations of every membership that has begun, each under a name that stays its own whenever
 * it is asked: of a State that joined again, Article 4 is owed twice.
 */
export function everyObligation({ earlier, current }: Compliance): ReadonlyMap<string, Obligation> {
  const standings = current === undefined ? earlier : [...earlier, current];
  return new Map(
    standings.flatMap(({ membership: { instrument }, obligations }) =>
      obligations.map((one) => {
        const { article, period = 'once', entry = 'no-find' } = one;
        return [[instrument.id, article, period, entry].join('/'), one] as const;
      }),
    ),
  );
}

function isOff(status: Status): boolean {
  return status === 'not-owed' || status === 'ended';
}
