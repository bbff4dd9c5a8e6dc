import writeExcelFile from 'write-excel-file/node';
import type { Report } from '../report.ts';
import type { Cell, Document, TableBlock } from './document.ts';
import { flatColumns, flatRows } from './flat.ts';

type SheetCell = Record<string, unknown> | null;

/** A report as a workbook: the flat table with HXL tags, and the report as it is laid out. */
export async function toXlsx(report: Report, document: Document): Promise<Buffer> {
  const sheets = [
    { data: flatSheet(report), sheet: 'Data', columns: flatColumns.map(() => ({ width: 16 })) },
    { data: laidOutSheet(document), sheet: 'Report', columns: widths(document) },
  ];
  return await writeExcelFile(sheets as never).toBuffer();
}

function flatSheet(report: Report): SheetCell[][] {
  return [
    flatColumns.map(({ name }) => text(name, true)),
    flatColumns.map(({ hxl }) => text(hxl, false)),
    ...flatRows(report).map((row) => row.map((cell) => cellOf(cell, false))),
  ];
}

function laidOutSheet({ blocks, footer }: Document): SheetCell[][] {
  const rows = blocks.flatMap((block): SheetCell[][] => {
    if (block.kind === 'table') return [...tableRows(block), []];
    if (block.kind === 'page') return [[]];
    return [[text(block.text, block.kind !== 'paragraph' && block.kind !== 'note')]];
  });
  return [...rows, [], [text(footer, false)]];
}

function tableRows({ columns, rows, total }: TableBlock): SheetCell[][] {
  return [
    columns.map(({ head }) => text(head, true)),
    ...rows.map((row) => row.map((cell) => cellOf(cell, false))),
    ...(total === undefined ? [] : [total.map((cell) => cellOf(cell, true))]),
  ];
}

/** Text is written as text, whatever it begins with: nothing in it is ever a formula. */
function text(value: string, bold: boolean): SheetCell {
  return { type: String, value, ...(bold && { fontWeight: 'bold' }) };
}

function cellOf(cell: Cell, bold: boolean): SheetCell {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'string') return text(cell, bold);
  return { type: Number, value: cell, format: '#,##0', ...(bold && { fontWeight: 'bold' }) };
}

function widths({ blocks }: Document): { width: number }[] {
  const most = Math.max(1, ...blocks.map((b) => (b.kind === 'table' ? b.columns.length : 1)));
  return Array.from({ length: most }, () => ({ width: 18 }));
}
