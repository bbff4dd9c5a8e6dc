import type { Built } from './data/ledgers.ts';
import type { Sizes } from './sizes.ts';

/** What every measure is given. */
export interface Context {
  readonly sizes: Sizes;
  /** A folder for everything that is written; gone at the end. */
  readonly folder: string;
  /** The ledgers that were built, by name. */
  readonly ledgers: Readonly<Record<LedgerName, Ledger>>;
  /** Where CPU profiles of the service go, when they are wanted. */
  readonly profile: string | undefined;
}

export const ledgerNames = ['types12', 'types12Large', 'types30', 'long', 'counted'] as const;
export type LedgerName = (typeof ledgerNames)[number];

export interface Ledger extends Built {
  readonly folder: string;
}
