import Table from 'cli-table3';

/** A column: its heading, and whether it holds numbers, which stand to the right. */
export interface Column {
  readonly head: string;
  readonly number?: boolean;
  /** Wraps words at this many characters. */
  readonly width?: number;
}

export type Cell = string | number | null | undefined;

const digits = new Intl.NumberFormat('en-US');

/** A whole number with thousands separators. */
export function quantity(value: number): string {
  return digits.format(value);
}

/** The same with its sign always shown. */
export function signed(value: number): string {
  return value > 0 ? `+${quantity(value)}` : quantity(value);
}

/** Text that stands below a row, across all columns; each column then needs a width. */
export interface Across {
  readonly across: string;
}

/** Rows under headings, framed, in plain characters without colour. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[] | Across)[],
): string {
  const framed = new Table({
    head: columns.map((column) => column.head),
    colAligns: columns.map((column) => (column.number === true ? 'right' : 'left')),
    colWidths: columns.map((column) => (column.width === undefined ? null : column.width + 2)),
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) {
    if (!('across' in row)) framed.push(row.map(printable));
    else framed.push([{ content: plain(row.across), colSpan: columns.length }]);
  }
  return framed.toString();
}

/** Two columns without headings: a name and a number or a text. */
export function sheet(rows: readonly (readonly [string, Cell])[]): string {
  const framed = new Table({
    colAligns: ['left', 'right'],
    style: { head: [], border: [], compact: true },
  });
  framed.push(...rows.map((row) => row.map(printable)));
  return framed.toString();
}

/** Text of others as it may stand on a terminal: without control characters. */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}

function printable(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? quantity(cell) : plain(cell);
}
