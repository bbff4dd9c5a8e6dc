import type { Day } from '../ledger/effective-date.ts';
import { firstOfMonthAfter, given, later } from './calendar.ts';
import type { Convention } from './convention.ts';
import type { StandingFacts } from './fact-book.ts';
import { bindingActs, type Fact } from './facts.ts';
import { groundOf, type Reckoned } from './reckoned.ts';
import { effectOf, startOf, type Withdrawal } from './withdrawal.ts';

/** An instrument by which a State binds itself, with the day on which that takes effect. */
export interface Membership {
  readonly instrument: Fact<'instrument'>;
  readonly entryIntoForce: Reckoned;
  readonly withdrawal: Withdrawal | undefined;
  /** The first day on which it is no longer a party; undefined while it goes on. */
  readonly end: Day | undefined;
}

/** The times in which a State is or was bound, in order. */
export function membershipsOf(facts: StandingFacts, law: Convention): readonly Membership[] {
  const instruments = facts.of('instrument').filter(isBinding).sort(byDeposit);
  return instruments.map((instrument, n) => {
    const entryIntoForce = entryIntoForceOf(instrument, law);
    const next = instruments[n + 1];
    const withdrawal = withdrawalFrom(facts, depositOf(instrument), next && depositOf(next), law);
    return { instrument, entryIntoForce, withdrawal, end: withdrawal?.effect?.day };
  });
}

/** The membership that a day falls into, if it does. */
export function membershipOn(all: readonly Membership[], on: Day): Membership | undefined {
  return all.find(
    ({ entryIntoForce, end }) => entryIntoForce.day <= on && (end === undefined || on < end),
  );
}

/** Whether an instrument binds: a signature does not. */
export function isBinding({ body }: Fact<'instrument'>): boolean {
  return (bindingActs as readonly string[]).includes(body.kind);
}

/** The last day on which an instrument can have been deposited. */
export function depositOf({ body }: Fact<'instrument'>): Day {
  return given(body.depositedOn)?.last ?? '9999-12-31';
}

/**
 * When an instrument brings the convention into force for its State: for those who brought it into
 * force at all one day; for later ones the first day of the so-manieth month after the month of
 * deposit (so practised, though the text says "after the date"); for successions as given.
 */
export function entryIntoForceOf(
  instrument: Fact<'instrument'>,
  { entryIntoForce: rule }: Convention,
): Reckoned {
  const { depositedOn, entryIntoForce } = instrument.body;
  const deposited = groundOf(instrument, 'deposited', depositedOn);
  if (entryIntoForce !== undefined) {
    return {
      day: entryIntoForce,
      article: rule.succession.article,
      rule: 'Of a succession: as the depositary gives it, never computed',
      arithmetic: `given as ${entryIntoForce}`,
      grounds: [groundOf(instrument, 'entry into force as given', entryIntoForce), deposited],
    };
  }
  const deposit = depositOf(instrument);
  if (deposit <= rule.first.lastDeposit) {
    return {
      day: rule.first.on,
      article: rule.first.article,
      rule: `One day for all whose instrument was deposited by ${rule.first.lastDeposit}`,
      arithmetic: `${depositedOn} is not after ${rule.first.lastDeposit}: ${rule.first.on}`,
      grounds: [deposited],
    };
  }
  const { article, months } = rule.later;
  const computed = firstOfMonthAfter(deposit, months);
  return {
    day: later(computed, rule.first.on),
    article,
    rule: `The first day of month ${months} after the month of deposit`,
    arithmetic: `first day of the month of ${depositedOn} + ${months} months = ${computed}`,
    grounds: [deposited],
  };
}

function withdrawalFrom(
  facts: StandingFacts,
  from: Day,
  until: Day | undefined,
  law: Convention,
): Withdrawal | undefined {
  // What was said last holds: the end of a conflict is recorded after the withdrawal itself.
  const fact = facts.of('withdrawal').findLast((withdrawal) => {
    const day = startOf(withdrawal);
    return day >= from && (until === undefined || day < until);
  });
  return fact && { fact, effect: effectOf(fact, law) };
}

function byDeposit(a: Fact<'instrument'>, b: Fact<'instrument'>): number {
  return depositOf(a).localeCompare(depositOf(b));
}

/** The day of a signature, if one stands; an instrument may say it too. */
export function signedOn(facts: StandingFacts): string | undefined {
  return facts.of('instrument').find(({ body }) => body.signedOn !== undefined)?.body.signedOn;
}

/** Whether an instrument had been deposited by the end of a day, and not withdrawn by then. */
export function isBound(all: readonly Membership[], on: Day): boolean {
  return all.some(
    ({ instrument, end }) => depositOf(instrument) <= on && (end === undefined || on < end),
  );
}
