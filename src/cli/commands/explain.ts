import type { Command } from 'commander';
import type { BalanceItem, ExplanationAnswer, ExplanationItem } from '../answers.ts';
import { Client, type Query } from '../client.ts';
import type { Io } from '../io.ts';
import { quantity, signed, table, type Cell } from '../table.ts';
import {
  figureQuery,
  withExample,
  withHolding,
  withJson,
  withLimit,
  withTimes,
  type FigureOptions,
  type ListOptions,
} from './options.ts';
import { noteMore, printJson, stateTitle, under } from './output.ts';

/** `explain` and `balances`: what a figure is made of. */
export function addExplanations(program: Command, io: Io): void {
  addExplain(program, io);
  addBalances(program, io);
}

function addExplain(program: Command, io: Io): void {
  const command = program
    .command('explain <State>')
    .description('the postings that make a figure, with their running total')
    .option('--figure <figure>', 'remaining, retained, unaccounted, custody or an account');
  withExample(
    withJson(withLimit(withHolding(withTimes(command)))),
    'explain XXA --figure retained --effective 2010-12-31',
  ).action(async (state: string, options: ExplainOptions) => {
    const query = { ...figureQuery(options), figure: options.figure };
    const path = under(state, 'remaining/explanation');
    const page = (await Client.of(io).list<ExplanationItem>(
      path,
      query,
      options.limit,
    )) as ExplanationAnswer;
    if (options.json) return printJson(io, page);
    io.out(`${stateTitle(state)}, ${page.figure}: ${quantity(page.quantity)}`);
    if (page.items.length > 0) io.out(explanationTable(page.items));
    noteMore(io, page);
  });
}

type ExplainOptions = FigureOptions & ListOptions & { readonly figure?: string };

function explanationTable(items: readonly ExplanationItem[]): string {
  const columns = [
    { head: 'effective' },
    { head: 'kind' },
    { head: 'account' },
    { head: 'munition' },
    { head: 'lot' },
    { head: 'quantity', number: true },
    { head: 'running total', number: true },
    { head: 'entry' },
    { head: 'by' },
    { head: 'reversed by' },
  ];
  const rows = items.map((item) => [
    item.effectiveDate,
    item.kind,
    item.account,
    item.munition,
    item.lot,
    signed(item.quantity),
    item.runningTotal,
    item.entry,
    item.actor,
    item.reversedBy,
  ]);
  return table(columns, rows);
}

function addBalances(program: Command, io: Io): void {
  const command = program
    .command('balances <State>')
    .description('what stands in each account')
    .option('--by <fields>', 'any of account,munition,lot,site,institution', 'account');
  withExample(
    withJson(withLimit(withHolding(withTimes(command)))),
    'balances XXA --by account,munition',
  ).action(async (state: string, options: FigureOptions & ListOptions & { by: string }) => {
    const asked = options.by.split(',').map((field) => field.trim());
    // Without the account, what is held and what is gone would cancel out unseen.
    const fields = ['account', ...asked.filter((field) => field !== 'account')];
    const query: Query = { ...figureQuery(options), by: fields.join(',') };
    const page = await Client.of(io).list<BalanceItem>(
      under(state, 'balances'),
      query,
      options.limit,
    );
    if (options.json) return printJson(io, page);

    const columns = [...fields.map((head) => ({ head })), { head: 'quantity', number: true }];
    const cells = (item: BalanceItem): Cell[] =>
      [...fields, 'quantity'].map((field) => {
        const value = item[field];
        return typeof value === 'boolean' ? String(value) : value;
      });
    io.out(stateTitle(state));
    io.out(table(columns, page.items.map(cells)));
    noteMore(io, page);
  });
}
