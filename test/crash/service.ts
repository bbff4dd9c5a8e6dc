import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { engineSettings } from '../support/engine.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist', 'cli.js');
const node = join(root, 'node_modules', '.bin', 'node');
const key = 'a-key-for-crash-tests';

/** What the service said to one request. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** The request was sent, and no whole answer came back: it may have done its work or not. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const running = new Set<Service>();

/** Ends, by kill −9, every service that a test left running. */
export async function killAll(): Promise<void> {
  await Promise.all([...running].map((service) => service.kill()));
}

/** The real service, as a process of its own that can be killed. */
export class Service {
  readonly folder: string;
  /** Set once the process has ended, however it ended. */
  ended: { readonly code: number | null; readonly signal: string | null } | undefined;
  /** Settles when the process has ended. */
  readonly end: Promise<void>;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #listening: Promise<string>;
  #output = '';

  /** @param wrapper a command to start it by, such as `prlimit` with its arguments */
  constructor(folder: string, wrapper: readonly string[] = []) {
    if (!existsSync(program)) throw new Error(`${program} is missing: run \`npm run build\` first`);
    this.folder = folder;
    const [command = node, ...rest] = [...wrapper, node, program, 'serve'];
    const env = { ...process.env, NO_COLOR: '1', PORT: '0', HOST: '127.0.0.1' };
    const settings = {
      ...{ STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: key },
      ...engineSettings(folder),
    };
    this.#child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, ...settings },
    });
    const guard = () => this.#child.kill('SIGKILL');
    process.once('exit', guard);
    running.add(this);
    this.end = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.ended = { code, signal };
        running.delete(this);
        process.removeListener('exit', guard);
        this.#agent.destroy();
        resolve();
      });
    });
    this.#listening = this.#untilListening();
    this.#listening.catch(() => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it has printed so far. */
  get output(): string {
    return this.#output;
  }

  /** Where it listens. Rejects when it ends before. */
  get url(): Promise<string> {
    return this.#listening;
  }

  /** Waits until it is ready. Rejects when it ends before. */
  async ready(): Promise<void> {
    for (;;) {
      const { status } = await this.ask('/health/ready');
      if (status === 200) return;
      await pause(5);
    }
  }

  /** @throws NoAnswer */
  async ask(path: string, { method = 'GET', headers, body }: Asked = {}): Promise<Reply> {
    const url = new URL(path, await this.#listening);
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new NoAnswer(error.message));
      const sent = request(url, {
        method,
        agent: this.#agent,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(text !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
      });
      sent.once('close', () => fail(new Error('closed')));
      sent.once('error', fail).once('response', (response) => {
        const pieces: Buffer[] = [];
        response
          .on('data', (piece: Buffer) => pieces.push(piece))
          .once('error', fail)
          .once('end', () => {
            const said = Buffer.concat(pieces).toString('utf8');
            const { statusCode: status = 0, headers: got } = response;
            resolve({ status, headers: got, body: said === '' ? null : JSON.parse(said) });
          });
      });
      sent.end(text);
    });
  }

  /** kill −9; settles when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.end;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.end;
  }

  #untilListening(): Promise<string> {
    return new Promise((resolve, reject) => {
      const take = (piece: Buffer): void => {
        this.#output += piece.toString('utf8');
        const url = /Listening on (http:\S+),/.exec(this.#output)?.[1];
        if (url !== undefined) resolve(url);
      };
      this.#child.stdout?.on('data', take);
      this.#child.stderr?.on('data', take);
      this.#child.once('error', reject);
      void this.end.then(() => reject(new NoAnswer(`the service ended:\n${this.#output}`)));
    });
  }
}

/** Deletes the journal of a folder: all of its files, or its main file alone. */
export function deleteJournal(folder: string, mainFileAlone = false): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('journal-')) continue;
    if (!mainFileAlone || name.endsWith('.db')) rmSync(join(folder, name), { force: true });
  }
}
