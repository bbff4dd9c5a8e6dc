import { Command, CommanderError } from 'commander';
import { addCalendar } from './commands/calendar.ts';
import { addCommonFacts } from './commands/common-facts.ts';
import { addDifferences } from './commands/differences.ts';
import { addDue } from './commands/due.ts';
import { addExplanations } from './commands/explain.ts';
import { addFacts } from './commands/facts.ts';
import { addFigures } from './commands/figures.ts';
import { addJournal } from './commands/journal.ts';
import { addKeys } from './commands/keys.ts';
import { addMembership } from './commands/membership.ts';
import { addMunitions } from './commands/munitions.ts';
import { addObligations } from './commands/obligations.ts';
import { addPost } from './commands/post.ts';
import { addReport } from './commands/report.ts';
import { addServe } from './commands/serve.ts';
import { addShipment } from './commands/shipment.ts';
import { addTimeliness } from './commands/timeliness.ts';
import { Misuse, Refused } from './failure.ts';
import type { Io } from './io.ts';

/** Adds a command to the program. */
export type AddCommand = (program: Command, io: Io) => void;

const commands: readonly AddCommand[] = [
  addServe,
  addKeys,
  addPost,
  addFigures,
  addExplanations,
  addJournal,
  addDifferences,
  addShipment,
  addMunitions,
  addObligations,
  addDue,
  addMembership,
  addTimeliness,
  addCalendar,
  addFacts,
  addCommonFacts,
  addReport,
];

const environment = `
Environment:
  STOCKPILE_URL   address of the service (default http://127.0.0.1:3000)
  STOCKPILE_KEY   API key

Exit status: 0 done, 1 refused, 2 wrong usage`;

/** Runs one command line and answers with its exit status: 0 done, 1 refused, 2 wrong usage. */
export async function run(
  argv: readonly string[],
  io: Io,
  more: readonly AddCommand[] = [],
): Promise<0 | 1 | 2> {
  const program = new Command('stockpile')
    .description('A book of account for weapons that must disappear.')
    .addHelpText('after', environment)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
    });
  for (const add of [...commands, ...more]) add(program, io);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, argv.includes('--json'), io);
  }
}

function explain(error: unknown, json: boolean, io: Io): 0 | 1 | 2 {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Misuse) {
    io.err(`stockpile: ${error.message}`);
    return 2;
  }
  if (error instanceof Refused && error.problem !== undefined && json) {
    io.err(JSON.stringify(error.problem, null, 2));
  } else {
    io.err(`stockpile: ${error instanceof Error ? error.message : String(error)}`);
  }
  return 1;
}
