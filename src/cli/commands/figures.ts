import type { Command } from 'commander';
import type { RemainingAnswer, StateItem, TotalsAnswer, Totals } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { plain, sheet, table } from '../table.ts';
import {
  figureQuery,
  withExample,
  withHolding,
  withJson,
  withLimit,
  withTimes,
  type AnswerOptions,
  type FigureOptions,
  type ListOptions,
} from './options.ts';
import { accountTable, asOf, figure, noteMore, printJson, stateTitle, under } from './output.ts';

/** `remaining`, `states` and `totals`: how many, where and when. */
export function addFigures(program: Command, io: Io): void {
  addRemaining(program, io);
  addStates(program, io);
  addTotals(program, io);
}

function addRemaining(program: Command, io: Io): void {
  const command = program
    .command('remaining <State>')
    .description('what a State still holds, retains and cannot account for');
  withExample(
    withJson(withHolding(withTimes(command))),
    'remaining XXA --effective 2010-12-31 --munition M14',
  ).action(async (state: string, options: FigureOptions & AnswerOptions) => {
    const answer = await Client.of(io).get<RemainingAnswer>(
      under(state, 'remaining'),
      figureQuery(options),
    );
    if (options.json) printJson(io, answer);
    else printRemaining(io, answer);
  });
}

function printRemaining(io: Io, answer: RemainingAnswer): void {
  io.out(`${stateTitle(answer.state)} ${asOf(answer.effective, answer.known)}`);
  if (!answer.recorded) io.out('Nothing is recorded for this State.');
  if (answer.unknownMunition) {
    const near = (answer.nearMunitions ?? []).map(plain).join(', ');
    io.err(`The book has no such munition${near === '' ? '.' : `; it has ${near}.`}`);
  }
  io.out(totalsSheet(answer));
  printBreakdown(io, answer);
}

function totalsSheet(totals: Totals): string {
  return sheet([
    ['remaining', figure(totals.remaining, totals.exact)],
    ['retained', totals.retained],
    ['in custody for others', totals.custody],
    ['unaccounted', totals.unaccounted],
  ]);
}

function printBreakdown(
  io: Io,
  answer: Pick<RemainingAnswer, 'accounts'> & Partial<RemainingAnswer>,
) {
  if (Object.keys(answer.accounts).length > 0) io.out(accountTable(answer.accounts));
  if (answer.munitions === undefined || answer.munitions.length === 0) return;
  const rows = answer.munitions.map(({ munition, remaining, exact, accounts }) => [
    munition,
    figure(remaining, exact),
    Object.keys(accounts).join(', '),
  ]);
  const columns = [{ head: 'munition' }, { head: 'remaining', number: true }, { head: 'accounts' }];
  io.out(table(columns, rows));
}

function addStates(program: Command, io: Io): void {
  const command = program
    .command('states')
    .description('every State, with what it still holds')
    .option('--recorded', 'only those of which something is recorded');
  withExample(
    withJson(withLimit(withTimes(command))),
    'states --effective 2010-12-31',
    'states --recorded',
  ).action(async (options: FigureOptions & ListOptions & { readonly recorded?: true }) => {
    const { effective, known, limit } = options;
    const all = await Client.of(io).list<StateItem>('/v1/states', { effective, known }, limit);
    const items = all.items.filter(({ recorded }) => recorded || !options.recorded);
    const page = { ...all, items };
    if (options.json) return printJson(io, page);
    const rows = page.items.map((item) => [
      item.state,
      item.name,
      item.party === null ? '' : item.party ? 'yes' : 'no',
      item.entryIntoForce,
      item.recorded ? item.remaining : 'not recorded',
    ]);
    const columns = [
      { head: 'State' },
      { head: 'name' },
      { head: 'party' },
      { head: 'in force from' },
      { head: 'remaining', number: true },
    ];
    io.out(table(columns, rows));
    noteMore(io, page);
  });
}

function addTotals(program: Command, io: Io): void {
  const command = program
    .command('totals')
    .description('all States together; what one holds for another is counted once');
  withExample(withJson(withTimes(command)), 'totals --effective 2010-12-31').action(
    async (options: FigureOptions & AnswerOptions) => {
      const { effective, known } = options;
      const answer = await Client.of(io).get<TotalsAnswer>('/v1/totals', { effective, known });
      if (options.json) return printJson(io, answer);
      io.out(`All States ${asOf(answer.effective, answer.known)}`);
      io.out(totalsSheet(answer));
      printBreakdown(io, answer);
    },
  );
}
