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
  readonly unknownMunition?: true;
  readonly nearMunitions?: readonly string[];
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
  readonly actor: string;
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
  readonly body?: Readonly<Record<string, unknown>>;
  readonly postings?: readonly Posting[];
}

export interface WriteAnswer {
  readonly entry: string;
  readonly position: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly postings: readonly Posting[];
  readonly contradicts: readonly unknown[];
  /** Of a correction: the entries that it was recorded as. */
  readonly entries?: readonly string[];
  /** Of a transfer. */
  readonly shipment?: string;
}

export interface DifferenceItem {
  readonly id: string;
  readonly kind: string;
  /** `null` for a shipment and for a statement, which may be of many. */
  readonly holding?: Partial<Posting> | null;
  readonly day: string;
  readonly expected: number;
  readonly counted: number;
  readonly quantity: number;
  readonly open: number;
  readonly openedBy: string;
  readonly about?: DifferenceAbout;
}

/** The shipment; or the figure stated, of which mines, and by whom. */
export interface DifferenceAbout {
  readonly shipment?: string;
  readonly figure?: string;
  readonly filter?: Readonly<Record<string, string>>;
  readonly source?: string;
}

export interface ShipmentAnswer {
  readonly effective: string;
  readonly known: Known;
  readonly shipment: string;
  readonly sender: string | null;
  readonly receiver: string | null;
  readonly status: string;
  readonly lines: readonly {
    readonly munition: string;
    readonly lot: string | null;
    readonly dispatched: number;
    readonly returned: number;
    readonly received: number;
    readonly givenBack: number;
    readonly difference: number;
    readonly titleDiffers: number;
  }[];
}

export interface MunitionItem {
  readonly type: string;
  readonly spellings: readonly string[];
  readonly characteristics: Readonly<Record<string, unknown>> | null;
  readonly source: string | null;
  readonly version: number;
  readonly recordedAt: string;
  readonly actor: string;
  readonly earlier?: readonly MunitionItem[];
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
