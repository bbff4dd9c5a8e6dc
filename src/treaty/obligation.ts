import type { Day } from '../ledger/effective-date.ts';
import type { Convention } from './convention.ts';
import type { StandingFacts } from './fact-book.ts';
import type { Membership } from './membership.ts';
import type { Ground, Reckoned } from './reckoned.ts';
import type { StockRecord } from './stock-record.ts';

/**
 * What became of an obligation. `missed` rests on a positive fact; `unrecorded` says that the day
 * has passed and the record is silent, which accuses nobody.
 */
export const statuses = [
  'pending',
  'met',
  'met-late',
  'missed',
  'unrecorded',
  'not-owed',
  'ended',
] as const;
export type Status = (typeof statuses)[number];

/** Something that stands beside a status and that no one word of status could say. */
export interface Finding {
  readonly finding: FindingName;
  readonly detail: string;
  readonly quantity?: number;
  /** Entries of the book, or facts of the treaty, that show it. */
  readonly entries?: readonly string[];
}

export const findingNames = [
  'zero-not-declared',
  'found-since',
  'declared-with-remaining',
  'unverifiable-stock',
  'custody-past-deadline',
  'breach-before-decision',
  'breach-recorded',
  'earlier-extension-unrecorded',
  'deadline-read-earlier',
  'later-declaration',
  'extended-since-completion',
  'completion-day-open',
  'submission-day-open',
  'to-be-checked',
  'withdrawal-under-way',
  'retained-rose-without-reason',
  'retained-without-account',
] as const;
export type FindingName = (typeof findingNames)[number];

/** Days on which an obligation was broken, though it is not now. */
export interface Breach {
  readonly from: Day;
  readonly to: Day;
}

export interface Extension {
  readonly fact: string;
  readonly until: Day;
  readonly decidedOn: string | null;
  readonly meeting: string | null;
  readonly readAsOf: string | null;
}

/** An obligation of a State with its day, what became of it, and why both are so. */
export interface Obligation {
  readonly article: string;
  /** The calendar year that a report is about. */
  readonly period?: string;
  /** The entry that found the stock of a case of its own. */
  readonly entry?: string;
  readonly due: Reckoned;
  readonly status: Status;
  /** Of what is missed or was met late: the first day after it was due. */
  readonly since?: Day;
  readonly because: string;
  readonly grounds: readonly Ground[];
  /** What is left of the stock that it is about, on the day asked. */
  readonly remaining?: number;
  readonly completedOn?: string | null;
  readonly declaredOn?: string | null;
  readonly meeting?: string | null;
  readonly submittedOn?: string | null;
  readonly extensions?: readonly Extension[];
  readonly breaches?: readonly Breach[];
  /** Calendar years that an initial report stands for. */
  readonly covers?: readonly string[];
  readonly findings: readonly Finding[];
}

/** How an obligation was judged, before its day and its name are put to it. */
export interface Judgement {
  readonly status: Status;
  readonly because: string;
  readonly grounds: readonly Ground[];
}

/** One State in one of its memberships, on a day: everything that a rule may look at. */
export interface Case {
  readonly law: Convention;
  readonly membership: Membership;
  /** The State's facts of this membership, as known. */
  readonly facts: StandingFacts;
  /** Meetings and action plans, as known. */
  readonly common: StandingFacts;
  readonly stock: StockRecord;
  /** The day judged: the day asked, or the last day of the membership when that is over. */
  readonly on: Day;
  /** The day asked. */
  readonly asked: Day;
}

/** Whether the membership had ended by the day asked. */
export function isOver({ membership: { end }, asked }: Case): boolean {
  return end !== undefined && end <= asked;
}

/** Whether a due day has passed: the last day of a membership has, once that is over. */
export function hasPassed(the: Case, due: Day): boolean {
  return due < the.on || (due === the.on && isOver(the));
}

/** Of a membership that is over, what was still open has ended with it. */
export function endedIfOpen(the: Case, judgement: Judgement): Judgement {
  const { end } = the.membership;
  if (!isOver(the) || judgement.status !== 'pending') return judgement;
  return {
    status: 'ended',
    because: `Not due before the withdrawal took effect on ${end}`,
    grounds: judgement.grounds,
  };
}
