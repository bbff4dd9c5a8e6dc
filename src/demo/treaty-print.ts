import { allStatesTable, countsTable, overviewNotes } from '../cli/commands/obligation-overview.ts';
import {
  notesOn,
  runsOf,
  spanOf,
  withThousands,
  type Run,
} from '../cli/commands/obligation-rows.ts';
import { stateTitle } from '../cli/commands/output.ts';
import { table, type Cell } from '../cli/table.ts';
import type { Ground, ObligationItem } from '../cli/treaty-answers.ts';
import { wrap } from '../cli/wrap.ts';
import type { MembershipResult, Overview, OwedResult, TreatyResult } from './treaty.ts';

const width = 110;

/** What a State owed on a day: each duty with the reason of its status and where that is from. */
export function owedReport({ state, answer, asExpected }: OwedResult): string {
  const { on, obligations } = answer;
  const columns = [
    { head: 'article' },
    { head: 'due' },
    { head: 'status' },
    { head: 'because', width: 52 },
  ];
  return [
    `What ${stateTitle(state)} owed on ${on}`,
    table(columns, runsOf(obligations, false).map(rowOf)),
    ...notesOn(obligations),
    ...(asExpected ? [] : ['This is NOT as expected.']),
    '',
  ].join('\n');
}

function rowOf(run: Run): readonly Cell[] {
  const [first] = run;
  const last = run.at(-1) ?? first;
  const span = spanOf(run);
  const article = span === '' ? first.article : `${first.article} (${span})`;
  const due = run.length === 1 ? first.due : `${first.due} to ${last.due}`;
  return [article, due, first.status, reasonOf(first)];
}

/** The reason in words, with the sources that it rests on. */
function reasonOf({ explanation }: ObligationItem): string {
  if (explanation === undefined) return '';
  const { because, grounds } = explanation.status;
  const numbers = grounds.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const sources = [...new Set(grounds.flatMap(({ source }: Ground) => source ?? []))];
  const from = sources.length === 0 ? '' : ` (${sources.join('; ')})`;
  return withThousands(because, numbers) + from;
}

/** How all States stood: whole on the day of the resolution, in numbers today. */
export function overviewReport({ overviews, memberships }: TreatyResult): string {
  const [then, today] = overviews;
  if (then === undefined || today === undefined) return '';
  return [
    `All States on ${then.page.on}, the day of General Assembly resolution 67/32`,
    allStatesTable(boundIn(then), then.page.on),
    ...overviewNotes.flatMap((note) => wrap(note, width)),
    countsTable(boundIn(then)),
    '',
    `All States on ${today.page.on}`,
    countsTable(boundIn(today)),
    ...missed(today),
    ...wrap(`No longer parties: ${named(today.membership.states.withdrawn)}.`, width, '    '),
    '',
    ...memberships.map(counted),
    '',
  ].join('\n');
}

function boundIn({ page }: Overview) {
  return page.items.filter(({ entryIntoForce }) => entryIntoForce !== null);
}

/** What is missed, each with the fact or figure that says so. */
function missed({ page }: Overview): readonly string[] {
  return page.items.flatMap(({ state, name, obligations }) => {
    const open = obligations.filter(({ status }) => status === 'missed');
    return notesOn(open, `${name} (${state})`);
  });
}

function named(states: readonly string[]): string {
  return states.length === 0 ? 'none' : states.map(stateTitle).join(', ');
}

function counted({ on, figure, published, ledger, source }: MembershipResult): string {
  const what = figure === 'parties' ? 'parties' : 'instruments deposited';
  const verdict = ledger === published ? 'agrees' : `NOT EXPECTED: the ledger counts ${ledger}`;
  return `${on}: ${published} ${what} (${source}): ${verdict}`;
}
