import { Option, type Command } from 'commander';
import { obligationArticles } from '../../treaty/convention.ts';
import { mineBan } from '../../treaty/mine-ban.ts';
import { statuses } from '../../treaty/obligation.ts';
import { Client } from '../client.ts';
import { Misuse } from '../failure.ts';
import type { Io } from '../io.ts';
import type { ObligationItem, ObligationsPage, StateObligations } from '../treaty-answers.ts';
import { printAllStates, printChosen } from './obligation-overview.ts';
import { printStateObligations } from './obligation-report.ts';
import { withDay, withExample, withJson, type DayOptions } from './options.ts';
import { printJson, under } from './output.ts';

interface ObligationOptions extends DayOptions {
  readonly article?: string;
  readonly status?: string;
  readonly why?: true;
  readonly all?: true;
}

const everyState = 1_000;

/** `obligations`: what States owe, by when, and what became of it. */
export function addObligations(program: Command, io: Io): void {
  const command = program
    .command('obligations [State]')
    .description('what a State owes, or all of them: deadlines, what became of them, and why')
    .addOption(
      new Option('--article <article>', 'only this article').choices(obligationArticles(mineBan)),
    )
    .addOption(new Option('--status <status>', 'only this status').choices(statuses))
    .option('--why', 'the rule, arithmetic and grounds of every date and status (of one State)')
    .option('--all', 'every report in a row of its own');
  withExample(
    withJson(withDay(command)),
    'obligations AGO --on 2010-12-31',
    'obligations AGO --article 5 --why',
    'obligations --status missed',
  ).action((state: string | undefined, options: ObligationOptions) =>
    state === undefined ? ofAll(io, options) : ofState(io, state, options),
  );
}

async function ofState(io: Io, state: string, options: ObligationOptions): Promise<void> {
  const { on, known, why = false, all = false } = options;
  const path = under(state, 'obligations');
  const whole = await Client.of(io).get<StateObligations>(path, { on, known });
  const fits = (obligation: ObligationItem): boolean =>
    obligation.article === (options.article ?? obligation.article) &&
    obligation.status === (options.status ?? obligation.status);
  const answer = {
    ...whole,
    obligations: whole.obligations.filter(fits),
    earlier: whole.earlier.map((standing) => ({
      ...standing,
      obligations: standing.obligations.filter(fits),
    })),
  };
  if (options.json) printJson(io, answer);
  else printStateObligations(io, answer, { why, all, owes: whole.obligations.length > 0 });
}

async function ofAll(io: Io, options: ObligationOptions): Promise<void> {
  const { on, known, article, status, all = false } = options;
  if (options.why) throw new Misuse('--why is of one State: stockpile obligations <State> --why.');
  const query = { on, known, article, status };
  const page = (await Client.of(io).list('/v1/obligations', query, everyState)) as ObligationsPage;
  if (options.json) printJson(io, page);
  else if (article === undefined && status === undefined) printAllStates(io, page);
  else printChosen(io, page, all);
}
