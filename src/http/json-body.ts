import type { FastifyInstance } from 'fastify';
import { limits } from '../limits.ts';
import { measured, membersOf, namedTwice } from './json-members.ts';
import { structureFaults } from './json-structure.ts';
import { invalidBody, Problem, type ProblemError } from './problem.ts';

/** Reads JSON bodies: I-JSON (RFC 7493) only, and no more of it than anything here can mean. */
export function readJsonBodies(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: limits.bodyBytesMax },
    (_request, body, done) => {
      try {
        done(null, readJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws Problem `not-readable`, or `invalid` with every place where the structure is wrong */
export function readJson(bytes: Uint8Array): object {
  const text = decode(bytes);
  const { depth, members } = measured(text);
  const value = parse(text, depth);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const detail = 'The body must be a JSON object';
    throw new Problem('invalid', detail, { errors: [{ pointer: '', detail }] });
  }
  const faults = structureFaults(value);
  if (faults.length > 0) throw invalidBody(faults);
  if (members !== membersOf(value)) throw twice(namedTwice(text));
  return value;
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Problem('not-readable', 'The body is not UTF-8');
  }
}

function parse(text: string, depth: number): unknown {
  if (text.trim() === '') throw new Problem('not-readable', 'The body is empty');
  if (depth > limits.bodyDepthMax) {
    throw new Problem('not-readable', `The body nests deeper than ${limits.bodyDepthMax} levels`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem('not-readable', `The body is not JSON: ${(error as Error).message}`);
  }
}

function twice(errors: readonly ProblemError[]): Problem {
  const named = errors.slice(0, 3).map(({ pointer }) => pointer.slice(0, 100));
  const more = errors.length > named.length ? ', …' : '';
  const detail = `The body gives the same member more than once: ${named.join(', ')}${more}`;
  return new Problem('not-readable', detail, { errors });
}
