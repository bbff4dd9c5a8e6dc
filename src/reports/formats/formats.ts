import { toCsv } from './csv.ts';
import { toDocx } from './docx.ts';
import { toHtml } from './html.ts';
import { laidOut, type Layout, type Sheets } from './layouts.ts';
import { toPdf } from './pdf.ts';
import type { Texts } from './texts.ts';
import { toXlsx } from './xlsx.ts';

/** The forms in which a report can be had, by the name that a request gives. */
export const formats = ['json', 'html', 'docx', 'pdf', 'xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];

export const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** A report in one of the formats that people read. */
export async function written(
  format: Exclude<Format, 'json'>,
  sheets: Sheets,
  layout: Layout,
  texts: Texts,
): Promise<Buffer> {
  const document = laidOut(sheets, layout, texts);
  switch (format) {
    case 'html':
      return Buffer.from(toHtml(document));
    case 'docx':
      return toDocx(document);
    case 'pdf':
      return toPdf(document);
    case 'xlsx':
      return toXlsx(sheets.report, document);
    case 'csv':
      return Buffer.from(toCsv(sheets.report));
  }
}
