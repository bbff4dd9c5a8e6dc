import type { Command } from 'commander';
import type { WriteAnswer } from '../answers.ts';
import { Client } from '../client.ts';
import { keyOf } from '../idempotency.ts';
import type { Io } from '../io.ts';
import type { FactItem } from '../treaty-answers.ts';
import { printFacts } from './facts.ts';
import { parse, readText } from './input.ts';
import {
  withExample,
  withJson,
  withKnown,
  withLimit,
  type AnswerOptions,
  type DayOptions,
  type ListOptions,
} from './options.ts';
import { printJson } from './output.ts';

interface AddOptions extends AnswerOptions {
  readonly key?: string;
  readonly dryRun?: true;
}

interface Common {
  readonly name: string;
  readonly one: string;
  readonly what: string;
  readonly example: string;
}

/** `meetings` and `action-plans`: facts that are about no State. */
export function addCommonFacts(program: Command, io: Io): void {
  addCommon(program, io, {
    name: 'meetings',
    one: 'meeting',
    what: 'meetings of the States Parties and Review Conferences',
    example: `'{"name":"Exercise 1","kind":"other","dates":"2027-06-01/2027-06-03"}'`,
  });
  addCommon(program, io, {
    name: 'action-plans',
    one: 'action plan',
    what: 'action plans as dated rules',
    example: `'{"name":"Oslo Action Plan","from":"2020","until":"2024","foundMonths":6}'`,
  });
}

function addCommon(program: Command, io: Io, common: Common): void {
  const { name, what } = common;
  const all = program.command(name).description(`${what}: list, add and reverse them`);
  withExample(withJson(withLimit(withKnown(all))), name).action(
    async ({ known, limit, json }: ListOptions & Pick<DayOptions, 'known'>) => {
      const page = await Client.of(io).list<FactItem>(`/v1/${name}`, { known }, limit);
      if (json) printJson(io, page);
      else if (page.items.length > 0) printFacts(io, page);
      else io.out(`None is on record. The secretariat records one: stockpile ${name} add <file>`);
    },
  );
  addAdd(all, io, common);
  addReverse(all, io, common);
}

function addAdd(all: Command, io: Io, { name, one, example }: Common): void {
  const add = all
    .command('add <file>')
    .description(`record one from a JSON file ("-" reads standard input)`);
  withExample(
    withWriting(add),
    `${name} add ${one.replace(' ', '-')}.json`,
    `${name} add - <<< ${example}`,
  ).action(async (file: string, _: unknown, command: Command) => {
    const body = await readText(io, file);
    parse(body, file);
    await write(io, `/v1/${name}`, body, one, command.optsWithGlobals());
  });
}

function addReverse(all: Command, io: Io, { name, one }: Common): void {
  const reverse = all
    .command('reverse <fact>')
    .description('turn one round that was recorded wrongly')
    .requiredOption('--reason <text>', 'why it was wrong');
  withExample(withWriting(reverse), `${name} reverse <fact> --reason "wrong dates"`).action(
    async (entry: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<AddOptions & { readonly reason: string }>();
      const body = JSON.stringify({ entry, reason: options.reason });
      await write(io, '/v1/reversals', body, `reversal of the ${one}`, options);
    },
  );
}

function withWriting(command: Command): Command {
  return withJson(
    command
      .option('--key <key>', 'idempotency key (default: made from the content)')
      .option('--dry-run', 'everything but recording it'),
  );
}

async function write(
  io: Io,
  path: string,
  body: string,
  what: string,
  { key, dryRun, json }: AddOptions,
): Promise<void> {
  const idempotencyKey = key ?? keyOf(path, JSON.parse(body));
  const answer = await Client.of(io).post<WriteAnswer>(path, {
    body,
    idempotencyKey,
    query: { dryRun },
  });
  if (json) return printJson(io, answer.body);
  if (dryRun) return io.out(`The ${what} would be recorded.`);
  const { entry, position, recordedAt } = answer.body;
  const replayed = answer.headers.get('idempotency-replayed') === 'true';
  const done = replayed ? 'was recorded before' : 'is recorded';
  io.out(`The ${what} ${done} as ${entry}\nposition ${position}, recorded ${recordedAt}`);
}
