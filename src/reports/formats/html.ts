import type { Block, Cell, Document, TableBlock } from './document.ts';

/** A report as a page that stands by itself: no script, nothing fetched from anywhere. */
export function toHtml(document: Document): string {
  const { title, language, direction, footer, blocks } = document;
  return `<!doctype html>
<html lang="${escaped(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
${blocks.map(blockHtml).join('\n')}
</main>
<footer>${escaped(footer)}</footer>
</body>
</html>
`;
}

const style = `
body { font: 11pt/1.45 "DejaVu Sans", "Noto Sans", sans-serif; color: #111; margin: 2rem auto;
  max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.35rem; } h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid #999; }
h3 { font-size: 1rem; } .note { color: #555; font-style: italic; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 1rem; font-size: .9rem; }
th, td { border: 1px solid #999; padding: .25rem .5rem; text-align: start; vertical-align: top;
  overflow-wrap: anywhere; }
th { background: #eee; } .number { text-align: end; font-variant-numeric: tabular-nums;
  overflow-wrap: normal; white-space: nowrap; }
tfoot td { font-weight: bold; border-top: 2px solid #111; }
footer { margin-top: 3rem; color: #555; font-size: .8rem; }
.page { break-before: page; }
@media print { body { margin: 0; max-width: none; } thead { display: table-header-group; }
  tr { break-inside: avoid; } h2, h3 { break-after: avoid; } }
`;

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'title':
      return `<h1>${escaped(block.text)}</h1>`;
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'subheading':
      return `<h3>${escaped(block.text)}</h3>`;
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`;
    case 'page':
      return '<div class="page"></div>';
    case 'table':
      return tableHtml(block);
  }
}

function tableHtml({ columns, rows, total }: TableBlock): string {
  const numeric = (n: number) => (columns[n]?.number === true ? ' class="number"' : '');
  const head = columns.map(({ head }, n) => `<th scope="col"${numeric(n)}>${escaped(head)}</th>`);
  const row = (cells: readonly Cell[]) =>
    `<tr>${cells.map((cell, n) => `<td${numeric(n)}>${escaped(shown(cell))}</td>`).join('')}</tr>`;
  const foot = total === undefined ? '' : `<tfoot>${row(total)}</tfoot>`;
  return `<div class="wide"><table><thead><tr>${head.join('')}</tr></thead>
<tbody>${rows.map(row).join('\n')}</tbody>${foot}</table></div>`;
}

const digits = new Intl.NumberFormat('en-US');

/** A field as people read it: numbers with separators, nothing where nothing is. */
export function shown(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? digits.format(cell) : cell;
}

/** Text of others, harmless in a page. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
