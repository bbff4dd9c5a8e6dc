import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Block, Document, TableBlock } from './document.ts';
import { shown } from './html.ts';

const fonts = dirname(
  createRequire(import.meta.url).resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
);
const face = (name: string) => join(fonts, name);

// Fonts with Latin, Cyrillic, Greek and Arabic letters come with the program; nothing is fetched.
pdfmake.setFonts({
  DejaVu: {
    normal: face('DejaVuSans.ttf'),
    bold: face('DejaVuSans-Bold.ttf'),
    italics: face('DejaVuSans-Oblique.ttf'),
    bolditalics: face('DejaVuSans-BoldOblique.ttf'),
  },
});
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path.startsWith(fonts));

/** A report as a PDF file: tables repeat their headings on every page, pages are numbered. */
export function toPdf(document: Document): Promise<Buffer> {
  const { title, footer, pageNumber, made, language, blocks } = document;
  const definition: TDocumentDefinitions = {
    info: { title, creator: 'Stockpile Ledger', producer: 'Stockpile Ledger', creationDate: made },
    language,
    pageSize: 'A4',
    pageMargins: [42, 48, 42, 56],
    defaultStyle: { font: 'DejaVu', fontSize: 9, lineHeight: 1.15 },
    footer: (page, pages) => ({
      margin: [42, 12],
      fontSize: 7,
      color: '#555555',
      columns: [
        { text: footer, width: '*' },
        {
          text: pageNumber.replace('{page}', String(page)).replace('{pages}', String(pages)),
          width: 'auto',
          alignment: 'right',
        },
      ],
    }),
    // A heading does not stand alone at the foot of a page, nor with only another below it.
    pageBreakBefore: (node, pages) =>
      node.headlineLevel !== undefined &&
      pages.getFollowingNodesOnPage().every(({ headlineLevel }) => headlineLevel !== undefined),
    content: blocks.map(blockOf),
  };
  return pdfmake.createPdf(definition).getBuffer();
}

function blockOf(block: Block): Content {
  switch (block.kind) {
    case 'title':
      return { text: block.text, fontSize: 13, bold: true, margin: [0, 0, 0, 8] };
    case 'heading':
      return {
        ...{ text: block.text, fontSize: 11, bold: true, margin: [0, 14, 0, 4] },
        headlineLevel: 1,
      };
    case 'subheading':
      return { text: block.text, bold: true, margin: [0, 8, 0, 3], headlineLevel: 1 };
    case 'paragraph':
      return { text: block.text, margin: [0, 1, 0, 2] };
    case 'note':
      return {
        ...{ text: block.text, italics: true, color: '#555555', margin: [0, 1, 0, 2] },
        headlineLevel: 2,
      };
    case 'page':
      return { text: '', pageBreak: 'before' };
    case 'table':
      return tableOf(block);
  }
}

function tableOf({ columns, rows, total }: TableBlock): Content {
  const cell = (value: Parameters<typeof shown>[0], n: number, bold: boolean): TableCell => ({
    text: shown(value),
    bold,
    fontSize: 7.5,
    alignment: columns[n]?.number === true ? 'right' : 'left',
  });
  const row = (cells: readonly Parameters<typeof shown>[0][], bold: boolean) =>
    cells.map((value, n) => cell(value, n, bold));
  return {
    margin: [0, 2, 0, 6],
    layout: {
      hLineColor: () => '#999999',
      vLineColor: () => '#999999',
      hLineWidth: (line, node) => (total && line === node.table.body.length - 1 ? 1.2 : 0.5),
      vLineWidth: () => 0.5,
      fillColor: (index) => (index === 0 ? '#eeeeee' : null),
    },
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ number }) => (number === true ? 'auto' : '*')),
      body: [
        row(
          columns.map(({ head }) => head),
          true,
        ),
        ...rows.map((cells) => row(cells, false)),
        ...(total === undefined ? [] : [row(total, true)]),
      ],
    },
  };
}
