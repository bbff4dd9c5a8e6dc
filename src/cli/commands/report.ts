import type { Command } from 'commander';
import { writeFile } from 'node:fs/promises';
import { Client, type Query } from '../client.ts';
import { Misuse } from '../failure.ts';
import type { Io } from '../io.ts';
import { quantity, table } from '../table.ts';
import { withExample, withJson, type AnswerOptions } from './options.ts';
import { printJson, under } from './output.ts';

interface ReportOptions extends AnswerOptions {
  readonly format?: string;
  readonly layout?: string;
  readonly output?: string;
  readonly asFiled?: string;
  readonly period?: string;
  readonly known?: string;
}

/** A report as it is answered, as far as it is printed here. */
interface ReportAnswer {
  readonly name: string;
  readonly state: string;
  readonly kind: string;
  readonly period: { readonly from: string; readonly to: string };
  readonly due: string | null;
  readonly forms: readonly {
    readonly form: string;
    readonly tables: readonly {
      readonly id: string;
      readonly lines: readonly object[];
      readonly total: number | null;
    }[];
  }[];
  readonly findings: readonly {
    readonly id: string;
    readonly level: string;
    readonly form: string | null;
    readonly detail: string;
  }[];
  readonly cover: readonly { readonly form: string; readonly status: string }[];
}

/** `report`: the Article 7 report of a State for a year. */
export function addReport(program: Command, io: Io): void {
  const command = program
    .command('report <State> <year>')
    .description('the Article 7 report computed from the ledger, or as it was filed')
    .option('--format <format>', 'html, docx, pdf, xlsx or csv, into the file of --output')
    .option('--layout <layout>', 'forms (A to J, the default) or guide')
    .option('--output <file>', 'where a report in a format is written')
    .option('--as-filed <n>', 'as it was filed the n-th time')
    .option('--period <interval>', 'not the calendar year but this: 2010-04/2011-03')
    .option('--known <position|instant>', 'as the ledger knew it then (default: now)');
  withExample(
    withJson(command),
    'report BRA 2012',
    'report AGO 2006 --format docx --output angola-2006.docx',
    'report AGO 2006 --as-filed 1 --json',
  ).action((state: string, year: string, options: ReportOptions) =>
    report(io, state, year, options),
  );
}

async function report(io: Io, state: string, year: string, options: ReportOptions): Promise<void> {
  const { format, layout, output, asFiled, period, known } = options;
  const path = under(state, `reports/${encodeURIComponent(year)}`);
  const route = asFiled === undefined ? path : `${path}/filings/${encodeURIComponent(asFiled)}`;
  const query: Query = { period, known };
  if (format === undefined) {
    const answer = await Client.of(io).get<ReportAnswer & { readonly report?: ReportAnswer }>(
      route,
      query,
    );
    return options.json ? printJson(io, answer) : print(io, answer.report ?? answer);
  }
  if (output === undefined) {
    throw new Misuse(`--format ${format} needs --output <file>: where the report is written.`);
  }
  const file = await Client.of(io).file(route, { ...query, format, layout });
  await writeFile(output, file);
  io.out(`${output}: ${quantity(file.length)} bytes`);
}

function print(io: Io, { name, state, kind, period, due, forms, findings, cover }: ReportAnswer) {
  const owed = due === null ? '' : `, due ${due}`;
  io.out(`${name} (${state}): ${kind} report, ${period.from} to ${period.to}${owed}`);
  const rows = forms.flatMap(({ form, tables }) => {
    const status = cover.find((line) => line.form === form)?.status ?? '';
    return tables.map(({ id, lines, total }) => [id, status, lines.length, total]);
  });
  io.out(
    table(
      [
        { head: 'table' },
        { head: 'form is' },
        { head: 'lines', number: true },
        { head: 'mines', number: true },
      ],
      rows,
    ),
  );
  if (findings.length === 0) return io.out('Nothing stands in the way of filing it.');
  const columns = [{ head: 'level' }, { head: 'form' }, { head: 'look at', width: 80 }];
  io.out(
    table(
      columns,
      findings.map(({ level, form, detail }) => [level, form, detail]),
    ),
  );
}
