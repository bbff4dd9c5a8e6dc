import type { Day } from '../ledger/effective-date.ts';
import { given, later, monthsAfter } from './calendar.ts';
import type { Convention } from './convention.ts';
import type { Fact, FactBodies } from './facts.ts';
import { groundOf, type Reckoned } from './reckoned.ts';

/** A withdrawal, and when it takes effect: not yet known while an armed conflict holds it back. */
export interface Withdrawal {
  readonly fact: Fact<'withdrawal'>;
  readonly effect: Reckoned | undefined;
}

/** The first day that a withdrawal speaks of. */
export function startOf({ body }: Pick<Fact<'withdrawal'>, 'body'>): Day {
  const { notifiedOn, receivedOn, effectiveOn } = body;
  return receivedOn ?? given(notifiedOn)?.last ?? effectiveOn ?? '9999-12-31';
}

/** The day on which a withdrawal takes effect by its receipt; undefined where that can't be told. */
export function effectByReceipt(
  { receivedOn, armedConflict, conflictEndedOn }: FactBodies['withdrawal'],
  { withdrawal: { months } }: Convention,
): Day | undefined {
  if (receivedOn === undefined) return undefined;
  const expires = monthsAfter(receivedOn, months);
  if (armedConflict !== true) return expires;
  return conflictEndedOn === undefined ? undefined : later(expires, conflictEndedOn);
}

/**
 * When a withdrawal takes effect (Article 20.3): so many months after the Depositary received it; if
 * the State is then in an armed conflict, not before its end. Where that can't be told, as given.
 */
export function effectOf(fact: Fact<'withdrawal'>, law: Convention): Reckoned | undefined {
  const { article, months } = law.withdrawal;
  const { receivedOn, effectiveOn, conflictEndedOn } = fact.body;
  const day = effectByReceipt(fact.body, law);
  if (receivedOn === undefined || day === undefined) {
    return effectiveOn === undefined ? undefined : asGiven(fact, article, effectiveOn);
  }
  const received = groundOf(fact, 'received by the Depositary', receivedOn);
  const sum = `${receivedOn} + ${months} months = ${monthsAfter(receivedOn, months)}`;
  const reckoned = {
    day,
    article,
    rule: `${months} months after the Depositary received it; not before an armed conflict ends`,
  };
  if (conflictEndedOn === undefined) return { ...reckoned, arithmetic: sum, grounds: [received] };
  return {
    ...reckoned,
    arithmetic: `${sum}; the conflict ended on ${conflictEndedOn}: the later of both`,
    grounds: [received, groundOf(fact, 'armed conflict ended', conflictEndedOn)],
  };
}

function asGiven(fact: Fact<'withdrawal'>, article: string, day: Day): Reckoned {
  return {
    day,
    article,
    rule: 'As a source gives it: it does not follow from what is recorded of the receipt',
    arithmetic: `given as ${day}`,
    grounds: [groundOf(fact, 'effect as given', day)],
  };
}
