import type { Day } from '../ledger/effective-date.ts';

/**
 * A convention as data: everything that differs between one and another. The rules that read it
 * know no article, no period and no date of their own; a second convention is a second definition.
 */
export interface Convention {
  readonly name: string;
  /** Where its text was read. */
  readonly source: string;
  /** The first day on which it could be signed. */
  readonly opening: { readonly article: string; readonly on: Day };
  readonly entryIntoForce: EntryIntoForceRule;
  readonly withdrawal: WithdrawalRule;
  /** What is done under the name of an act that the convention does not have, and who says so. */
  readonly noSuchActs: Readonly<Record<string, string>>;
  readonly duties: readonly Duty[];
}

export interface EntryIntoForceRule {
  /** For those who brought it into force: one day for all who deposited by `lastDeposit`. */
  readonly first: { readonly article: string; readonly lastDeposit: Day; readonly on: Day };
  /** For everyone after them: the first day of this month after the month of deposit. */
  readonly later: { readonly article: string; readonly months: number };
  /** For States that succeed to another's obligations: as the depositary gives it. */
  readonly succession: { readonly article: string };
}

export interface WithdrawalRule {
  readonly article: string;
  /** Months from the receipt by the Depositary to the effect. */
  readonly months: number;
}

/** What a State owes from the day on which the convention is in force for it. */
export type Duty = Deadline | InitialReport | AnnualReport;

/** Something to be completed within years. */
export interface Deadline {
  readonly kind: 'deadline';
  readonly article: string;
  readonly what: string;
  readonly years: number;
  /** `stock`: the ledger's own figures say whether anything is left. */
  readonly judgedBy: 'stock' | 'declaration';
  readonly extension:
    | { readonly possible: false; readonly why: string }
    | { readonly possible: true; readonly yearsMax: number; readonly article: string };
  /** A case of its own for stock found after the deadline or a declared completion. */
  readonly found?: {
    readonly article: string;
    readonly months: number;
    readonly source: string;
  };
}

/** A report within days of the entry into force. */
export interface InitialReport {
  readonly kind: 'initial-report';
  readonly article: string;
  readonly days: number;
}

/** A report for each calendar year with a day in force, due in the next. */
export interface AnnualReport {
  readonly kind: 'annual-report';
  readonly article: string;
  /** The day of the next year: `04-30`. */
  readonly dayOfNextYear: string;
}

/** Every article of which the status can be recorded or asked. */
export function articlesOf({ duties }: Convention): readonly string[] {
  return duties.map(({ article }) => article);
}

/** Every article that an obligation can be of: those, and the cases that arise beside them. */
export function obligationArticles(law: Convention): readonly string[] {
  const cases = dutiesOf(law, 'deadline').flatMap(({ found }) => (found ? [found.article] : []));
  return [...articlesOf(law), ...cases];
}

/** The duties of one sort. */
export function dutiesOf<K extends Duty['kind']>(
  { duties }: Convention,
  kind: K,
): readonly Extract<Duty, { kind: K }>[] {
  return duties.filter((duty): duty is Extract<Duty, { kind: K }> => duty.kind === kind);
}
