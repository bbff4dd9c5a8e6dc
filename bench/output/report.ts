/** One line of a table: what was measured, what came out, and what was wanted. */
export interface Row {
  readonly what: string;
  readonly result: string;
  readonly goal?: string;
  readonly met?: boolean;
}

/** One measure, as a table. */
export interface Section {
  readonly title: string;
  /** What was done, in a sentence or two. */
  readonly how: string;
  readonly rows: readonly Row[];
}

/** A row whose result has a goal to be at most, or at least. */
export function against(
  what: string,
  value: number,
  goal: { atMost: number } | { atLeast: number },
  show: (value: number) => string,
  more = '',
): Row {
  const most = 'atMost' in goal;
  const bound = most ? goal.atMost : goal.atLeast;
  return {
    what,
    result: show(value) + (more === '' ? '' : ` (${more})`),
    goal: `${most ? '≤' : '≥'} ${show(bound)}`,
    met: most ? value <= bound : value >= bound,
  };
}

/** A section as Markdown, its table aligned to be read as it is. */
export function markdown({ title, how, rows }: Section): string {
  const cells = [
    ['measure', 'result', 'goal', ''],
    ...rows.map(({ what, result, goal, met }) => [what, result, goal ?? '', verdict(met)]),
  ];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? '').length)),
  );
  const lines = cells.map((row) => line(row.map((cell, n) => cell.padEnd(widths[n] ?? 0))));
  lines.splice(1, 0, line(widths.map((width) => '-'.repeat(width))));
  return `### ${title}\n\n${how}\n\n${lines.join('\n')}\n`;
}

function verdict(met: boolean | undefined): string {
  if (met === undefined) return '';
  return met ? 'met' : 'NOT met';
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
