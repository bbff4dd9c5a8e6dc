import type { Command } from 'commander';
import type { Page } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { plain, sheet, table, type Cell } from '../table.ts';
import type { FactItem } from '../treaty-answers.ts';
import {
  withExample,
  withJson,
  withKnown,
  withLimit,
  type DayOptions,
  type ListOptions,
} from './options.ts';
import { noteMore, printJson, stateTitle, under } from './output.ts';

type FactOptions = ListOptions & Pick<DayOptions, 'known'>;

/** `facts`: what is on record of a State under the treaty, with sources. */
export function addFacts(program: Command, io: Io): void {
  const command = program
    .command('facts <State> [fact]')
    .description('what is on record of a State under the treaty, or one fact whole');
  withExample(withJson(withLimit(withKnown(command))), 'facts AGO', 'facts AGO <fact>').action(
    async (state: string, id: string | undefined, options: FactOptions) => {
      const client = Client.of(io);
      const { known, limit, json } = options;
      if (id !== undefined) {
        const path = under(state, `facts/${encodeURIComponent(id)}`);
        const fact = await client.get<FactItem>(path, { known });
        return json ? printJson(io, fact) : printFact(io, fact);
      }
      const page = await client.list<FactItem>(under(state, 'facts'), { known }, limit);
      if (json) return printJson(io, page);
      io.out(stateTitle(state));
      if (page.items.length > 0) return printFacts(io, page);
      io.out(
        'Nothing is on record under the treaty. The secretariat records it:\n' +
          `  stockpile post instrument ${state} instrument.json`,
      );
    },
  );
}

/** Facts one a row: what they say, and who says so. */
export function printFacts(io: Io, page: Page<FactItem>): void {
  const columns = [
    { head: 'kind' },
    { head: 'says', width: 40 },
    { head: 'source', width: 30 },
    { head: 'fact' },
    { head: 'reversed by' },
  ];
  const rows = page.items.map(({ kind, body, fact, reversedBy }): Cell[] => [
    kind,
    saidBy(body),
    text(body['source']),
    fact,
    reversedBy,
  ]);
  io.out(table(columns, rows));
  noteMore(io, page);
}

/** Everything of a body but where it is from and what is beside it, in one line. */
function saidBy(body: FactItem['body']): string {
  const said = Object.entries(body).filter(([field]) => ![...leading, ...beside].includes(field));
  const unsure = body['basis'] === 'to be checked' ? ' (to be checked)' : '';
  return (
    [
      ...leading.map((field) => text(body[field])).filter((value) => value !== ''),
      ...said.map(([field, value]) => `${words(field)} ${text(value)}`),
    ].join(', ') + unsure
  );
}

/** What needs no name before it. */
const leading = ['name', 'kind'];
const beside = ['source', 'basis', 'remarks', 'reference', 'evidence', 'title'];

/** One fact, whole. */
export function printFact(io: Io, item: FactItem): void {
  const { fact, kind, body, position, recordedAt, actor, reversedBy } = item;
  io.out(`${kind} ${fact}`);
  io.out(`position ${position}, recorded ${recordedAt} by ${plain(actor)}`);
  if (reversedBy !== null) io.out(`reversed by ${reversedBy}`);
  io.out(sheet(Object.entries(body).map(([name, value]) => [words(name), text(value)])));
}

/** `depositedOn` as "deposited on". */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function text(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
