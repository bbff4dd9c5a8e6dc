import type { StockAccount } from './accounts.ts';
import type { Place } from './holding.ts';
import type { Precision } from './quantity.ts';

/** What a line of every kind has: a quantity of exactly one holding. */
export interface Line extends Place {
  readonly quantity: number;
  readonly precision?: Precision;
}

/** A line that also says where the mines go. What is left out stays as it is. */
export interface MovingLine extends Line {
  readonly toLot?: string;
  readonly toSite?: string;
  readonly toInstitution?: string;
}

/** A line of training use: `used` mines, of which `quantity` were consumed (0 is legal). */
export interface UseLine extends Line {
  readonly used?: number;
}

interface Common<L extends Line> {
  readonly effectiveDate: string;
  readonly lines: readonly L[];
  readonly reference?: string;
  readonly remarks?: string;
  readonly evidence?: readonly { name: string; mediaType: string; sha256: string }[];
}

export const inventoryBases = ['declared', 'newly-found', 'seized', 'recovered'] as const;
export const countMethods = ['full', 'sealed-package', 'sample'] as const;
export const lossCauses = ['accident', 'lost', 'stolen'] as const;
export const allocationStatuses = ['allocated', 'released'] as const;

export type Inventory = Common<Line> & {
  readonly basis: (typeof inventoryBases)[number];
  readonly heldAs?: 'held/stockpile' | 'retained';
  readonly adds?: boolean;
};
export type Retention = Common<MovingLine> & { readonly purpose?: string };
export type Release = Common<MovingLine> & { readonly reason?: string };
export type Use = Common<UseLine> & { readonly purpose?: string };
export type Allocation = Common<MovingLine> & {
  readonly status: (typeof allocationStatuses)[number];
  readonly campaign?: string;
};
export type Movement = Common<MovingLine> & {
  readonly account: StockAccount;
  readonly shipment?: string;
};
export type Destruction = Common<Line> & {
  readonly article: '4' | '5';
  readonly from?: StockAccount;
  readonly shipment?: string;
  readonly destructionSite: string;
  readonly method: string;
  readonly safetyStandard?: string;
  readonly environmentalStandard?: string;
  readonly certificate?: string;
  readonly officer?: string;
  readonly verifier?: string;
  readonly find?: string;
};
export type Loss = Common<Line> & {
  readonly from: StockAccount;
  readonly shipment?: string;
  readonly cause: (typeof lossCauses)[number];
  readonly reason?: string;
};
export type Count = Common<Line> & {
  readonly account: StockAccount;
  readonly shipment?: string;
  readonly method: (typeof countMethods)[number];
  readonly complete?: boolean;
};
export type Reversal = Omit<Common<Line>, 'lines' | 'effectiveDate'> & {
  readonly effectiveDate?: string;
  readonly entry: string;
  readonly reason: string;
};

/** What an authority may record, by kind: the body as it was sent. */
export interface Bodies {
  inventory: Inventory;
  retention: Retention;
  release: Release;
  use: Use;
  allocation: Allocation;
  movement: Movement;
  destruction: Destruction;
  loss: Loss;
  count: Count;
  reversal: Reversal;
}

export type Kind = keyof Bodies;

/**
 * What the decision found in the book and fixed in the event, so that postings follow from the
 * event alone: for a count what the book expected, for a reversal the entry that it turns round.
 */
export interface Findings {
  inventory: undefined;
  retention: undefined;
  release: undefined;
  use: undefined;
  allocation: undefined;
  movement: undefined;
  destruction: undefined;
  loss: undefined;
  count: CountFindings;
  reversal: ReversalFindings;
}

export interface CountFindings {
  /** For each line, what the book held at the end of the counted day. */
  readonly expected: readonly number[];
  /** Of a complete count: holdings of the account that no line names and that were not empty. */
  readonly others: readonly (Place & { shipment?: string; expected: number })[];
}

export interface ReversalFindings {
  readonly effectiveDate: string;
  /** The type under which `reversed` is written here, so that it can be read when types change. */
  readonly type: string;
  readonly reversed: PostedEntry;
}

/** The part of an entry that its postings follow from. */
export type PostedEntry<K extends Kind = Kind> = {
  [P in K]: {
    readonly id: string;
    readonly kind: P;
    readonly body: Bodies[P];
  } & (Findings[P] extends undefined
    ? { readonly found?: undefined }
    : { readonly found: Findings[P] });
}[K];

/** The path segment under a State to which entries of a kind are posted. */
export const paths: Readonly<Record<Kind, string>> = {
  inventory: 'inventories',
  retention: 'retentions',
  release: 'releases',
  use: 'uses',
  allocation: 'allocations',
  movement: 'movements',
  destruction: 'destructions',
  loss: 'losses',
  count: 'counts',
  reversal: 'reversals',
};

export const kinds = Object.keys(paths) as readonly Kind[];
