import { InvalidArgumentError, type Command } from 'commander';
import type { Query } from '../client.ts';

/** Options of every question about a figure. */
export interface FigureOptions {
  readonly effective?: string;
  readonly known?: string;
  readonly munition?: string;
  readonly type?: string;
  readonly lot?: string;
  readonly site?: string;
  readonly institution?: string;
}

/** Options of every question about a day, as the ledger knew it then. */
export interface DayOptions extends AnswerOptions {
  readonly on?: string;
  readonly known?: string;
}

/** Options of every command that answers. */
export interface AnswerOptions {
  readonly json?: true;
}

export interface ListOptions extends AnswerOptions {
  readonly limit: number;
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print the answer of the service as JSON');
}

export function withTimes(command: Command): Command {
  return withKnown(
    command.option('--effective <day>', 'as it was at the end of this day (default: today)'),
  );
}

/** The same two times, for what States owe: there the day is called \`on\`. */
export function withDay(command: Command): Command {
  return withKnown(command.option('--on <day>', 'as it was on this day (default: today)'));
}

export function withKnown(command: Command): Command {
  return command.option(
    '--known <when>',
    'as the ledger knew it: a position, an instant or a day (default: now)',
    endOfDay,
  );
}

export function withHolding(command: Command): Command {
  return command
    .option('--munition <name>', 'only what was declared by this name')
    .option('--type <type>', 'only this type of the catalogue, whatever its spelling')
    .option('--lot <lot>', 'only this lot')
    .option('--site <site>', 'only at this site')
    .option('--institution <institution>', 'only of this institution');
}

export function withLimit(command: Command): Command {
  return command.option('--limit <n>', 'at most this many rows', wholeNumber, 10_000);
}

export function withExample(command: Command, ...examples: readonly string[]): Command {
  const lines = examples.map((example) => `  stockpile ${example}`).join('\n');
  return command.addHelpText('after', `\nExample:\n${lines}`);
}

/** The query of a question about a figure. */
export function figureQuery(options: FigureOptions): Query {
  const { effective, known, munition, type, lot, site, institution } = options;
  return { effective, known, munition, type, lot, site, institution };
}

/** A day means its end: the service takes instants. */
function endOfDay(known: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(known) ? `${known}T23:59:59.999Z` : known;
}

/** A whole number from 1 on. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 on.');
  return Number(text);
}
