import type { Command } from 'commander';
import type { DifferenceItem } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { table } from '../table.ts';
import {
  withExample,
  withJson,
  withLimit,
  withTimes,
  type FigureOptions,
  type ListOptions,
} from './options.ts';
import { noteMore, printJson, stateTitle, under } from './output.ts';

/** `differences`: what does not agree, open and explained. */
export function addDifferences(program: Command, io: Io): void {
  const command = program
    .command('differences <State>')
    .description('what counts, late entries, statements and shipments leave open');
  withExample(
    withJson(withLimit(withTimes(command))),
    'differences XXA',
    'differences XXA --effective 2010-12-31 --known 42',
  ).action(async (state: string, options: FigureOptions & ListOptions) => {
    const { effective, known, limit } = options;
    const path = under(state, 'differences');
    const page = await Client.of(io).list<DifferenceItem>(path, { effective, known }, limit);
    if (options.json) return printJson(io, page);
    io.out(stateTitle(state));
    if (page.items.length === 0) io.out('Nothing differs.');
    else io.out(differenceTable(page.items));
    noteMore(io, page);
  });
}

function differenceTable(items: readonly DifferenceItem[]): string {
  const columns = [
    { head: 'day' },
    { head: 'kind' },
    { head: 'of' },
    { head: 'munition' },
    { head: 'ledger', number: true },
    { head: 'counted or stated', number: true },
    { head: 'differs by', number: true },
    { head: 'open', number: true },
    { head: 'source', width: 30 },
    { head: 'difference' },
  ];
  const rows = items.map((item) => [
    item.day,
    item.kind,
    item.holding?.account ?? item.about?.shipment ?? item.about?.figure,
    item.holding?.munition ?? Object.values(item.about?.filter ?? {}).join(', '),
    item.expected,
    item.counted,
    item.quantity,
    item.open,
    item.about?.source,
    item.id,
  ]);
  return table(columns, rows);
}
