import { plain, quantity } from '../table.ts';
import type { Ground, ObligationItem, ReckonedDay, StandingItem } from '../treaty-answers.ts';
import { wrap } from '../wrap.ts';
import { findingText, runsOf, spanOf, withThousands, type Run } from './obligation-rows.ts';

const width = 100;
/** Where the text of a line begins. */
const margin = 11;

/** Why a State is bound from a day on, and until when. */
export function whyMembership({ membership, withdrawal }: StandingItem): readonly string[] {
  if (membership === null) return [];
  const { entryIntoForce } = membership;
  const effect = withdrawal?.effect;
  return [
    `In force from ${entryIntoForce.day}`,
    ...whyDay(entryIntoForce),
    ...(effect ? [`Withdrawal in effect from ${effect.day}`, ...whyDay(effect)] : []),
  ].map(plain);
}

/** Why each obligation is due when it is, and why its status is what it is. */
export function whyObligations(obligations: readonly ObligationItem[], all: boolean) {
  return runsOf(obligations, all).flatMap(whyRun).map(plain);
}

function whyRun(run: Run): readonly string[] {
  const [{ article, due, status, entry, explanation, findings }] = run;
  const span = spanOf(run);
  const about = span === '' ? '' : `, about ${span}`;
  const found = entry === undefined ? '' : `, found by entry ${entry}`;
  const several = run.length > 1 ? ` (${run.length} reports; the first of them:)` : '';
  const title = `Article ${article}${about}${found}: due ${due}, ${status}${several}`;
  if (explanation === undefined) return ['', title];
  const { because, grounds, figures } = explanation.status;
  return [
    '',
    title,
    ...whyDay(explanation.due),
    ...line('status', withThousands(because, grounds.map(({ value }) => value).filter(isNumber))),
    ...grounds.flatMap(groundLine),
    ...(figures === null ? [] : line('figures', explainCommand(figures))),
    ...findings.flatMap((found) => line('finding', `${findingText(found)} (${found.finding})`)),
  ];
}

function whyDay({ article, rule, arithmetic, grounds }: ReckonedDay): readonly string[] {
  return [
    ...line('rule', `Article ${article}: ${rule}`),
    ...line('sum', arithmetic),
    ...grounds.flatMap(groundLine),
  ];
}

/** What it rests on: what is said, by whom, and which fact or entry says so. */
function groundLine({ what, value, source, fact, basis }: Ground): readonly string[] {
  const said = value === null ? what : `${what} ${isNumber(value) ? quantity(value) : value}`;
  const from = source === null ? '' : ` (${source})`;
  const unsure = basis === 'read' ? '' : `, ${basis}`;
  return [
    ...line('from', `${said}${from}${unsure}`),
    ...(fact === null ? [] : line('', `fact ${fact}`)),
  ];
}

/** The command that explains the ledger's figure, for the address that does. */
function explainCommand(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://ledger');
  const [, , , state = ''] = pathname.split('/');
  const options = [...searchParams].map(([name, value]) => `--${name} ${value}`);
  return ['stockpile explain', state, ...options].join(' ');
}

function line(name: string, text: string): readonly string[] {
  const [first = '', ...more] = wrap(text, width - margin);
  return [`  ${name}`.padEnd(margin) + first, ...more.map((rest) => ' '.repeat(margin) + rest)];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}
