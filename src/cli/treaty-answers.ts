import type { Known, Page } from './answers.ts';

/** What the service answers about the treaty, as far as the command line shows it. */
export interface Ground {
  readonly what: string;
  readonly value: string | number | null;
  readonly fact: string | null;
  readonly source: string | null;
  readonly basis: string;
}

/** A date and how it was reckoned. */
export interface ReckonedDay {
  readonly day: string;
  readonly article: string;
  readonly rule: string;
  readonly arithmetic: string;
  readonly basis: string;
  readonly grounds: readonly Ground[];
}

export interface FindingItem {
  readonly finding: string;
  readonly detail: string;
  /** Mines that it is about. */
  readonly quantity?: number;
}

export interface ObligationItem {
  readonly article: string;
  /** Of an annual report: the calendar year. */
  readonly period?: string;
  /** Of found stock: the entry that found it. */
  readonly entry?: string;
  readonly due: string;
  readonly status: string;
  readonly since?: string;
  readonly remaining?: number;
  readonly completedOn?: string | null;
  readonly declaredOn?: string | null;
  readonly submittedOn?: string | null;
  readonly extensions?: readonly { readonly until: string; readonly meeting: string | null }[];
  readonly covers?: readonly string[];
  readonly basis: string;
  readonly findings: readonly FindingItem[];
  readonly explanation?: {
    readonly due: ReckonedDay;
    readonly status: {
      readonly because: string;
      readonly grounds: readonly Ground[];
      readonly figures: string | null;
    };
  };
}

export interface MembershipItem {
  readonly fact: string;
  readonly instrument: string;
  readonly depositedOn: string | null;
  readonly source: string | null;
  readonly entryIntoForce: ReckonedDay;
  readonly end: string | null;
}

export interface WithdrawalItem {
  readonly fact: string;
  readonly notifiedOn: string | null;
  readonly receivedOn: string | null;
  readonly armedConflict: boolean;
  readonly source: string | null;
  readonly effect: ReckonedDay | null;
}

/** One membership of a State, with what it brought. */
export interface StandingItem {
  readonly membership: MembershipItem | null;
  readonly withdrawal: WithdrawalItem | null;
  readonly obligations: readonly ObligationItem[];
}

export interface ObjectionItem {
  readonly by: string;
  readonly madeOn: string | null;
  readonly against: string;
  readonly source: string | null;
}

export interface StateObligations extends StandingItem {
  readonly state: string;
  readonly on: string;
  readonly known: Known;
  readonly party: boolean;
  readonly entryIntoForce: string | null;
  readonly objections: readonly ObjectionItem[];
  readonly earlier: readonly StandingItem[];
}

/** One State among all. */
export interface StateOverview {
  readonly state: string;
  readonly name: string;
  readonly party: boolean;
  readonly entryIntoForce: string | null;
  readonly obligations: readonly ObligationItem[];
}

export interface ObligationsPage extends Page<StateOverview> {
  readonly on: string;
  readonly known: Known;
}

export interface MembershipAnswer {
  readonly on: string;
  readonly known: Known;
  readonly parties: number;
  readonly deposited: number;
  readonly comingIntoForce: number;
  readonly withdrawn: number;
  readonly signedOnly: number;
  readonly states: Readonly<Record<MembershipList, readonly string[]>>;
}

export type MembershipList = 'parties' | 'comingIntoForce' | 'withdrawn' | 'signedOnly';

export interface DueItem {
  readonly state: string;
  readonly article: string;
  readonly period: string | null;
  readonly due: string;
  readonly days: number;
}

export interface DueAnswer {
  readonly on: string;
  readonly days: number;
  readonly known: Known;
  readonly items: readonly DueItem[];
  readonly meetings: readonly {
    readonly name: string;
    readonly dates: string;
    readonly place: string | null;
  }[];
}

export interface TimelinessAnswer {
  readonly on: string;
  readonly known: Known;
  readonly period: string;
  readonly due: string;
  readonly owing: number;
  readonly inTime: number;
  readonly late: number;
  readonly missed: number;
  readonly unrecorded: number;
  readonly pending: number;
  readonly notOwed: number;
  readonly withInitialReport: number;
  readonly items: readonly {
    readonly state: string;
    readonly article: string;
    readonly due: string;
    readonly status: string;
    readonly submittedOn: string | null;
  }[];
}

export interface FactItem {
  readonly fact: string;
  readonly state: string | null;
  readonly kind: string;
  readonly position: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly reversedBy: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}
