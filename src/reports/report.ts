import type { Finding } from './finding.ts';
import type { FormLetter } from './forms.ts';

/** How a quantity came to be, and where every posting of it can be read. */
export interface QuantityLine {
  readonly munition: string;
  readonly lot: string | null;
  readonly institution: string | null;
  /** What the column of the form says. */
  readonly quantity: number;
  /** `opening + in − out + corrections = closing`, over the period. */
  readonly opening: number;
  readonly in: number;
  readonly out: number;
  readonly corrections: number;
  readonly closing: number;
  /** Of what was destroyed: since the entry into force (7.1 g reads both ways). */
  readonly cumulative?: number;
  /** The postings that add up to `quantity`. */
  readonly explanation: string;
}

/** A line that is one entry's: a transfer, a find. */
export interface EntryLine {
  readonly munition: string;
  readonly lot: string | null;
  readonly institution: string | null;
  readonly quantity: number;
  readonly entry: string;
  readonly effectiveDate: string;
  /** The other State of a transfer. */
  readonly from?: string;
  readonly to?: string;
  readonly explanation: string;
}

/** How and where mines were destroyed in the period. */
export interface ProgrammeLine {
  readonly site: string;
  readonly method: string;
  readonly safetyStandard: string | null;
  readonly environmentalStandard: string | null;
  readonly quantity: number;
  readonly entries: readonly string[];
}

export interface CharacteristicsLine {
  readonly munition: string;
  /** The type of the catalogue that the name means; null where the catalogue has none. */
  readonly type: string | null;
  readonly characteristics: object | null;
}

export type Line = QuantityLine | EntryLine | ProgrammeLine | CharacteristicsLine;

export interface Table {
  readonly id: string;
  readonly lines: readonly Line[];
  /** Of the column of quantities; null where a table has none. */
  readonly total: number | null;
  /** Since the entry into force. */
  readonly cumulativeTotal?: number;
}

/** Words of the authority, and the year whose report they were first written for. */
export interface Narrative {
  readonly id: string;
  readonly text: string | null;
  readonly since: string | null;
  /** Whether they are those of the report before. */
  readonly carriedOver: boolean;
}

export interface Form {
  readonly form: FormLetter;
  readonly article: string;
  readonly tables: readonly Table[];
  readonly texts: readonly Narrative[];
}

/** An Article 7 report computed from the ledger: for a State, a period, as known at a position. */
export interface Report {
  readonly schema: string;
  readonly convention: string;
  readonly state: string;
  readonly name: string;
  readonly kind: 'initial' | 'annual' | 'voluntary';
  readonly year: string;
  readonly period: { readonly text: string; readonly from: string; readonly to: string };
  readonly known: { readonly position: string; readonly at: string | null };
  readonly rules: string;
  readonly entryIntoForce: string | null;
  readonly due: string | null;
  readonly contact: Narrative;
  readonly remarks: Narrative;
  readonly forms: readonly Form[];
  readonly findings: readonly Finding[];
}
