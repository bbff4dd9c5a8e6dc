import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Final, History, Read, Write } from './history.ts';
import type { Random } from './random.ts';
import { draw, type Request } from './requests.ts';
import { NoAnswer, type Reply, type Service } from './service.ts';

/** Problems after which the same request is simply sent again. */
const passing = new Set(['busy-book', 'not-ready', 'outcome-unknown', 'storage-unavailable']);

/** How often one request was sent before it had a definite answer, and how long that took. */
export interface Settled {
  readonly tries: number;
  readonly milliseconds: number;
}

/** Clients of one service that comes and goes; they write down all that they see. */
export class Clients implements History {
  readonly writes: Write[] = [];
  readonly reads: Read[] = [];
  readonly finals: Final[] = [];
  /** Ids of entries that were acknowledged, by State. */
  readonly recorded = new Map<string, string[]>();
  /** Answers 201 so far. */
  acknowledged = 0;
  /** Answers so far that put a request off: 503. */
  putOff = 0;
  readonly #waiting = new Set<{ readonly isDue: () => boolean; readonly wake: () => void }>();
  #tick = 0;
  #keys = 0;
  #position = 0n;
  #service: Promise<Service>;
  #open: ((service: Service) => void) | undefined;

  constructor() {
    this.#service = new Promise((resolve) => (this.#open = resolve));
  }

  /** From now on requests go to this service; those that waited go on. */
  open(service: Service): void {
    this.#open?.(service);
    this.#open = undefined;
    this.#service = Promise.resolve(service);
  }

