import type { FastifyInstance } from 'fastify';

/** A path of the service as it is declared, cut at its slashes, and a method that it takes. */
interface Route {
  readonly parts: readonly string[];
  readonly method: string;
}

const routes = new WeakMap<object, Route[]>();

/** Remembers every route that is made from now on. */
export function rememberRoutes(fastify: FastifyInstance): void {
  const known: Route[] = [];
  routes.set(fastify.server, known);
  fastify.addHook('onRoute', ({ method, url }) => {
    const parts = url.split('/');
    for (const each of [method].flat()) known.push({ parts, method: each });
  });
}

/** The methods that a path takes, in order; none when there is no such path. */
export function methodsOf(fastify: FastifyInstance, url: string): string[] {
  const asked = (url.split('?')[0] ?? '').split('/').map(decoded);
  const known = routes.get(fastify.server) ?? [];
  const methods = known.filter(({ parts }) => isAt(parts, asked)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

function isAt(parts: readonly string[], asked: readonly string[]): boolean {
  const rest = parts.at(-1) === '*' ? parts.length - 1 : undefined;
  if (rest === undefined ? asked.length !== parts.length : asked.length <= rest) return false;
  return parts
    .slice(0, rest)
    .every((part, n) => (part.startsWith(':') ? asked[n] !== '' : part === asked[n]));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
