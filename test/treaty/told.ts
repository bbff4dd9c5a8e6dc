import type { FindingName, Status } from '../../src/treaty/obligation.ts';
import type { Clock, Passing, Stamp } from './calendar-walk.ts';
import type { Completed } from './simulated-facts.ts';
import type { FindOnShelf } from './simulated-stock.ts';

/**
 * What a day says of an obligation. What only a later day brings to light is asked for when the
 * calendar has run on: the day on which a clock rings, a source that states a breach long after.
 */
export interface Told {
  readonly article: string;
  readonly period?: string;
  readonly entry?: string;
  readonly clock: Clock;
  readonly status: () => Status;
  readonly findings: () => readonly FindingName[];
  readonly remaining?: number | undefined;
  readonly breaches?: readonly { from: Stamp; to: Stamp }[];
  readonly covers?: readonly AnnualReport[];
  readonly isMerged?: () => boolean;
}

/** Later than any day. */
export const never: Stamp = 99_999_999;

/** Something owed with its clock. */
export interface Watched {
  readonly article: string;
  readonly clock: Clock;
  /** Whether the record is said to be complete for every day of its time. */
  readonly isCovered: () => boolean;
}

/** A calendar year to be reported on. */
export interface AnnualReport extends Watched {
  readonly year: number;
  /** The initial report was not overdue when this one was due: it stands for both. */
  merged: boolean;
}

/** Newly found stock that is a case of its own. */
export interface FindCase {
  readonly find: FindOnShelf;
  readonly clock: Clock;
  /** The last day at whose end something was left of it. */
  lastLeft: Stamp;
}

/** What is said of a day that has passed with nothing done. */
export function past(broken: boolean, { isCovered }: Watched): Status {
  return broken || isCovered() ? 'missed' : 'unrecorded';
}

/** In time on the last day itself. */
export function timely({ done }: Passing, { rang }: Clock): Status {
  return rang !== undefined && done !== undefined && done > rang ? 'met-late' : 'met';
}

/** A declaration does not say on which day before it something was completed. */
export function isOpenWhen({ body, completed }: Completed, clock: Clock): boolean {
  const declaredOnly = body.completedOn === undefined;
  return isOpen(declaredOnly ? { ...completed, begun: 0 } : completed, clock);
}

/** Whether the date as given leaves open on which side of the deadline it lies. */
export function isOpen(
  { begun = 0, done = 0 }: Pick<Passing, 'begun' | 'done'>,
  { rang = 0 }: Clock,
): boolean {
  return begun <= rang && rang < done;
}
