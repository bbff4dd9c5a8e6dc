import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createApp } from '../../src/app.ts';
import type { Overrides } from '../../src/app.module.ts';
import { Clock } from '../../src/clock.ts';
import { engineSettings } from './engine.ts';
import type { EventStore } from '../../src/event-store/event-store.ts';
import { readSettings } from '../../src/settings.ts';

/** A clock that stands still until it is set. */
export class SetClock extends Clock {
  #now: number;

  constructor(instant = '2026-11-23T10:00:00.000Z') {
    super();
    this.#now = Date.parse(instant);
  }

  override now(): number {
    return this.#now;
  }

  set(instant: string): void {
    this.#now = Date.parse(instant);
  }
}

export interface PostingAnswer {
  account: string;
  munition: string;
  lot: string | null;
  quantity: number;
}

/** Every field of an answer that a test looks at by name; which there are depends on the route. */
export interface AnswerBody {
  entry: string;
  position: string;
  revision: string;
  recordedAt: string;
  postings: PostingAnswer[];
  contradicts: string[];
  type: string;
  status: number | string;
  detail: string;
  errors: { pointer: string; detail: string; [more: string]: unknown }[];
  items: Record<string, unknown>[];
  next: string | null;
  known: { position: string; at: string | null };
  quantity: number;
  remaining: number;
  id: string;
  key: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly body: AnswerBody;
}

export interface Asked {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as it is sent; `post` takes an object instead. */
  readonly payload?: string | Buffer;
}

export const administrator = 'the-first-administrators-key';

/** The service in this process, on a folder of its own, spoken to as over HTTP. */
export class Service {
  readonly clock: SetClock;
  readonly folder: string;
  /** Every route that the service made. */
  readonly routes: readonly Route[];
  #app: NestFastifyApplication;
  #keys = 0;
  #seen = '0';

  private constructor(started: Started, folder: string, clock: SetClock) {
    this.#app = started.app;
    this.routes = started.routes;
    this.folder = folder;
    this.clock = clock;
  }

  /** @param openStore a store of the test's own, on the folder */
  static async start(openStore?: (folder: string) => Promise<EventStore>): Promise<Service> {
    const folder = mkdtempSync(join(tmpdir(), 'stockpile-http-'));
    const clock = new SetClock();
    const store = await openStore?.(folder);
    const started = await open(folder, { clock, ...(store && { store }) });
    return new Service(started, folder, clock);
  }

  get app(): NestFastifyApplication {
    return this.#app;
  }

  /** Stops, lets the test do something to the folder, and starts again until it is ready. */
  async restart(meanwhile?: (folder: string) => void): Promise<void> {
    await this.reopen(meanwhile);
    while ((await this.get('/health/ready')).status !== 200) await turn();
  }

  /** As `restart`, but waits for nothing. */
  async reopen(meanwhile: (folder: string) => void = () => undefined): Promise<void> {
    await this.#app.close();
    meanwhile(this.folder);
    this.#app = (await open(this.folder, { clock: this.clock })).app;
  }

  async stop(): Promise<void> {
    await this.#app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async request(method: string, url: string, asked: Asked = {}): Promise<Answer> {
    const { key = administrator, headers = {}, payload } = asked;
    const answer = await this.#app.inject({
      method: method as 'GET',
      url,
      headers: { ...(key !== '' && { authorization: `Bearer ${key}` }), ...headers },
      ...(payload !== undefined && { payload }),
    });
    const { statusCode: status, headers: answered, payload: text } = answer;
    const body = JSON.parse(text.startsWith('{') ? text : '{}') as AnswerBody;
    if (status === 201 && typeof body.position === 'string') this.#seen = body.position;
    return { status, headers: answered, text, body };
  }

  /** Reads, after everything that this service has answered with 201. */
  get(url: string, asked: Asked = {}): Promise<Answer> {
    const headers = { 'ledger-min-position': this.#seen, ...asked.headers };
    return this.request('GET', url, { ...asked, headers });
  }

  /** Posts, with a new idempotency key unless one is given. */
  post(url: string, body: unknown, asked: Asked = {}): Promise<Answer> {
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': `key ${this.#keys++}`,
      ...asked.headers,
    };
    const payload = asked.payload ?? JSON.stringify(body);
    return this.request('POST', url, { ...asked, headers, payload });
  }

  /** Records an inventory of newly found mines; they add to what is there. */
  found(state: string, quantity: number, line: object = {}, more: object = {}): Promise<Answer> {
    return this.post(`/v1/states/${state}/inventories`, {
      effectiveDate: '2010-01-01',
      basis: 'newly-found',
      lines: [{ munition: 'M14', quantity, ...line }],
      ...more,
    });
  }

  /** The journal of a State as it is now, whole, as text: to see that nothing was added. */
  async journal(state: string): Promise<string> {
    const { items } = (await this.get(`/v1/states/${state}/entries?limit=1000`)).body;
    return JSON.stringify(items);
  }

  /** Makes a key for a role and States. */
  async keyFor(role: string, states: 'all' | string[]): Promise<{ id: string; key: string }> {
    const { body } = await this.post('/v1/keys', { name: `a ${role}`, role, states });
    return { id: body.id, key: body.key };
  }
}

interface Route {
  readonly method: string;
  readonly url: string;
}

interface Started {
  readonly app: NestFastifyApplication;
  readonly routes: Route[];
}

async function open(folder: string, overrides: Overrides): Promise<Started> {
  const settings = {
    STOCKPILE_DATA: folder,
    STOCKPILE_BOOTSTRAP_KEY: administrator,
    PORT: '0',
    ...engineSettings(folder),
  };
  const app = await createApp(readSettings(settings), { logger: false, ...overrides });
  const fastify = app.getHttpAdapter().getInstance();
  const routes: Route[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) routes.push({ method: each, url });
  });
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  await fastify.ready();
  return { app, routes };
}

export function destruction(quantity: number, line: object = {}) {
  return {
    effectiveDate: '2011',
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range East',
    method: 'open detonation',
    lines: [{ munition: 'M14', quantity, ...line }],
  };
}
