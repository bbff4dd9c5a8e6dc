import type { Io } from '../io.ts';
import { plain, table } from '../table.ts';
import type { ObjectionItem, StandingItem, StateObligations } from '../treaty-answers.ts';
import { wrap } from '../wrap.ts';
import { notesOn, obligationColumns, rowOf, runsOf, unrecordedMeans } from './obligation-rows.ts';
import { whyMembership, whyObligations } from './obligation-why.ts';
import { asKnown, stateTitle } from './output.ts';

const lineWidth = 100;

/** How the obligations of a State are shown. */
export interface Shown {
  readonly why: boolean;
  /** Every report in a row of its own. */
  readonly all: boolean;
  /** Whether it owes anything at all, be it shown or not. */
  readonly owes: boolean;
}

/** One State: whether it is a party, what it owes, and what stands beside that. */
export function printStateObligations(io: Io, answer: StateObligations, shown: Shown): void {
  io.out(`${stateTitle(answer.state)} on ${answer.on}, ${asKnown(answer.known)}`);
  io.out(inLines(standingOf(answer)));
  for (const standing of answer.earlier) {
    const { entryIntoForce, end } = standing.membership ?? {};
    io.out(`\nEarlier: a party from ${entryIntoForce?.day} until ${end} (that day no longer).`);
    printStanding(io, standing, shown);
  }
  if (answer.earlier.length > 0 && answer.obligations.length > 0) io.out('\nNow:');
  printStanding(io, answer, shown);
  for (const objection of answer.objections) {
    io.out(inLines(`- ${inWords(objection)}`, '    '));
  }
  const none = [answer, ...answer.earlier].every(({ obligations }) => obligations.length === 0);
  if (none && shown.owes) io.out('Nothing that it owes is of that article and status.');
}

function printStanding(io: Io, standing: StandingItem, { why, all }: Shown): void {
  const { obligations } = standing;
  if (obligations.length === 0) return;
  if (why) {
    const lines = [...whyMembership(standing), ...whyObligations(obligations, all)];
    return io.out(lines.join('\n'));
  }
  io.out(table(obligationColumns, runsOf(obligations, all).map(rowOf)));
  for (const line of notesOn(obligations)) io.out(line);
  if (obligations.some(({ status }) => status === 'unrecorded')) {
    io.out(inLines(unrecordedMeans));
  }
}

/** Whether it is a party, and by what; what to do when it never was. */
function standingOf(answer: StateObligations): string {
  const { state, party, entryIntoForce, membership, withdrawal } = answer;
  if (membership === null || entryIntoForce === null) {
    return (
      'Not a party: no instrument is on record, and it owes nothing. The secretariat records one ' +
      `with "stockpile post instrument ${state} instrument.json".`
    );
  }
  const { instrument, depositedOn, end } = membership;
  const act = `${instrument} deposited ${depositedOn}`;
  const leaving =
    withdrawal === null ? '' : withdrawal.effect === null ? heldBack(withdrawal.armedConflict) : '';
  if (party) {
    const until = end === null ? leaving : `; a withdrawal takes effect on ${end}`;
    return `A party since ${entryIntoForce} (${act})${until}.`;
  }
  if (end !== null && end <= answer.on) {
    return (
      `A party from ${entryIntoForce} (${act}) until its withdrawal took effect on ${end}: ` +
      'what was owed until then stays on record.'
    );
  }
  return `Not a party yet: in force for it from ${entryIntoForce} on (${act}).`;
}

function heldBack(armedConflict: boolean): string {
  return armedConflict
    ? '; its withdrawal is held back until the armed conflict ends'
    : '; a withdrawal is notified, and its receipt by the Depositary is not on record';
}

function inWords({ by, madeOn, against, source }: ObjectionItem): string {
  const when = madeOn === null ? '' : ` (${madeOn})`;
  const from = source === null ? '' : ` (${source})`;
  return plain(`${stateTitle(by)} objects${when} to: ${against}${from}`);
}

function inLines(text: string, indent = ''): string {
  return wrap(text, lineWidth, indent).join('\n');
}
