import type { Fact } from '../treaty/facts.ts';

/** Reports that were filed with this ledger: each is a submission under the treaty. */
export abstract class FiledReports {
  abstract submissions(state: string, known: bigint): readonly Fact<'report-submission'>[];
}
