import type { Command } from 'commander';
import type { EntryItem, Page, Posting } from '../answers.ts';
import { Client } from '../client.ts';
import type { Io } from '../io.ts';
import { plain, signed, table } from '../table.ts';
import {
  withExample,
  withJson,
  withLimit,
  withTimes,
  type FigureOptions,
  type ListOptions,
} from './options.ts';
import { noteMore, printJson, stateTitle, under } from './output.ts';

/** `entries`: what was recorded. */
export function addJournal(program: Command, io: Io): void {
  const command = program
    .command('entries <State> [id]')
    .description('the journal of a State, or one entry with its postings');
  withExample(withJson(withLimit(withTimes(command))), 'entries XXA', 'entries XXA <id>').action(
    async (state: string, id: string | undefined, options: FigureOptions & ListOptions) => {
      const client = Client.of(io);
      const { effective, known } = options;
      if (id !== undefined) {
        const path = under(state, `entries/${encodeURIComponent(id)}`);
        const entry = await client.get<EntryItem>(path);
        return options.json ? printJson(io, entry) : printEntry(io, state, entry);
      }
      const query = { effective, known };
      const page = await client.list<EntryItem>(under(state, 'entries'), query, options.limit);
      return options.json ? printJson(io, page) : printEntries(io, state, page);
    },
  );
}

function printEntries(io: Io, state: string, page: Page<EntryItem>): void {
  const columns = [
    { head: 'position', number: true },
    { head: 'effective' },
    { head: 'kind' },
    { head: 'quantity', number: true },
    { head: 'entry' },
    { head: 'recorded' },
    { head: 'by' },
    { head: 'reversed by' },
  ];
  const rows = page.items.map((entry) => [
    entry.position,
    entry.effectiveDate,
    entry.kind,
    moved(entry.postings),
    entry.id ?? entry.entry,
    entry.recordedAt,
    entry.actor,
    entry.reversedBy,
  ]);
  io.out(stateTitle(state));
  io.out(table(columns, rows));
  noteMore(io, page);
}

/** How many mines an entry moves: what its postings add. */
function moved(postings: readonly Posting[] | undefined): number | undefined {
  if (postings === undefined) return undefined;
  return postings.reduce((sum, posting) => sum + Math.max(posting.quantity, 0), 0);
}

function printEntry(io: Io, state: string, entry: EntryItem): void {
  io.out(`${stateTitle(state)}, ${entry.kind} ${entry.id ?? entry.entry ?? ''}`);
  const who = entry.actor === undefined ? '' : ` by ${plain(entry.actor)}`;
  io.out(`effective ${entry.effectiveDate}, recorded ${entry.recordedAt}${who}`);
  for (const line of said(entry.body ?? {})) io.out(line);
  if (entry.reversedBy) io.out(`reversed by ${entry.reversedBy}`);
  io.out(postingTable(entry.postings ?? []));
}

/** What was sent, as it was sent: all but the lines, which the postings show, and the date. */
function said({ lines: _lines, effectiveDate: _date, ...body }: Readonly<Record<string, unknown>>) {
  return Object.entries(body).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${plain(name)}: ${plain(text)}`;
  });
}

/** The postings of an entry, each with its sign. */
export function postingTable(postings: readonly Posting[]): string {
  const columns = ['account', 'munition', 'lot', 'site', 'institution'].map((head) => ({ head }));
  const rows = postings.map((p) => [
    p.account,
    p.munition,
    p.lot,
    p.site,
    p.institution,
    signed(p.quantity),
  ]);
  return table([...columns, { head: 'quantity', number: true }], rows);
}
