import type { Command } from 'commander';
import { Client } from '../cli/client.ts';
import { Refused } from '../cli/failure.ts';
import type { Io } from '../cli/io.ts';
import { withExample, withJson, type AnswerOptions } from '../cli/commands/options.ts';
import { printJson } from '../cli/commands/output.ts';
import { closingTable } from './closing.ts';
import { loadHistories, loadMembership, loadSums } from './history.ts';
import { stateReport, summary, sumReport } from './print.ts';
import { runDemo, type DemoResult } from './run.ts';
import { startThrowAway, type ThrowAway } from './service.ts';
import { askTreaty, type TreatyResult } from './treaty.ts';
import { overviewReport, owedReport } from './treaty-print.ts';

type DemoOptions = AnswerOptions & { readonly keep?: true };

/** `demo`: published history of ten States, posted to a throw-away ledger and compared. */
export function addDemo(program: Command, io: Io): void {
  const command = program
    .command('demo')
    .description('post published history to a throw-away ledger and compare the figures')
    .option('--keep', 'leave the ledger running, and say where');
  withExample(withJson(command), 'demo', 'demo --keep').action((options: DemoOptions) =>
    demo(io, options),
  );
}

async function demo(io: Io, options: DemoOptions): Promise<void> {
  const [histories, sums, memberships] = await Promise.all([
    loadHistories(),
    loadSums(),
    loadMembership(),
  ]);
  io.err('Starting a throw-away ledger …');
  const service = await startThrowAway();
  let done = false;
  try {
    const client = new Client(service.url, service.key, io.wait);
    const figures = await runDemo(client, histories, sums, (text) => io.err(text));
    const treaty = await askTreaty(client, histories, memberships);
    const asExpected = figures.asExpected && treaty.asExpected;
    const result = { ...figures, treaty, asExpected };
    if (options.json) printJson(io, result);
    else print(io, result);
    done = true;
    if (!result.asExpected) throw new Refused('Not all of it came out as expected.');
  } finally {
    if (options.keep && done) keep(io, service);
    else await service.stop();
  }
}

function print(io: Io, result: DemoResult & { readonly treaty: TreatyResult }): void {
  const { states, treaty } = result;
  for (const state of states) {
    io.out(stateReport(state));
    const owed = treaty.states.find((one) => one.state === state.state);
    if (owed !== undefined) io.out(owedReport(owed));
  }
  io.out(overviewReport(treaty));
  io.out(sumReport(result.sums));
  io.out(summary(result));
  io.out(`\n${closingTable(result)}`);
}

function keep(io: Io, service: ThrowAway): void {
  service.release();
  io.err(`
The ledger goes on running. Use it with

  export STOCKPILE_URL=${service.url}
  export STOCKPILE_KEY=${service.key}

To look around:

  npx stockpile differences BGR                 what does not agree, and by whose account
  npx stockpile explain AGO --figure retained   the entries behind a figure
  npx stockpile remaining AUS --effective 2000-10-31
                                                as it was between find and destruction
  npx stockpile entries SWE                     the journal of a State
  npx stockpile totals                          all States together
  npx stockpile obligations AGO --why           what a State owes, by when, and every reason
  npx stockpile obligations --on 2012-12-03     the same of all States on a day
  npx stockpile due --days 365                  what falls due next
  ${service.url}/docs                  every question that can be asked

End it with

  kill ${service.pid} && rm -r ${service.folder}
`);
}
