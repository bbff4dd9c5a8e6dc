/** How much a finding stands in the way: an error must be acknowledged before filing. */
export const findingLevels = ['error', 'warning', 'note'] as const;
export type FindingLevel = (typeof findingLevels)[number];

export const reportFindingNames = [
  'does-not-follow',
  'retained-rose-without-reason',
  'retained-without-account',
  'retained-without-institution',
  'destroyed-without-certificate',
  'destroyed-without-lot',
  'straddles-entry-into-force',
  'open-differences',
  'shipment-disagrees',
  'stated-otherwise',
  'unverifiable-stock',
  'not-exact',
  'period-not-over',
  'not-a-party',
  'type-not-in-catalogue',
] as const;
export type ReportFindingName = (typeof reportFindingNames)[number];

/** Something that a State should look at before it files. */
export interface Finding {
  /** Stable for what it is about: named again when it is acknowledged. */
  readonly id: string;
  readonly finding: ReportFindingName;
  readonly level: FindingLevel;
  readonly form: string | null;
  readonly detail: string;
  readonly quantity?: number;
  readonly entries?: readonly string[];
}
