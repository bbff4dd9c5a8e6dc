import type { FastifyRequest } from 'fastify';
import { limits } from '../limits.ts';
import { badParameter, Problem } from './problem.ts';

/** The Idempotency-Key of a write. @throws Problem when it is missing or can't be one */
export function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key'];
  const name = 'Idempotency-Key';
  if (key === undefined || key === '') {
    const detail = 'Send an Idempotency-Key header: any text of your own, new for each entry';
    throw new Problem('idempotency-key-missing', detail, {
      errors: [{ pointer: `?${name}`, detail }],
    });
  }
  if (
    typeof key !== 'string' ||
    !/^[\x20-\x7e]+$/.test(key) ||
    key.length > limits.idempotencyKeyLengthMax
  ) {
    throw badParameter(name, `must be 1 to ${limits.idempotencyKeyLengthMax} ASCII characters`);
  }
  return key;
}
