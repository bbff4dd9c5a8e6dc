import type { FastifyReply, FastifyServerOptions } from 'fastify';
import type { Socket } from 'node:net';
import { Problem, problemMediaType } from './problem.ts';

/** What keeps a request from being routed, by the code of Fastify or of Node. */
const reasons: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The path is not percent-encoded UTF-8',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the path is too long',
  HPE_HEADER_OVERFLOW: 'The path and the headers together are too long',
  ERR_HTTP_REQUEST_TIMEOUT: 'The request did not arrive in time',
};

function problemOf({ code = '' }: { readonly code?: string }): Problem {
  return new Problem('not-readable', reasons[code] ?? 'The request is not HTTP');
}

/** Options of Fastify: what fails before there is a route is answered as a problem too. */
export const beforeRouting = {
  frameworkErrors: (error: { readonly code?: string }, _request: unknown, reply: FastifyReply) => {
    const problem = problemOf(error);
    void reply.status(problem.status).type(problemMediaType).send(JSON.stringify(problem));
  },
  clientErrorHandler: (error: Error & { readonly code?: string }, socket: Socket) => {
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const body = JSON.stringify(problemOf(error));
      const head = ['HTTP/1.1 400 Bad Request', `Content-Type: ${problemMediaType}`];
      const length = `Content-Length: ${Buffer.byteLength(body)}`;
      socket.write([...head, length, 'Connection: close', '', body].join('\r\n'));
    }
    socket.destroy(error);
  },
} satisfies FastifyServerOptions;
