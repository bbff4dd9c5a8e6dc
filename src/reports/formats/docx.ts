import {
  AlignmentType,
  Document as WordDocument,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Cell, Document, TableBlock } from './document.ts';
import { shown } from './html.ts';

const font = 'DejaVu Sans';

/** A report as a Word document (Office Open XML): to be signed and sent. */
export async function toDocx(document: Document): Promise<Buffer> {
  const rtl = document.direction === 'rtl';
  const made = new WordDocument({
    title: document.title,
    creator: 'Stockpile Ledger',
    styles: { default: { document: { run: { font, size: 20, rightToLeft: rtl } } } },
    sections: [
      {
        footers: { default: footer(document) },
        children: document.blocks.flatMap((block) => blockOf(block, rtl)),
      },
    ],
  });
  return Packer.toBuffer(made);
}

function footer({ footer: text, pageNumber }: Document): Footer {
  const [before = '', between = '', after = ''] = pageNumber.split(/\{page\}|\{pages\}/);
  const children = [before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES, after];
  return new Footer({
    children: [
      new Paragraph({ children: [new TextRun({ text, size: 14, color: '555555' })] }),
      new Paragraph({
        alignment: AlignmentType.END,
        children: [new TextRun({ children, size: 14 })],
      }),
    ],
  });
}

function blockOf(block: Block, rtl: boolean): (Paragraph | Table)[] {
  switch (block.kind) {
    case 'title':
      return [paragraph(block.text, rtl, HeadingLevel.TITLE)];
    case 'heading':
      return [paragraph(block.text, rtl, HeadingLevel.HEADING_1)];
    case 'subheading':
      return [paragraph(block.text, rtl, HeadingLevel.HEADING_2)];
    case 'paragraph':
      return [paragraph(block.text, rtl)];
    case 'note':
      return [
        new Paragraph({
          bidirectional: rtl,
          children: [new TextRun({ text: block.text, italics: true, color: '555555' })],
        }),
      ];
    case 'page':
      return [new Paragraph({ pageBreakBefore: true })];
    case 'table':
      // A table at the end of a section needs a paragraph after it.
      return [table(block), new Paragraph({})];
  }
}

function paragraph(
  text: string,
  bidirectional: boolean,
  heading?: (typeof HeadingLevel)[keyof typeof HeadingLevel],
): Paragraph {
  const size = heading === HeadingLevel.TITLE ? 30 : heading === undefined ? 20 : 24;
  return new Paragraph({
    ...(heading !== undefined && { heading, keepNext: true }),
    bidirectional,
    spacing: { before: heading === undefined ? 40 : 200, after: 80 },
    children: [new TextRun({ text, font, size, bold: heading !== undefined, color: '111111' })],
  });
}

function table({ columns, rows, total }: TableBlock): Table {
  const row = (cells: readonly Cell[], bold: boolean, tableHeader = false) =>
    new TableRow({
      tableHeader,
      cantSplit: true,
      children: cells.map((cell, n) => tableCell(cell, columns[n]?.number === true, bold)),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: [
      row(
        columns.map(({ head }) => head),
        true,
        true,
      ),
      ...rows.map((cells) => row(cells, false)),
      ...(total === undefined ? [] : [row(total, true)]),
    ],
  });
}

function tableCell(cell: Cell, number: boolean, bold: boolean): TableCell {
  return new TableCell({
    margins: { left: 60, right: 60 },
    children: [
      new Paragraph({
        alignment: number ? AlignmentType.END : AlignmentType.START,
        children: [new TextRun({ text: shown(cell), bold, size: 16, font })],
      }),
    ],
  });
}
