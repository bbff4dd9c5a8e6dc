import type { Command } from 'commander';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { sheet } from '../table.ts';
import type { MembershipAnswer, MembershipList } from '../treaty-answers.ts';
import { wrap } from '../wrap.ts';
import { withDay, withExample, withJson, type DayOptions } from './options.ts';
import { asKnown, printJson, stateTitle } from './output.ts';

const lineWidth = 100;

const lists: readonly (readonly [MembershipList, string])[] = [
  ['parties', 'parties'],
  ['comingIntoForce', 'deposited, not in force yet'],
  ['withdrawn', 'withdrawn'],
  ['signedOnly', 'signed only'],
];

/** `membership`: how many States are bound on a day, and which. */
export function addMembership(program: Command, io: Io): void {
  const command = program
    .command('membership')
    .description('how many States are parties on a day, and which')
    .option('--list', 'name them');
  withExample(withJson(withDay(command)), 'membership --on 2012-12-03', 'membership --list').action(
    async ({ on, known, list, json }: DayOptions & { readonly list?: true }) => {
      const answer = await Client.of(io).get<MembershipAnswer>('/v1/membership', { on, known });
      if (json) return printJson(io, answer);
      io.out(`On ${answer.on}, ${asKnown(answer.known)}`);
      io.out(sheet(lists.map(([name, words]) => [words, answer[name]])));
      if (list) printLists(io, answer);
      else if (answer.deposited > 0) io.out('Which they are: stockpile membership --list');
    },
  );
}

function printLists(io: Io, { states }: MembershipAnswer): void {
  for (const [name, words] of lists) {
    if (states[name].length === 0) continue;
    const named = states[name].map(stateTitle).join(', ');
    io.out(`\n${words}:\n${wrap(named, lineWidth).join('\n')}`);
  }
}
