import type { Fault } from '../ledger/refusals.ts';

/** Every reason for which the record of the treaty can refuse a fact. */
export const factRefusalCodes = [
  'no-such-act',
  'no-extension',
  'no-instrument',
  'second-instrument',
  'before-opening',
  'second-withdrawal',
  'not-a-party',
  'unknown-meeting',
  'not-of-the-meeting',
  'shorter-than-deadline',
  'longer-than-possible',
  'already-completed',
  'name-taken',
  'no-such-fact',
  'fact-reversed',
  'fact-rested-on',
] as const;
export type FactRefusalCode = (typeof factRefusalCodes)[number];

/** A reason for which a fact that is right in itself is refused, with the rule. */
export interface FactRefusal extends Fault {
  readonly code: FactRefusalCode;
  /** The article or the document that says so. */
  readonly rule?: string;
  /** Facts that stand in the way. */
  readonly facts?: readonly string[];
}
