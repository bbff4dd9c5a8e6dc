import type { Day } from '../ledger/effective-date.ts';
import type { Basis, Fact } from './facts.ts';

/** Something that a date or a status rests on: a fact of the record, or a figure of the ledger. */
export interface Ground {
  readonly what: string;
  /** As given: a month stays a month. Null where the source does not say. */
  readonly value: string | number | null;
  /** The fact or entry that says it; null for what follows from the text of the convention. */
  readonly fact: string | null;
  readonly source: string | null;
  readonly basis: Basis;
}

/** A date with the way it was reckoned. */
export interface Reckoned {
  readonly day: Day;
  /** The article, as the convention numbers it. */
  readonly article: string;
  /** The rule in words. */
  readonly rule: string;
  readonly arithmetic: string;
  readonly grounds: readonly Ground[];
}

/** What a fact says, as a ground. */
export function groundOf(
  fact: Fact,
  what: string,
  value: string | number | null | undefined,
): Ground {
  const { id, body } = fact;
  return {
    what,
    value: value ?? null,
    fact: id,
    source: body.source ?? null,
    basis: body.basis ?? 'read',
  };
}

/** A day that another reckoning gave, as a ground of the next. */
export function groundOfDay({ day, grounds }: Reckoned, what: string): Ground {
  const [first] = grounds;
  return {
    what,
    value: day,
    fact: first?.fact ?? null,
    source: first?.source ?? null,
    basis: basisOf(grounds),
  };
}

/** To be checked as soon as one of the grounds is. */
export function basisOf(grounds: readonly Ground[]): Basis {
  return grounds.some(({ basis }) => basis === 'to be checked') ? 'to be checked' : 'read';
}
