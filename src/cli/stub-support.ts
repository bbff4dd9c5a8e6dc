import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { run } from './program.ts';

/** A request as the stub saw it. */
export interface Seen {
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** The command line in front of a service that answers what it is told to. */
export function stubbed() {
  let next: Reply[] = [];
  let url = '';
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const { method, headers } = request;
      seen.push({ route: `${method} ${request.url}`, headers, body });
      const reply = (next.length > 1 ? next.shift() : next[0]) ?? {};
      const failed = (reply.status ?? 200) >= 400;
      const type = failed ? 'application/problem+json' : 'application/json';
      response.writeHead(reply.status ?? 200, { 'content-type': type, ...reply.headers });
      response.end(reply.body === undefined ? '' : JSON.stringify(reply.body));
    });
  });
  const start = async (): Promise<void> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const stop = (): void => void server.close();
  const forget = (): void => {
    next = [];
    seen.length = 0;
  };

  async function stockpile(
    command: readonly string[],
    given: { input?: string; env?: Record<string, string | undefined> } = {},
  ): Promise<{ status: number; out: string; err: string }> {
    const out: string[] = [];
    const err: string[] = [];
    const status = await run(command, {
      out: (text) => out.push(text),
      err: (text) => err.push(text),
      env: { STOCKPILE_URL: url, STOCKPILE_KEY: 'secret', ...given.env },
      readInput: () => Promise.resolve(given.input ?? ''),
      wait: () => Promise.resolve(),
    });
    return { status, out: out.join('\n'), err: err.join('\n') };
  }

  /** What the stub answers next; the last one stays. */
  const replies = (answers: readonly Reply[]): void => void (next = [...answers]);
  return { start, stop, forget, replies, seen, stockpile };
}
