/** What the service answers, as far as the command line shows it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface Known {
  readonly position: string;
  readonly at: string;
}

export type Accounts = Readonly<Record<string, number>>;

export interface MunitionFigure {
  readonly munition: string;
  readonly remaining: number;
  readonly exact: boolean;
  readonly accounts: Accounts;
}

export interface Totals {
  readonly remaining: number;
  readonly exact?: boolean;
  readonly unaccounted: number;
  readonly retained: number;
  readonly custody: number;
  readonly accounts: Accounts;
}

export interface RemainingAnswer extends Totals {
  readonly state: string;
  readonly recorded: boolean;
  readonly effective: string;
  readonly known: Known;
  readonly munitions: readonly MunitionFigure[];
  readonly rules: string;
  readonly explanation: string;
}

export interface TotalsAnswer extends Totals {
  readonly effective: string;
  readonly known: Known;
  readonly munitions?: readonly MunitionFigure[];
}

export interface ExplanationItem {
  readonly entry: string;
  readonly position: string;
  readonly effectiveDate: string;
  readonly kind: string;
  readonly account: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly quantity: number;
  readonly runningTotal: number;
  readonly reversedBy: string | null;
}

export interface ExplanationAnswer extends Page<ExplanationItem> {
  readonly figure: string;
  readonly quantity: number;
}

export type BalanceItem = Readonly<Record<string, string | number | boolean | null>>;

export interface Posting {
  readonly account: string;
  readonly munition: string;
  readonly lot?: string | null;
  readonly site?: string | null;
  readonly institution?: string | null;
  readonly quantity: number;
}

export interface EntryItem {
  readonly id?: string;
  readonly entry?: string;
  readonly position: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly recordedAt: string;
  readonly actor?: string;
  readonly reversedBy?: string | null;
  readonly remarks?: string;
  readonly postings?: readonly Posting[];
}

export interface WriteAnswer {
  readonly entry: string;
  readonly position: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly postings: readonly Posting[];
  readonly contradicts: readonly unknown[];
}

export interface DifferenceItem {
  readonly id: string;
  readonly kind: string;
  readonly holding?: Partial<Posting> | null;
  readonly expected?: number | null;
  readonly counted?: number | null;
  readonly quantity: number;
  readonly open: number | boolean;
  readonly openedBy?: string | null;
}

export interface StateItem {
  readonly state: string;
  readonly name: string;
  readonly party: boolean | null;
  readonly entryIntoForce: string | null;
  readonly remaining: number;
  readonly recorded: boolean;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly states: readonly string[] | 'all';
  readonly key?: string;
  readonly createdAt?: string;
  readonly createdBy?: string;
  readonly revokedAt?: string | null;
}
