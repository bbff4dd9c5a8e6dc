import type { Line, Report } from '../report.ts';
import type { Cell } from './document.ts';

/** A column of the flat table, with its HXL tag (hxlstandard.org). */
export interface FlatColumn {
  readonly name: string;
  readonly hxl: string;
  readonly number?: true;
}

/** Every quantity of a report, one a line: for programs and spreadsheets. */
export const flatColumns: readonly FlatColumn[] = [
  { name: 'State', hxl: '#country+code+iso3' },
  { name: 'Year', hxl: '#date+year' },
  { name: 'From', hxl: '#date+start' },
  { name: 'To', hxl: '#date+end' },
  { name: 'Form', hxl: '#meta+form' },
  { name: 'Table', hxl: '#meta+table' },
  { name: 'Type', hxl: '#item+name' },
  { name: 'Lot', hxl: '#item+code+lot' },
  { name: 'Institution', hxl: '#org+name' },
  { name: 'Site', hxl: '#loc+name' },
  { name: 'Method', hxl: '#activity+method' },
  { name: 'Quantity', hxl: '#indicator+quantity+num', number: true },
  { name: 'At the beginning', hxl: '#indicator+opening+num', number: true },
  { name: 'In', hxl: '#indicator+in+num', number: true },
  { name: 'Out', hxl: '#indicator+out+num', number: true },
  { name: 'Corrections', hxl: '#indicator+corrections+num', number: true },
  { name: 'At the end', hxl: '#indicator+closing+num', number: true },
  { name: 'Since entry into force', hxl: '#indicator+cumulative+num', number: true },
  { name: 'Explanation', hxl: '#meta+url+explanation' },
];

/** The rows under those columns; lines without a quantity (technical characteristics) are not there. */
export function flatRows(report: Report): readonly (readonly Cell[])[] {
  const { state, year, period } = report;
  return report.forms.flatMap(({ form, tables }) =>
    tables.flatMap(({ id, lines }) =>
      lines.filter(counts).map((line): Cell[] => {
        const all = line as unknown as Readonly<Record<string, Cell | undefined>>;
        const value = (name: string): Cell => all[name] ?? null;
        return [
          ...[state, year, period.from, period.to, form, id],
          ...['munition', 'lot', 'institution', 'site', 'method', 'quantity'].map(value),
          ...['opening', 'in', 'out', 'corrections', 'closing', 'cumulative'].map(value),
          value('explanation'),
        ];
      }),
    ),
  );
}

function counts(line: Line): boolean {
  return 'quantity' in line;
}