  /** From now on requests wait: the service is about to be killed. */
  close(): void {
    if (this.#open !== undefined) return;
    this.#service = new Promise((resolve) => (this.#open = resolve));
  }

  /** Settles when this many more requests were recorded, or put off; or when `wake` is called. */
  async more(answers: number, which: 'acknowledged' | 'putOff' = 'acknowledged'): Promise<void> {
    const count = this[which] + answers;
    const isDue = () => this[which] >= count;
    await new Promise<void>((wake) => this.#waiting.add({ isDue, wake }));
  }

  /** Wakes whoever waits for answers. */
  wake(): void {
    for (const { wake } of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** Sends a request under a new key until its answer is definite. */
  async record(state: string, request: Request, headers: Record<string, string> = {}) {
    const key = `key ${(this.#keys += 1)}`;
    const sent = (this.#tick += 1);
    const { path, body } = request;
    const write: Write = { state, path, key, body, sent, answers: [], lost: 0, toOtherBody: [] };
    this.writes.push(write);
    return { write, ...(await this.settle(write, headers)) };
  }

  /** Sends a write, for the first time or again, until its answer is definite. */
  async settle(write: Write, headers: Record<string, string> = {}): Promise<Settled> {
    const began = performance.now();
    for (let tries = 1; ; tries++) {
      const answer = await this.#send(write, write.body, headers);
      if (answer === undefined) {
        write.lost += 1;
        continue;
      }
      write.answers.push(answer);
      if (passing.has(problemOf(answer))) {
        this.putOff += 1;
        this.#wakeDue();
        await pause(2);
        continue;
      }
      if (answer.status === 201) this.#took(write, answer);
      return { tries, milliseconds: performance.now() - began };
    }
  }

  /** Sends another body under the key of a write. */
  async misuse(write: Write): Promise<void> {
    const other = { ...(write.body as object), remarks: `not what ${write.key} said` };
    const answer = await this.#send(write, other, {});
    if (answer !== undefined) write.toOtherBody.push(answer);
  }

  /** Reads a State's figures, asking for everything acknowledged so far to be in them. */
  async read(state: string, reader: number, effective: string): Promise<void> {
    await this.#read(await this.#service, state, reader, effective, true);
  }

  /** Reads from a service that just became ready: it must know everything without being asked. */
  async readAtOnce(service: Service, state: string, reader: number): Promise<void> {
    await this.#read(service, state, reader, '2026-01-01', false);
  }

  async #read(
    service: Service,
    state: string,
    reader: number,
    effective: string,
    asks: boolean,
  ): Promise<void> {
    const minPosition = this.#position.toString();
    const headers = asks ? { 'Ledger-Min-Position': minPosition } : {};
    const path = `/v1/states/${state}/remaining?effective=${effective}`;
    const reply = await service.ask(path, { headers }).catch(lost);
    if (reply === undefined) return;
    if (reply.status === 503) return;
    if (reply.status !== 200) throw new Error(`${path} was answered ${JSON.stringify(reply)}`);
    this.reads.push({ state, reader, minPosition, body: reply.body });
  }

  #took({ state }: Write, { body }: Answer): void {
    const {
      entry,
      position,
      entries = [],
    } = body as {
      entry: string;
      position: string;
      entries?: string[];
    };
    const known = this.recorded.get(state) ?? [];
    known.push(entry, ...entries);
    this.recorded.set(state, known);
    if (BigInt(position) > this.#position) this.#position = BigInt(position);
    this.acknowledged += 1;
    this.#wakeDue();
  }

  #wakeDue(): void {
    for (const waiting of this.#waiting) {
      if (!waiting.isDue()) continue;
      this.#waiting.delete(waiting);
      waiting.wake();
    }
  }

  async #send(
    { state, path, key }: Write,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer | undefined> {
    const service = await this.#service;
    const began = (this.#tick += 1);
    const reply = await service
      .ask(`/v1/states/${state}/${path}`, {
        method: 'POST',
        headers: { 'Idempotency-Key': key, ...headers },
        body,
      })
      .catch(lost);
    if (reply === undefined) return undefined;
    const replayed = reply.headers['idempotency-replayed'] === 'true';
    return { began, ended: (this.#tick += 1), status: reply.status, replayed, body: reply.body };
  }
}

/** Reads a State's book as it is in the end. */
export async function readFinal(service: Service, state: string): Promise<Final> {
  const entries: unknown[] = [];
  for (let after = ''; ;) {
    const path = `/v1/states/${state}/entries?limit=1000${after}`;
    const { items, next } = bodyOf<{ items: unknown[]; next: string | null }>(
      await service.ask(path),
    );
    entries.push(...items);
    if (next === null) break;
    after = `&after=${next}`;
  }
  return { state, entries, remaining: bodyOf(await service.ask(`/v1/states/${state}/remaining`)) };
}

/**
 * One client that writes without end: mostly new entries, and among them requests sent twice at
 * the same moment, old ones sent again, keys used for another body, and conditional ones.
 */
export async function writeUntil(
  clients: Clients,
  random: Random,
  states: readonly string[],
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const state = random.pick(states);
    const old = random.chance(0.08) ? clients.writes.at(-random.int(1, 200)) : undefined;
    if (old !== undefined) {
      const isRecorded = old.answers.some(({ status }) => status === 201);
      await (isRecorded && random.chance(0.3) ? clients.misuse(old) : clients.settle(old));
      continue;
    }
    const request = draw(random, clients.recorded.get(state) ?? []);
    const revision = (clients.recorded.get(state)?.length ?? 0) - 1;
    const headers = random.chance(0.03) ? { 'If-Match': `"${Math.max(0, revision)}"` } : undefined;
    const first = clients.record(state, request, headers);
    const write = clients.writes.at(-1);
    const twin = write && random.chance(0.1) ? clients.settle(write) : undefined;
    await Promise.all([first, twin]);
  }
}

function problemOf({ body }: Answer): string {
  const { type } = (body ?? {}) as { type?: string };
  return type?.split(':').at(-1) ?? '';
}

function bodyOf<T>({ status, body }: Reply): T {
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body as T;
}

/** @throws whatever is not the mere lack of an answer */
function lost(error: unknown): undefined {
  if (error instanceof NoAnswer) return undefined;
  throw error;
}
