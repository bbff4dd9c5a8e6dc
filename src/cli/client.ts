import { describeProblem, Misuse, Refused, type Problem } from './failure.ts';
import { defaultUrl, type Io } from './io.ts';
import type { Page } from './answers.ts';

/** A request beside its path. */
export interface Request {
  readonly query?: Query;
  readonly body?: string;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

const attempts = 5;
const waitMaxMs = 10_000;
const requestTimeoutMs = 60_000;
const pageMax = 1_000;

/**
 * The service seen from outside: Node's own `fetch`, the key, and patience. A 503 with
 * `Retry-After` and a connection that breaks are tried again, a write with the same idempotency
 * key, so that an unknown outcome never becomes a second entry.
 */
export class Client {
  /** The last position that this client has written: its reads wait until they see it. */
  private written: string | undefined;

  constructor(
    readonly url: string,
    private readonly key: string | undefined,
    private readonly wait: Io['wait'],
  ) {}

  /** The service that the environment names. */
  static of(io: Io): Client {
    const url = io.env.STOCKPILE_URL ?? defaultUrl;
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Misuse(`STOCKPILE_URL is not an http(s) address: ${url}`);
    }
    return new Client(url.replace(/\/+$/, ''), io.env.STOCKPILE_KEY, io.wait);
  }

  async get<T>(path: string, query: Query = {}): Promise<T> {
    return (await this.send<T>('GET', path, { query })).body;
  }

  /** What is answered as a file, byte for byte. */
  file(path: string, query: Query = {}): Promise<Buffer> {
    return this.answered('GET', path, { query }, async (response) =>
      Buffer.from(await response.arrayBuffer()),
    );
  }

  /** What is answered as text and not as JSON, such as a calendar. */
  text(path: string, query: Query = {}): Promise<string> {
    return this.answered('GET', path, { query }, (response) => response.text());
  }

  async post<T>(path: string, request: Request): Promise<Answer<T>> {
    const answer = await this.send<T>('POST', path, request);
    const { position } = (answer.body ?? {}) as { position?: string };
    if (position !== undefined && request.query?.dryRun !== true) this.written = position;
    return answer;
  }

  async delete(path: string, request: Request = {}): Promise<void> {
    await this.send('DELETE', path, request);
  }

  /** Follows a paged list until its end, or until `limit` items are there. */
  async list<T>(path: string, query: Query, limit: number): Promise<Page<T>> {
    let page = await this.get<Page<T>>(path, { ...query, limit: Math.min(limit, pageMax) });
    const whole = { ...page, items: [...page.items] };
    while (page.next !== null && page.next !== undefined && whole.items.length < limit) {
      const left = Math.min(limit - whole.items.length, pageMax);
      page = await this.get<Page<T>>(path, { ...query, limit: left, after: page.next });
      whole.items.push(...page.items);
    }
    return { ...whole, next: page.next ?? null };
  }

  private send<T>(method: string, path: string, request: Request): Promise<Answer<T>> {
    return this.answered(method, path, request, (response) => read<T>(response));
  }

  private async answered<T>(
    method: string,
    path: string,
    request: Request,
    read: (response: Response) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.attempt(method, path, request).catch((error: unknown) => {
        if (attempt >= attempts || !mayPass(error)) throw this.unreachable(error, method);
      });
      if (response === undefined) {
        await this.wait(250 * 2 ** attempt);
        continue;
      }
      if (response.ok) return await read(response);
      const pause = retryAfter(response);
      if (pause === undefined || attempt >= attempts) throw await this.refusal(response);
      await response.body?.cancel();
      await this.wait(pause);
    }
  }

  private attempt(method: string, path: string, request: Request): Promise<Response> {
    const url = new URL(this.url + path);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const headers = new Headers({ accept: 'application/json' });
    if (this.key !== undefined) headers.set('authorization', `Bearer ${this.key}`);
    if (request.body !== undefined) headers.set('content-type', 'application/json');
    if (request.idempotencyKey !== undefined) {
      headers.set('idempotency-key', request.idempotencyKey);
    }
    if (method === 'GET' && this.written !== undefined) {
      headers.set('ledger-min-position', this.written);
    }
    if (request.ifMatch !== undefined) headers.set('if-match', request.ifMatch);
    const signal = AbortSignal.timeout(requestTimeoutMs);
    return fetch(url, { method, headers, body: request.body ?? null, signal });
  }

  private async refusal(response: Response): Promise<Refused> {
    const text = await response.text();
    const problem = readProblem(text);
    const hint =
      response.status === 401 && this.key === undefined
        ? '\nSTOCKPILE_KEY is not set: put the API key there.'
        : '';
    if (problem === undefined) {
      const what = `${this.url} answered ${response.status} ${response.statusText}`.trim();
      return new Refused(`${what}, and nothing that explains it.${hint}`);
    }
    return new Refused(describeProblem(problem, response.status) + hint, problem);
  }

  private unreachable(error: unknown, method: string): Refused {
    const what = `No answer from ${this.url}: ${reasonOf(error)}.\n`;
    if (neverArrived(error)) {
      const start =
        'Start the service with "npx stockpile serve", or set STOCKPILE_URL to where it';
      return new Refused(`${what}${start} runs.`);
    }
    const again = 'Whether it was recorded is not known; run the same command again to find out.';
    return new Refused(method === 'GET' ? what.trimEnd() : what + again);
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const { status, headers } = response;
  if (text === '') return { status, headers, body: undefined as T };
  try {
    return { status, headers, body: JSON.parse(text) as T };
  } catch {
    throw new Refused(`${response.url} answered ${status}, but not with JSON.`);
  }
}

function readProblem(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Milliseconds to wait before the same request may be sent again; undefined when it may not. */
function retryAfter(response: Response): number | undefined {
  const header = response.headers.get('retry-after');
  if (response.status !== 503 || header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? 1_000 : Math.min(Math.max(seconds * 1000, 100), waitMaxMs);
}

/** The system's code of a failed fetch, which wraps the error of the socket. */
function codeOf(error: unknown): string | undefined {
  const code = (error as { cause?: { code?: unknown } } | undefined)?.cause?.code;
  return typeof code === 'string' ? code : undefined;
}

function neverArrived(error: unknown): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(error) ?? '');
}

/** Whether the same request may succeed when it is sent again: the connection broke on the way. */
function mayPass(error: unknown): boolean {
  return codeOf(error) !== undefined && !neverArrived(error);
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no such host';
  const { name, message } = error as Error;
  return name === 'TimeoutError' ? 'it took too long' : (code ?? message);
}
