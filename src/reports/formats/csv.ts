import { stringify } from 'csv-stringify/sync';
import type { Report } from '../report.ts';
import { flatColumns, flatRows } from './flat.ts';

/**
 * Every quantity of a report as CSV (RFC 4180) with a row of HXL tags. Text that a spreadsheet would
 * take for a formula is given an apostrophe: it comes from people and goes to people.
 */
export function toCsv(report: Report): string {
  const rows = flatRows(report).map((row) => row.map((cell) => cell ?? ''));
  return stringify(
    [flatColumns.map(({ name }) => name), flatColumns.map(({ hxl }) => hxl), ...rows],
    { escape_formulas: true, record_delimiter: 'windows', bom: true },
  );
}
