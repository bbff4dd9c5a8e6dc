import type { Account, Figure, StockAccount } from './accounts.ts';
import type { Holding, Place } from './holding.ts';
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

export const transferPurposes = ['destruction', 'training', 'succession', 'other'] as const;
export const controlStatuses = ['lost', 'regained'] as const;
export const reclassificationReasons = [
  'identified',
  'rework',
  'converted',
  'mis-declared',
] as const;

/** What an entry has that turned out to be the truth behind a shortage. */
export interface Explaining {
  /** The shortage from which the quantity is taken, instead of from the holding. */
  readonly explains?: string;
  /** When it really happened: the entry itself is not dated before the count. */
  readonly happenedOn?: string;
}

export type Inventory = Common<Line> & {
  readonly basis: (typeof inventoryBases)[number];
  readonly heldAs?: 'held/stockpile' | 'retained';
  readonly adds?: boolean;
};
export type Retention = Common<MovingLine> & { readonly purpose?: string };
export type Release = Common<MovingLine> & { readonly reason?: string };
export type Use = Common<UseLine> & Explaining & { readonly purpose?: string };
export type Allocation = Common<MovingLine> & {
  readonly status: (typeof allocationStatuses)[number];
  readonly campaign?: string;
};
export type Movement = Common<MovingLine> & {
  readonly account: StockAccount;
  readonly shipment?: string;
};
export type Destruction = Common<Line> &
  Explaining & {
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
export type Loss = Common<Line> &
  Explaining & {
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
export type Transfer = Common<Line> &
  Explaining & {
    readonly from: StockAccount;
    readonly to: string;
    readonly titlePasses: boolean;
    readonly purpose: (typeof transferPurposes)[number];
    readonly shipment?: string;
    /** The shipment under which the mines are held now, where they are in custody or abroad. */
    readonly fromShipment?: string;
  };
export type Receipt = Common<Line> & {
  readonly sender: string;
  readonly shipment: string;
  readonly heldAs: 'custody' | 'held/stockpile' | 'retained';
};
export type Return = Common<Line> & { readonly shipment: string };
export type Control = Common<Line> & {
  readonly from: StockAccount;
  readonly status: (typeof controlStatuses)[number];
  readonly shipment?: string;
  readonly reason?: string;
};
export interface ReclassificationLine extends Line {
  readonly toMunition?: string;
  readonly toLot?: string;
}
export type Reclassification = Common<ReclassificationLine> & {
  readonly from: StockAccount;
  readonly shipment?: string;
  readonly reason: (typeof reclassificationReasons)[number];
};
export type Statement = Omit<Common<Line>, 'lines'> & {
  readonly figure: Figure | Account;
  readonly quantity: number;
  readonly precision?: Precision;
  readonly filter?: Partial<Place>;
  readonly source: string;
};
export type Explanation = Omit<Common<Line>, 'lines'> & {
  readonly difference?: string;
  readonly shipment?: string;
  readonly account?: Account;
  readonly against?: string;
  readonly reason: string;
  readonly lines?: readonly Line[];
};
/** Several reversals and new entries, decided and appended as one. */
export type Correction = Omit<Common<Line>, 'lines' | 'effectiveDate'> & {
  readonly effectiveDate?: string;
  readonly reason: string;
  readonly reverse?: readonly string[];
  readonly replace?: readonly Replacement[];
};
export type Replacement = {
  [K in Exclude<Kind, 'reversal' | 'correction'>]: { readonly kind: K } & Bodies[K];
}[Exclude<Kind, 'reversal' | 'correction'>];
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
  transfer: Transfer;
  receipt: Receipt;
  return: Return;
  control: Control;
  reclassification: Reclassification;
  statement: Statement;
  explanation: Explanation;
  reversal: Reversal;
  correction: Correction;
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
  transfer: undefined;
  receipt: undefined;
  return: BackFindings;
  control: BackFindings;
  reclassification: undefined;
  statement: undefined;
  explanation: ExplanationFindings;
  reversal: ReversalFindings;
  correction: CorrectionFindings;
}

/** Of mines that go back to where they came from: which of them to where. */
export interface BackFindings {
  readonly parts: readonly {
    readonly line: number;
    readonly from: Holding;
    readonly to: Holding;
    readonly quantity: number;
  }[];
}

/** The difference that an explanation closes, as it was then. */
export interface ExplanationFindings {
  readonly kind: 'shortage' | 'surplus' | 'contradicted-count' | 'statement' | 'shipment';
  readonly quantity: number;
  /** The holding that the shortage or surplus is kept in, and that of `against`. */
  readonly mark?: Holding;
  readonly against?: Holding;
}

/** The entries that a correction was recorded as, in order, and the date it is listed under. */
export interface CorrectionFindings {
  readonly effectiveDate: string;
  readonly entries: readonly string[];
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
  transfer: 'transfers',
  receipt: 'receipts',
  return: 'returns',
  control: 'control',
  reclassification: 'reclassifications',
  statement: 'statements',
  explanation: 'explanations',
  correction: 'corrections',
  reversal: 'reversals',
};

export const kinds = Object.keys(paths) as readonly Kind[];
