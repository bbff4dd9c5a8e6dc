import type { Command } from 'commander';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { table, type Cell } from '../table.ts';
import type { DueAnswer, DueItem } from '../treaty-answers.ts';
import { wholeNumber, withDay, withExample, withJson, type DayOptions } from './options.ts';
import { asKnown, printJson, stateTitle } from './output.ts';

interface DueOptions extends DayOptions {
  readonly days?: number;
  readonly all?: true;
}

/** More States than these with the same on the same day stand in one row. */
const namedMax = 5;

/** `due`: what falls due next, and which meetings there are. */
export function addDue(program: Command, io: Io): void {
  const command = program
    .command('due')
    .description('what falls due in the next days, soonest first, and the meetings ahead')
    .option('--days <n>', 'within so many days (default: 90)', wholeNumber)
    .option('--all', 'name every State, also where many owe the same');
  withExample(withJson(withDay(command)), 'due --days 365', 'due --on 2012-12-03 --all').action(
    async ({ on, known, days, all, json }: DueOptions) => {
      const answer = await Client.of(io).get<DueAnswer>('/v1/due', { on, known, days });
      if (json) printJson(io, answer);
      else printDue(io, answer, all === true);
    },
  );
}

function printDue(io: Io, answer: DueAnswer, all: boolean): void {
  const { on, days, known, items, meetings } = answer;
  io.out(`Within ${days} days of ${on}, ${asKnown(known)}`);
  if (items.length === 0) {
    io.out(`Nothing falls due. To look further: stockpile due --days ${days * 4}`);
  } else {
    const heads = ['due', 'in days', 'article', 'about', 'State'];
    const columns = heads.map((head) => ({ head, number: head === 'in days' }));
    io.out(table(columns, groupsOf(items, all).map(rowOf)));
  }
  for (const { name, dates, place } of meetings) {
    io.out(`- ${name}: ${dates}${place === null ? '' : `, ${place}`}`);
  }
}

function groupsOf(items: readonly DueItem[], all: boolean): readonly (readonly DueItem[])[] {
  const alike = ({ due, article, period }: DueItem): string => `${due} ${article} ${period}`;
  const groups = [...Map.groupBy(items, alike).values()];
  return groups.flatMap((group) =>
    all || group.length <= namedMax ? group.map((item) => [item]) : [group],
  );
}

function rowOf(group: readonly DueItem[]): readonly Cell[] {
  const [first] = group;
  if (first === undefined) return [];
  const { due, days, article, period, state } = first;
  return [
    due,
    days,
    article,
    period,
    group.length === 1 ? stateTitle(state) : `${group.length} States`,
  ];
}
