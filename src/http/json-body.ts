import type { FastifyInstance } from 'fastify';
import { limits } from '../limits.ts';
import { Problem } from './problem.ts';

/** Reads JSON bodies: no prototype keys, and no deeper than anything here can mean. */
export function readJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: limits.bodyBytesMax },
    (request, body, done) => {
      if (depthOf(String(body)) > limits.bodyDepthMax) {
        const detail = `The body nests deeper than ${limits.bodyDepthMax} levels`;
        done(new Problem('not-readable', detail));
        return;
      }
      void parse(request, String(body), (error, value: unknown) => {
        if (
          error === null &&
          (typeof value !== 'object' || value === null || Array.isArray(value))
        ) {
          const detail = 'The body must be a JSON object';
          done(new Problem('invalid', detail, { errors: [{ pointer: '', detail }] }));
        } else done(error, value);
      });
    },
  );
}

/** How deep a JSON text nests; read without recursion, before anything recursive sees it. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const c = json.charCodeAt(at);
    if (quoted) {
      if (c === 0x5c) at++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}
