import type { FastifyRequest } from 'fastify';
import { allAtOnce, badParameter } from './problem.ts';

/**
 * Of a write that can be neither tried nor made conditional: whoever asks for that must not have it
 * recorded. @throws Problem naming every parameter, and If-Match
 */
export function plainWrite(request: FastifyRequest): void {
  const names = Object.keys(request.query as object);
  if (request.headers['if-match'] !== undefined) names.push('If-Match');
  allAtOnce(Object.fromEntries(names.map((name) => [name, () => notHere(name)])));
}

function notHere(name: string): never {
  throw badParameter(name, 'can’t be said here; nothing was recorded');
}
