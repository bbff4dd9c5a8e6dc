import { quantity, signed, table } from '../cli/table.ts';
import { stateName } from '../treaty/iso-3166.ts';
import type { CheckResult, SumResult } from './compare.ts';
import type { DemoResult, StateResult } from './run.ts';

const labels: Readonly<Record<string, string>> = {
  'gone/destroyed-article-4': 'destroyed (article 4)',
  'gone/destroyed-retained': 'destroyed of the retained',
  'gone/consumed': 'consumed',
  'source/newly-found': 'newly found',
};

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
    { head: 'figure' },
    { head: 'published', number: true },
    { head: 'ledger', number: true },
    { head: '' },
    { head: 'source', width: 34 },
  ];
  return [
    title(result),
    table(columns, rows),
    ...notes.map((note, index) => `[${index + 1}] ${note}`),
    balanceLine(result),
    ...result.notYet.map(({ what, needs }) => `not yet: ${what} (needs ${needs})`),
    '',
  ].join('\n');
}

function title({ state, entries }: StateResult): string {
  return `${stateName(state) ?? state} (${state}): ${entries} ${entries === 1 ? 'entry' : 'entries'}`;
}

function figureLabel({ figure, munition, after, entry }: CheckResult): string {
  const parts = [labels[figure] ?? figure];
  if (munition !== undefined) parts.push(munition);
  if (entry !== undefined) parts.push(`by entry ${entry}`);
  if (after !== undefined) parts.push(`since ${after}`);
  return parts.join(', ');
}

function verdict({ off, asExpected }: CheckResult): string {
  const said = off === 0 ? 'agrees' : `differs by ${signed(off)}`;
  return asExpected ? said : `${said} (NOT EXPECTED)`;
}

function balanceLine({ now, declared }: StateResult): string {
  const gone = (name: string): number => now.accounts[`gone/${name}`] ?? 0;
  const destroyed = gone('destroyed-article-4') + gone('destroyed-retained');
  const parts = [
    `declared ${quantity(declared)}`,
    `destroyed ${quantity(destroyed)}`,
    `consumed ${quantity(gone('consumed'))}`,
    `retained ${quantity(now.retained)}`,
    `remaining ${quantity(now.remaining)}`,
    `unaccounted ${quantity(now.unaccounted)}`,
  ];
  return `in the ledger today: ${parts.join(', ')}`;
}

/** The table of sums between published figures, both sides asked of the ledger. */
export function sumReport(sums: readonly SumResult[]): string {
  const rows = sums.map((sum) => [
    sum.id,
    sum.statement,
    side(sum.leftFigures, sum.leftLedger),
    side(sum.rightFigures, sum.rightLedger) + (isPublished(sum) ? ' (published)' : ''),
    sumVerdict(sum),
  ]);
  const columns = [
    { head: 'sum' },
    { head: 'as published' },
    { head: 'left, from the ledger', number: true },
    { head: 'right', number: true },
    { head: '' },
  ];
  return `Sums between published figures\n${table(columns, rows)}\n`;
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
  const waiting = states.flatMap((state) => state.notYet).length;
  const entries = states.reduce((sum, state) => sum + state.entries, 0);
  return [
    'Most published figures are the reading of the States\u2019 reports by Landmine Monitor, an NGO.',
    `${states.length} States, ${entries} entries, ${checks.length} published figures: ` +
      `${agree} agree, ${checks.length - agree} differ; ${sums.length} sums: ${hold} hold, ` +
      `${sums.length - hold} do not; ${waiting} facts are not yet recorded.`,
    asExpected ? 'All of it as expected.' : 'NOT as expected: see the lines so marked.',
  ].join('\n');
}
