import type { Command } from 'commander';
import type { WriteAnswer } from '../answers.ts';
import { Client } from '../client.ts';
import { keyOf } from '../idempotency.ts';
import type { Io } from '../io.ts';
import { isFactKind, kindWords, oneOfKind, pathOfKind } from '../kinds.ts';
import { plain } from '../table.ts';
import { parse, readText } from './input.ts';
import { postingTable } from './journal.ts';
import { withExample, withJson, type AnswerOptions } from './options.ts';
import { printJson, stateTitle, under } from './output.ts';

interface PostOptions extends AnswerOptions {
  readonly key?: string;
  readonly dryRun?: true;
  readonly ifMatch?: string;
}

const files = `
Kinds: ${kindWords.slice(0, 9).join(', ')},
  ${kindWords.slice(9, 18).join(', ')},
  ${kindWords.slice(18).join(', ')}.

What a file can hold, with /docs of the service for every field:
  inventory    { "effectiveDate": "2004-03", "basis": "declared",
                 "lines": [ { "munition": "M14", "quantity": 6000, "lot": "12-84",
                              "site": "Depot North" } ] }
  destruction  { "effectiveDate": "2007-02-03/2007-02-09", "article": "4",
                 "from": "held/stockpile", "destructionSite": "Range East",
                 "method": "open detonation",
                 "lines": [ { "munition": "M14", "quantity": 2000, "lot": "12-84",
                              "site": "Depot North" } ] }
  reversal     { "entry": "<id>", "reason": "recorded twice" }

A line means exactly the holding that it names: what is left out means "not recorded". The same
file is recorded only once; for another event alike in everything give a --key of your own.`;

/** `post`: records one entry from a file. */
export function addPost(program: Command, io: Io): void {
  const command = program
    .command('post <kind> <State> <file>')
    .description('record an entry or a fact of the treaty from a JSON file ("-": standard input)')
    .option('--key <key>', 'idempotency key (default: made from kind, State and content)')
    .option('--dry-run', 'everything but recording it')
    .option(
      '--if-match <revision>',
      "only if the State's book, or the treaty's record, is at this revision",
    );
  withExample(
    withJson(command),
    'post inventory XXA stock.json',
    'post destructions XXA - --dry-run < destroyed.json',
    'post extension XXA extension.json',
    'post count XXA counted.json --if-match 4',
  )
    .addHelpText('after', files)
    .action((kind: string, state: string, file: string, options: PostOptions) =>
      post(io, kind, state, file, options),
    );
}

async function post(io: Io, kind: string, state: string, file: string, options: PostOptions) {
  const client = Client.of(io);
  const plural = pathOfKind(kind);
  const path = under(state, plural);
  const text = await readText(io, file);
  const { body, headers } = await client.post<WriteAnswer>(path, {
    body: text,
    idempotencyKey: options.key ?? keyOf(path, parse(text, file)),
    ...(options.ifMatch === undefined ? {} : { ifMatch: quoted(options.ifMatch) }),
    query: { dryRun: options.dryRun },
  });
  if (options.json) return printJson(io, body);
  const replayed = headers.get('idempotency-replayed') === 'true';
  const recorded = `${replayed ? 'was recorded before' : 'recorded'} as entry ${body.entry}`;
  const done = options.dryRun ? 'would be recorded' : recorded;
  io.out(`${stateTitle(state)}: ${oneOfKind(kind)} ${done}`);
  if (!options.dryRun) {
    io.out(`position ${body.position}, revision ${body.revision}, recorded ${body.recordedAt}`);
    if (replayed) io.out('For another event alike in everything, give it a key of its own: --key.');
  }
  if (isFactKind(plural)) io.out(`What follows from it: stockpile obligations ${state}`);
  if (body.shipment !== undefined) {
    io.out(`shipment ${plain(body.shipment)}: see "stockpile shipment"`);
  }
  if (body.entries !== undefined) io.out(`made of entries ${body.entries.join(', ')}`);
  if (body.postings.length > 0) io.out(postingTable(body.postings));
  if (body.contradicts.length > 0) {
    io.out(`It contradicts ${body.contradicts.length} count(s): see "stockpile differences".`);
  }
}

function quoted(revision: string): string {
  return /^(?:W\/)?".*"$|^\*$/.test(revision) ? revision : `"${revision}"`;
}
