import type { Command } from 'commander';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { sheet, table } from '../table.ts';
import type { TimelinessAnswer } from '../treaty-answers.ts';
import { wrap } from '../wrap.ts';
import { unrecordedMeans } from './obligation-rows.ts';
import { withDay, withExample, withJson, type DayOptions } from './options.ts';
import { asKnown, printJson, stateTitle } from './output.ts';

const lineWidth = 100;
/** Of which there is nothing to show but the name. */
const silent = ['unrecorded', 'pending'];

/** `timeliness`: who owed a report about a year, and who had submitted it by a day. */
export function addTimeliness(program: Command, io: Io): void {
  const command = program
    .command('timeliness <year>')
    .description('reports about a calendar year: who owed one, and who had submitted it by a day')
    .option('--all', 'name every State, also those of which nothing is on record');
  withExample(withJson(withDay(command)), 'timeliness 2011 --on 2012-04-30').action(
    async (year: string, { on, known, all, json }: DayOptions & { readonly all?: true }) => {
      const query = { year, on, known };
      const answer = await Client.of(io).get<TimelinessAnswer>('/v1/report-timeliness', query);
      if (json) printJson(io, answer);
      else printTimeliness(io, answer, all === true);
    },
  );
}

function printTimeliness(io: Io, answer: TimelinessAnswer, all: boolean): void {
  const { period, due, on, known, items } = answer;
  io.out(`Reports about ${period}, due ${due}: as of ${on}, ${asKnown(known)}`);
  io.out(
    sheet([
      ['owing one', answer.owing],
      ['submitted in time', answer.inTime],
      ['submitted late', answer.late],
      ['missed', answer.missed],
      ['not due yet', answer.pending],
      ['unrecorded', answer.unrecorded],
      ['with the first report (7.1)', answer.withInitialReport],
      ['not owed: withdrew before', answer.notOwed],
    ]),
  );
  const shown = items.filter(({ status }) => all || !silent.includes(status));
  if (shown.length > 0) {
    const columns = ['State', 'article', 'due', 'status', 'submitted'].map((head) => ({ head }));
    const rows = shown.map((item) => [
      stateTitle(item.state),
      item.article,
      item.due,
      item.status,
      item.submittedOn,
    ]);
    io.out(table(columns, rows));
  }
  if (answer.unrecorded > 0) io.out(wrap(unrecordedMeans, lineWidth).join('\n'));
  if (shown.length < items.length) io.out('Every State by name: --all');
}
