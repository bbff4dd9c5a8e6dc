import {
  Injectable,
  ValidationPipe,
  type ArgumentMetadata,
  type ValidationError,
} from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { atField, invalidBody, Problem, type ProblemError } from './problem.ts';

/** A body that has not the shape asked for. */
export class Misshapen extends Problem {
  /** Every place where it has not: all of them, where `errors` names the first. */
  readonly faults: readonly ProblemError[];
  /** The body as it was read, with whatever stands where something else belongs. */
  body: object = {};

  constructor(faults: readonly ProblemError[]) {
    const { message, errors } = invalidBody(faults);
    super('invalid', message, { errors });
    this.faults = faults;
  }
}

/** Checks bodies and queries against their classes: all errors at once, nothing unknown let in. */
@Injectable()
export class Validation extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      // Said, so that Nest leaves the value of an error with others below it where it is.
      validationError: { target: false, value: true },
      exceptionFactory: (errors) =>
        new Misshapen(errors.flatMap((error) => problemErrors(error, ''))),
    });
  }

  /** @throws Misshapen */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (error instanceof Misshapen && metadata.metatype !== undefined) {
        error.body = plainToInstance(metadata.metatype, value) as object;
      }
      throw error;
    }
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
