import type { Command } from 'commander';
import type { MunitionItem, Page } from '../answers.ts';
import { Client } from '../client.ts';
import { keyOf } from '../idempotency.ts';
import type { Io } from '../io.ts';
import { plain, sheet, table, type Cell } from '../table.ts';
import { parse, readText } from './input.ts';
import { withExample, withJson, type AnswerOptions } from './options.ts';
import { printJson } from './output.ts';

interface AskOptions extends AnswerOptions {
  readonly known?: string;
}

const path = '/v1/munitions';

/** `munitions`: the catalogue of types, their spellings and what they are like. */
export function addMunitions(program: Command, io: Io): void {
  const munitions = program
    .command('munitions [type]')
    .description('the catalogue: every type, or one by any of its spellings')
    .option('--known <position|instant>', 'as the ledger knew it then (default: now)');
  withExample(withJson(munitions), 'munitions', 'munitions PMN-2').action(
    (type: string | undefined, options: AskOptions) =>
      type === undefined ? list(io, options) : one(io, type, options),
  );
  const add = munitions
    .command('add <file>')
    .description('describe a type from a JSON file ("-" reads standard input)')
    .option('--key <key>', 'idempotency key (default: made from the content)');
  withExample(
    withJson(add),
    'munitions add pmn-2.json',
    `munitions add - <<< '{"type":"PMN-2","spellings":["PMN 2"],"source":"..."}'`,
  ).action((file: string, _: unknown, command: Command) =>
    describe(io, file, command.optsWithGlobals<AnswerOptions & { readonly key?: string }>()),
  );
}

async function list(io: Io, { known, json }: AskOptions): Promise<void> {
  const page = await Client.of(io).get<Page<MunitionItem>>(path, { known });
  if (json) return printJson(io, page);
  if (page.items.length === 0) return io.out('The catalogue is empty.');
  const columns = ['type', 'also declared as', 'explosive', 'fusing', 'version'];
  const rows = page.items.map(({ type, spellings, characteristics, version }) => [
    type,
    spellings.join(', '),
    explosive(characteristics),
    text(characteristics?.['fusing']),
    version,
  ]);
  io.out(
    table(
      columns.map((head) => ({ head })),
      rows,
    ),
  );
}

async function one(io: Io, type: string, { known, json }: AskOptions): Promise<void> {
  const answer = await Client.of(io).get<MunitionItem>(`${path}/${encodeURIComponent(type)}`, {
    known,
  });
  if (json) return printJson(io, answer);
  printMunition(io, answer);
  for (const { version, recordedAt } of answer.earlier ?? []) {
    io.out(`version ${version} was recorded ${recordedAt}`);
  }
}

async function describe(
  io: Io,
  file: string,
  options: AnswerOptions & { readonly key?: string },
): Promise<void> {
  const body = await readText(io, file);
  const idempotencyKey = options.key ?? keyOf(path, parse(body, file));
  const answer = await Client.of(io).post<MunitionItem>(path, { body, idempotencyKey });
  if (options.json) printJson(io, answer.body);
  else printMunition(io, answer.body);
}

function printMunition(io: Io, munition: MunitionItem): void {
  const { type, spellings, characteristics, source, version, recordedAt } = munition;
  io.out(`${plain(type)}, version ${version}, recorded ${recordedAt}`);
  const known = Object.entries(characteristics ?? {}).map(
    ([name, value]) => [words(name), text(value)] as const,
  );
  io.out(sheet([['also declared as', spellings.join(', ')], ...known, ['source', source]]));
}

function explosive(characteristics: MunitionItem['characteristics']): Cell {
  const grams = text(characteristics?.['explosiveGrams']);
  const kind = text(characteristics?.['explosive']);
  return [...(grams === undefined ? [] : [`${grams} g`]), ...(kind ? [kind] : [])].join(' ');
}

/** `explosiveGrams` as "explosive grams". */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function text(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return undefined;
  return value.map((photograph: { name?: string }) => photograph.name ?? '').join(', ');
}
