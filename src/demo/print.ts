import { quantity, signed, table } from '../cli/table.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { wrap } from '../cli/wrap.ts';
import type { CheckResult, SumResult } from './compare.ts';
import type { DemoResult, StateResult } from './run.ts';

const labels: Readonly<Record<string, string>> = {
  'gone/destroyed-article-4': 'destroyed, art. 4',
  'gone/destroyed-retained': 'destroyed of the retained',
  'gone/consumed': 'consumed',
  'source/newly-found': 'newly found',
};

const width = 110;

const qualifiers = { 'at-least': 'more than ', approximate: 'about ', rounded: 'about ' };

/** The table of one State: each published figure beside the ledger's, notes and what must wait. */
export function stateReport(result: StateResult): string {
  const notes: string[] = [];
  const rows = result.checks.map((check) => {
    if (check.note !== undefined) notes.push(check.note);
    const mark = check.note === undefined ? '' : ` [${notes.length}]`;
    return [
      check.effective,
      figureLabel(check),
      (check.qualifier ? qualifiers[check.qualifier] : '') + quantity(check.published),
      check.ledger,
      verdict(check) + mark,
      check.source,
    ];
  });
  const columns = [
    { head: 'date' },
    { head: 'figure', width: 19 },
    { head: 'published', number: true },
    { head: 'ledger', number: true },
    { head: '' },
    { head: 'source', width: 27 },
  ];
  return [
    title(result),
    table(columns, rows),
    ...notes.flatMap((note, index) => wrap(`[${index + 1}] ${note}`, width, '    ')),
    ...(result.opensAsExpected ? [] : ['The differences are NOT as expected.']),
    '',
  ].join('\n');
}

function title({ state, entries }: StateResult): string {
  return `${stateName(state) ?? state} (${state}): ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
}

function figureLabel({ figure, munition, institution, after, entry }: CheckResult): string {
  const parts = [labels[figure] ?? figure];
  if (munition !== undefined) parts.push(munition);
  if (institution !== undefined) parts.push(`of ${institution}`);
  if (entry !== undefined) parts.push(`by entry ${entry}`);
  if (after !== undefined) parts.push(`since ${after}`);
  return parts.join(', ');
}

function verdict({ off, asExpected }: CheckResult): string {
  const said = off === 0 ? 'agrees' : `differs by ${signed(off)}`;
  return asExpected ? said : `${said} (NOT EXPECTED)`;
}

/** The table of sums between published figures, both sides asked of the ledger. */
export function sumReport(sums: readonly SumResult[]): string {
  const rows = sums.map((sum) => [
    sum.id,
    sum.statement,
    side(sum.leftFigures, sum.leftLedger),
    side(sum.rightFigures, sum.rightLedger) + (isPublished(sum) ? ' *' : ''),
    sumVerdict(sum),
  ]);
  const columns = [
    { head: 'sum' },
    { head: 'as published' },
    { head: 'left, from the ledger', number: true },
    { head: 'right', number: true },
    { head: '' },
  ];
  const foot = '* as published; the ledger has another figure';
  return `Sums between published figures\n${table(columns, rows)}\n${foot}\n`;
}

function isPublished(sum: SumResult): boolean {
  return sum.right.some((term) => 'published' in term);
}

function side(figures: readonly number[], sum: number): string {
  const terms = figures.map((figure, index) => {
    if (index === 0) return quantity(figure);
    return `${figure < 0 ? '-' : '+'} ${quantity(Math.abs(figure))}`;
  });
  return figures.length === 1 ? quantity(sum) : `${terms.join(' ')} = ${quantity(sum)}`;
}

function sumVerdict({ holdsInLedger, leftLedger, rightLedger, asExpected }: SumResult): string {
  const said = holdsInLedger ? 'holds' : `does not hold, by ${signed(leftLedger - rightLedger)}`;
  return asExpected ? said : `${said} (NOT EXPECTED)`;
}

/** One line over everything, and whose figures they are. */
export function summary({ states, sums, asExpected }: DemoResult): string {
  const checks = states.flatMap((state) => state.checks);
  const agree = checks.filter((check) => check.off === 0).length;
  const hold = sums.filter((sum) => sum.holdsInLedger).length;
  const differences = states.flatMap((state) => state.differences);
  const open = differences.filter((difference) => difference.open > 0).length;
  const entries = states.reduce((sum, state) => sum + state.entries, 0);
  return [
    'Most published figures are the reading of the States\u2019 reports by Landmine Monitor, an NGO.',
    ...wrap(
      `${states.length} States, ${entries} entries, ${checks.length} published figures: ` +
        `${agree} agree, ${checks.length - agree} differ; ${sums.length} sums: ${hold} hold, ` +
        `${sums.length - hold} do not; ${differences.length} differences in the ledger, ${open} open.`,
      width,
    ),
    asExpected ? 'All of it as expected.' : 'NOT as expected: see the lines so marked.',
  ].join('\n');
}
