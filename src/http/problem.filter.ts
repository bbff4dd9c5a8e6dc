import {
  Catch,
  HttpException,
  Logger,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  EventTooLarge,
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../event-store/errors.ts';
import { BadCursor } from '../journal/cursor.ts';
import { methodsOf } from './known-routes.ts';
import { badParameter, Problem, problemMediaType, type ProblemName } from './problem.ts';

/** What Fastify and Nest say by status, in the service's own words. */
const byStatus: Readonly<Record<number, ProblemName>> = {
  400: 'not-readable',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  413: 'too-large',
  414: 'not-readable',
  415: 'unsupported-media-type',
  429: 'too-many-requests',
};

/** The last place an error comes to: every one becomes a problem, and none gives the inside away. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = this.problemOf(otherMethod(error, request) ?? error);
    if (problem.retryAfterSeconds !== undefined) {
      void reply.header('Retry-After', String(problem.retryAfterSeconds));
    }
    if (problem.status === 405) {
      void reply.header('Allow', methodsOf(request.server, request.url).join(', '));
    }
    if (problem.status === 401) void reply.header('WWW-Authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .header('Content-Type', problemMediaType)
      .send(JSON.stringify(problem));
  }

  problemOf(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof BadCursor) return badParameter('after', error.message);
    const ofStore = problemOfStore(error);
    if (ofStore !== undefined) return ofStore;
    const status = statusOf(error);
    const name = status === undefined ? undefined : byStatus[status];
    if (name !== undefined && error instanceof Error) return new Problem(name, error.message);
    this.#log.error(error instanceof Error ? error.stack : String(error));
    return new Problem('internal', 'The error is in the service’s log; nothing was recorded by it');
  }
}

/** What the store says of an append: whether anything was recorded is never left open in silence. */
function problemOfStore(error: unknown): Problem | undefined {
  if (error instanceof OutcomeUnknown) {
    const detail = `${error.message}. Send the same request with the same Idempotency-Key again`;
    return new Problem('outcome-unknown', detail, { retryAfterSeconds: 2 });
  }
  if (error instanceof StoreUnavailable) {
    return new Problem('storage-unavailable', error.message, { retryAfterSeconds: 5 });
  }
  if (error instanceof WrongExpectedRevision) {
    return new Problem('busy-book', 'Others keep writing', { retryAfterSeconds: 1 });
  }
  return error instanceof EventTooLarge ? new Problem('too-large', error.message) : undefined;
}

/** Where no route was found: whether the path is one that takes other methods. */
function otherMethod(error: unknown, { server, url, method }: FastifyRequest): Problem | undefined {
  if (!(error instanceof NotFoundException)) return undefined;
  const allowed = methodsOf(server, url);
  if (allowed.length === 0) return undefined;
  const detail = `${method} is not possible on this path; it takes ${allowed.join(', ')}`;
  return new Problem('method-not-allowed', detail);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  const fromFastify = typeof code === 'string' && code.startsWith('FST_');
  return fromFastify || error instanceof SyntaxError ? Number(statusCode ?? 400) : undefined;
}
