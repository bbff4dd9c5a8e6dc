import type { Case, Finding } from './obligation.ts';

/**
 * What a report about a year owes on retained mines (Article 3; Action 16 of the Oslo Action Plan):
 * an account of their use, and a reason where they became more.
 */
export function retainedFindings({ stock, on }: Case, year: number): readonly Finding[] {
  const found = stock.retained(on).find((retained) => retained.year === year);
  if (found === undefined) return [];
  const findings: Finding[] = [];
  if (found.withoutReason.length > 0) {
    const detail = `Retained mines became ${found.rise} more in ${year}, and no reason is given`;
    const entries = found.withoutReason;
    findings.push({
      finding: 'retained-rose-without-reason',
      detail,
      quantity: found.rise,
      entries,
    });
  }
  if (found.held > 0 && !found.accounted) {
    const detail = `${found.held} were retained through ${year}, and no use is accounted for`;
    findings.push({ finding: 'retained-without-account', detail, quantity: found.held });
  }
  return findings;
}
