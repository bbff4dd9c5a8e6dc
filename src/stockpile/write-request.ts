import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import canonicalize from 'canonicalize';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { Principal } from '../access/policy.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { ids } from '../http/ids.ts';
import { allAtOnce, badParameter } from '../http/problem.ts';

/** What comes with a write beside its body. */
export interface WriteRequest {
  readonly state: string;
  readonly idempotencyKey: string;
  /** SHA-256 of the canonical JSON of route and body. */
  readonly requestHash: string;
  /** The revision that the book must be at, −1 for an empty book. */
  readonly ifMatch: number | undefined;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly correlation: string | undefined;
  readonly causation: string | null;
}

/**
 * The id of the entry that a request makes: one for each State and idempotency key, for ever. A
 * request that makes several entries numbers them.
 */
export function entryIdOf({ state, idempotencyKey }: WriteRequest, member?: number): string {
  const name = `${state}/${idempotencyKey}`;
  return uuidv5(member === undefined ? name : `${name}\u0000${member}`, ids);
}

/** Gives a controller what came with the write, read and checked. */
export const Write = createParamDecorator((_: unknown, context: ExecutionContext) =>
  writeRequestOf(context.switchToHttp().getRequest<FastifyRequest & { principal: Principal }>()),
);

/** @throws Problem when a header or parameter is missing or can't be read */
export function writeRequestOf(request: FastifyRequest & { principal: Principal }): WriteRequest {
  const { state = '' } = request.params as { state?: string };
  // Of the route, not of the URL as sent, which can write the same path in many ways.
  const route = request.routeOptions.url?.replace(':state', state);
  const asked = canonicalize({ route, body: request.body ?? null });
  return {
    state,
    ...partsOf(request),
    requestHash: createHash('sha256')
      .update(asked ?? '')
      .digest('hex'),
    actor: request.principal.id,
  };
}

/** What headers and parameters say. @throws Problem with everything that is wrong with them */
function partsOf(request: FastifyRequest) {
  return allAtOnce({
    idempotencyKey: () => idempotencyKeyOf(request),
    ifMatch: () => ifMatchOf(request),
    dryRun: () => dryRunOf(request),
    correlation: () => traceHeader(request, 'X-Correlation-Id'),
    causation: () => traceHeader(request, 'X-Causation-Id') ?? null,
  });
}

function ifMatchOf(request: FastifyRequest): number | undefined {
  const given = request.headers['if-match'];
  if (given === undefined) return undefined;
  const match = /^"(-1|\d{1,15})"$/.exec(given);
  if (match === null) throw badParameter('If-Match', 'must be a revision in quotes, such as "4"');
  return Number(match[1]);
}

function dryRunOf(request: FastifyRequest): boolean {
  const { dryRun, ...others } = request.query as Record<string, unknown>;
  allAtOnce(Object.fromEntries(Object.keys(others).map((name) => [name, () => noParameter(name)])));
  if (dryRun === undefined || dryRun === 'false') return false;
  if (dryRun === 'true') return true;
  throw badParameter('dryRun', 'must be true or false');
}

function noParameter(name: string): never {
  throw badParameter(name, 'is no parameter here; there is dryRun');
}

function traceHeader(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name.toLowerCase()];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw badParameter(name, 'must be 1 to 200 visible ASCII characters');
}
