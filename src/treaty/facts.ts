import type { Day } from '../ledger/effective-date.ts';

/** Whether a date was read in its source, or is still to be checked against the depositary. */
export const bases = ['read', 'to be checked'] as const;
export type Basis = (typeof bases)[number];

export const bindingActs = [
  'ratification',
  'acceptance',
  'approval',
  'accession',
  'succession',
] as const;
export const instrumentKinds = ['signature', ...bindingActs] as const;
export const submissionKinds = ['initial', 'annual'] as const;
export const meetingKinds = [
  'meeting-of-states-parties',
  'review-conference',
  'special-meeting',
  'other',
] as const;

/** What every fact carries: where it is known from, and how sure that is. */
interface Sourced {
  readonly source?: string;
  /** `read` unless said. */
  readonly basis?: Basis;
  readonly reference?: string;
  readonly remarks?: string;
  readonly evidence?: readonly { name: string; mediaType: string; sha256: string }[];
}

/**
 * What the secretariat may record, by kind. Dates are effective dates (a month stays a month)
 * unless they are said to be a `Day`; what a source does not give is left out.
 */
export interface FactBodies {
  instrument: Sourced & {
    readonly kind: (typeof instrumentKinds)[number];
    readonly signedOn?: string;
    /** At least to the month: the entry into force follows from it. */
    readonly depositedOn?: string;
    /** Of successions only, as the depositary gives it; it may precede the deposit. */
    readonly entryIntoForce?: Day;
  };
  withdrawal: Sourced & {
    readonly kind?: string;
    readonly notifiedOn?: string;
    /** Receipt by the Depositary: the six months run from here. */
    readonly receivedOn?: Day;
    /** As a source gives it, where the receipt is not known. */
    readonly effectiveOn?: Day;
    readonly armedConflict?: boolean;
    readonly conflictEndedOn?: Day;
  };
  extension: Sourced & {
    readonly article: string;
    readonly until: Day;
    readonly decidedOn?: string;
    readonly meeting?: string;
    /** Which extension of this State it is, from 1, where earlier ones may not be recorded. */
    readonly ordinal?: number;
    /** When the source was read, where later extensions may exist that it does not know. */
    readonly readAsOf?: string;
  };
  completion: Sourced & {
    readonly article: string;
    /** Left out where a source gives only the declaration: then it was completed by that. */
    readonly completedOn?: string;
    readonly declaredOn?: string;
    readonly meeting?: string;
  };
  'report-submission': Sourced & {
    readonly kind: (typeof submissionKinds)[number];
    readonly period: string;
    readonly submittedOn?: string;
    readonly voluntary?: boolean;
  };
  /** The record is complete for this article and these days: what is not in it did not happen. */
  coverage: Sourced & { readonly article: string; readonly from: string; readonly to: string };
  /** That an obligation was not met, as a meeting or another source states it. */
  breach: Sourced & {
    readonly article: string;
    readonly period?: string;
    readonly statedOn?: string;
    readonly meeting?: string;
  };
  objection: Sourced & { readonly by: string; readonly madeOn?: string; readonly against: string };
  meeting: Sourced & {
    /** A short name by which other facts name it: `12MSP`. */
    readonly name: string;
    readonly title?: string;
    readonly kind: (typeof meetingKinds)[number];
    readonly dates: string;
    readonly place?: string;
  };
  /** A dated understanding of the States Parties that changes how a rule is applied. */
  'action-plan': Sourced & {
    readonly name: string;
    readonly from: string;
    readonly until?: string;
    readonly meeting?: string;
    /** Months within which newly found stock is to be destroyed; none where it names no term. */
    readonly foundMonths?: number;
    readonly action?: string;
  };
  reversal: Sourced & { readonly entry: string; readonly reason: string };
}

export type FactKind = keyof FactBodies;

/** The path segment to which facts of a kind are posted; a reversal has its own way. */
export const factPaths: Readonly<Record<Exclude<FactKind, 'reversal'>, string>> = {
  instrument: 'instruments',
  withdrawal: 'withdrawals',
  extension: 'extensions',
  completion: 'completions',
  'report-submission': 'report-submissions',
  coverage: 'coverage',
  breach: 'breaches',
  objection: 'objections',
  meeting: 'meetings',
  'action-plan': 'action-plans',
};

/** Kinds that are about no State. */
export const commonKinds: readonly FactKind[] = ['meeting', 'action-plan'];

/** A fact that is to be recorded, of a State or of none. */
export type AskedFact<K extends FactKind = FactKind> = {
  [P in K]: { readonly kind: P; readonly state: string | null; readonly body: FactBodies[P] };
}[K];

/** A fact as it was recorded. */
export type Fact<K extends FactKind = FactKind> = AskedFact<K> & {
  readonly id: string;
  readonly position: bigint;
  readonly revision: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
};
