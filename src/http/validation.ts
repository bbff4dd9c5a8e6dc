import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { limits } from '../limits.ts';
import { Problem, type ProblemError } from './problem.ts';

/** Checks bodies and queries against their classes: all errors at once, nothing unknown let in. */
export const validation = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  exceptionFactory: (errors) => {
    const all = errors.flatMap((error) => problemErrors(error, ''));
    const named = all.slice(0, limits.errorsMax);
    return new Problem(
      'invalid',
      `${all.length} error${all.length === 1 ? '' : 's'} in the body; nothing was recorded`,
      { errors: named },
    );
  },
});

/** Rules that say what kind of value a field takes: when one fails, the others say nothing more. */
const kindRules = ['isString', 'isInt', 'isArray', 'isBoolean', 'isIn', 'isNotEmpty'];

function problemErrors(error: ValidationError, path: string): ProblemError[] {
  const pointer = `${path}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const nested = (error.children ?? []).flatMap((child) => problemErrors(child, pointer));
  return [...ownDetails(error).map((detail) => ({ pointer, detail })), ...nested];
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
