import {
  Inject,
  Injectable,
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
} from '@nestjs/common';
import { Clock } from '../clock.ts';
import { dateFaults } from '../ledger/faults.ts';
import { atField, invalidBody, Problem, type ProblemError } from './problem.ts';

/** Checks bodies and queries against their classes: all errors at once, nothing unknown let in. */
@Injectable()
export class Validation extends ValidationPipe {
  readonly #clock: Clock;

  constructor(@Inject(Clock) clock: Clock) {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      // Said, so that Nest leaves the value of an error with others below it where it is.
      validationError: { target: false, value: true },
      exceptionFactory: (errors) =>
        invalidBody(errors.flatMap((error) => problemErrors(error, ''))),
    });
    this.#clock = clock;
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      throw error instanceof Problem ? this.#withDate(error, value) : error;
    }
  }

  /** The book checks dates; when other fields keep a body from it, its date is checked here. */
  #withDate(problem: Problem, body: unknown): Problem {
    const { effectiveDate } = (body ?? {}) as { effectiveDate?: unknown };
    const named = problem.errors.some(({ pointer }) => pointer === '/effectiveDate');
    if (named || typeof effectiveDate !== 'string') return problem;
    const faults = dateFaults(effectiveDate, this.#clock.now()).map((fault) => ({ ...fault }));
    return faults.length === 0 ? problem : invalidBody([...faults, ...problem.errors]);
  }
}

/** Rules that say what kind of value a field takes: when one fails, the others say nothing more. */
const kindRules = [
  ...['isArray', 'isObject', 'isString', 'isInt', 'isBoolean'],
  ...['isIn', 'isNotEmpty', 'isReadable'],
];

function problemErrors(error: ValidationError, path: string): ProblemError[] {
  const pointer = atField(path, error.property);
  const nested = (error.children ?? []).flatMap((child) => problemErrors(child, pointer));
  const own = ownDetails(error);
  // Of an object that stands where a list belongs, its fields are beside the point.
  const rest = 'isArray' in (error.constraints ?? {}) ? [] : nested;
  return [...own.map((detail) => ({ pointer, detail })), ...rest];
}

function ownDetails({ constraints = {}, value }: ValidationError): string[] {
  if ('whitelistValidation' in constraints) {
    return ['is not a field here; leave it out or correct its name'];
  }
  const messages = Object.values(constraints);
  if (messages.length === 0) return [];
  if (value === undefined || value === null) {
    const [choice] = messages.filter((message) => message.includes('one of'));
    return [choice === undefined ? 'is missing' : `is missing; it ${choice.replace(/^\S+ /, '')}`];
  }
  const kind = kindRules.find((rule) => rule in constraints);
  return kind === undefined ? messages : [constraints[kind] ?? ''];
}
