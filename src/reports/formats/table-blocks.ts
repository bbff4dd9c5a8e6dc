import type {
  CharacteristicsLine,
  EntryLine,
  ProgrammeLine,
  QuantityLine,
  Table,
} from '../report.ts';
import type { Cell, Column, TableBlock } from './document.ts';
import type { Texts } from './texts.ts';

/** A column of a table: its heading, and what it shows of a line. */
interface Shown<L> {
  readonly head: keyof Texts['column'];
  readonly cell: (line: L) => Cell;
  readonly number?: true;
  /** What the last line shows in it. */
  readonly total?: (table: Table) => Cell;
}

const total = ({ total: sum }: Table): Cell => sum;

const munition: Shown<{ munition: string }> = { head: 'munition', cell: (line) => line.munition };
const lot: Shown<{ lot: string | null }> = { head: 'lot', cell: (line) => line.lot };
const institution: Shown<{ institution: string | null }> = {
  head: 'institution',
  cell: (line) => line.institution,
};
const quantity: Shown<{ quantity: number }> = {
  head: 'quantity',
  cell: (line) => line.quantity,
  number: true,
  total,
};
const sum = (name: 'opening' | 'in' | 'out' | 'corrections'): Shown<QuantityLine> => ({
  head: name,
  cell: (line) => line[name],
  number: true,
  total: ({ lines }) => (lines as readonly QuantityLine[]).reduce((all, one) => all + one[name], 0),
});
const flows = [sum('opening'), sum('in'), sum('out'), sum('corrections')];
const destroyed: readonly Shown<QuantityLine>[] = [
  { ...quantity, head: 'period' },
  {
    head: 'cumulative',
    cell: ({ cumulative }) => cumulative ?? null,
    number: true,
    total: ({ cumulativeTotal }) => cumulativeTotal ?? null,
  },
];
const date: Shown<EntryLine> = { head: 'date', cell: (line) => line.effectiveDate };
const transfer: readonly Shown<EntryLine>[] = [
  date,
  { head: 'from', cell: (line) => line.from ?? null },
  { head: 'to', cell: (line) => line.to ?? null },
];
const programme: readonly Shown<ProgrammeLine>[] = [
  { head: 'site', cell: (line) => line.site },
  { head: 'method', cell: (line) => line.method },
  { head: 'safetyStandard', cell: (line) => line.safetyStandard },
  { head: 'environmentalStandard', cell: (line) => line.environmentalStandard },
  quantity,
];

/** Which columns a table of a form has. */
const columns: Readonly<Record<string, readonly Shown<never>[]>> = {
  B1: [munition, quantity, lot, ...flows],
  B2: [munition, quantity, lot, date],
  D1: [institution, munition, quantity, lot, ...flows],
  D2: [institution, munition, quantity, lot, ...transfer],
  D3: [institution, munition, quantity, lot, ...transfer],
  F1: programme,
  F2: programme,
  G1: [munition, ...destroyed, lot],
  G1b: [munition, quantity, lot, date],
  G2: [munition, ...destroyed],
  H2: [
    munition,
    shown('dimensions', dimensions),
    shown('fusing', ({ fusing }) => fusing),
    shown('explosive', ({ explosive, explosiveGrams: g }) =>
      [explosive, g === undefined ? undefined : `${g} g`].filter(Boolean).join(', '),
    ),
    shown('metallic', ({ metallicContent }) => metallicContent),
    shown('photographs', ({ photographs = [] }) => photographs.map(({ name }) => name).join(', ')),
    shown('other', ({ other }) => other),
  ],
};

/** A table of the report as a block, with its total line where it counts anything. */
export function tableBlock(table: Table, texts: Texts): TableBlock {
  const shownColumns = (columns[table.id] ?? []) as readonly Shown<unknown>[];
  const heads = shownColumns.map(({ head, number }): Column => {
    return { head: texts.column[head], ...(number && { number }) };
  });
  const rows = table.lines.map((line) => shownColumns.map(({ cell }) => cell(line)));
  if (table.total === null || table.lines.length === 0) {
    return { kind: 'table', columns: heads, rows };
  }
  const totals = shownColumns.map(({ total: of }) => of?.(table) ?? null);
  const first = totals.findIndex((cell) => cell === null);
  const last = totals.map((cell, n) => (n === first ? texts.document.total : cell));
  return { kind: 'table', columns: heads, rows, total: last };
}

interface Characteristics {
  readonly lengthMm?: number;
  readonly widthMm?: number;
  readonly heightMm?: number;
  readonly diameterMm?: number;
  readonly fusing?: string;
  readonly explosive?: string;
  readonly explosiveGrams?: number;
  readonly metallicContent?: string;
  readonly photographs?: readonly { readonly name: string }[];
  readonly other?: string;
}

function shown(
  head: keyof Texts['column'],
  cell: (known: Characteristics) => string | undefined,
): Shown<CharacteristicsLine> {
  return {
    head,
    cell: ({ characteristics }) => cell(characteristics ?? {}) || null,
  };
}

function dimensions({ lengthMm, widthMm, heightMm, diameterMm }: Characteristics): string {
  const sides = [lengthMm, widthMm, heightMm].filter((side) => side !== undefined);
  const across = diameterMm === undefined ? [] : [`⌀ ${diameterMm}`];
  const all = [...across, sides.join(' × ')].filter((part) => part !== '');
  return all.length === 0 ? '' : `${all.join(', ')} mm`;
}
