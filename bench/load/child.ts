import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** What a measured server says of itself when asked; the bare one has no commits. */
export interface Counters {
  readonly cpuMicros: number;
  readonly commits: number;
  readonly commitMs: number;
  readonly events: number;
  readonly rss: number;
}

/** A server in a process of its own. */
export class ServerChild {
  readonly port: number;
  readonly #child: ChildProcess;

  static async start(script: string, args: readonly string[], profile?: string) {
    const path = join(import.meta.dirname, script);
    const execArgv = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
    const child = fork(path, args, { execArgv });
    const { port } = (await message(child)) as { port: number };
    return new ServerChild(child, port);
  }

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  async counters(): Promise<Counters> {
    const answer = message(this.#child);
    this.#child.send('counters');
    return (await answer) as Counters;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.send('stop');
    await ended;
  }
}

function message(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer) => {
      child.off('exit', ended);
      resolve(answer);
    });
    const ended = () => reject(new Error('the server ended before it answered'));
    child.once('exit', ended);
  });
}
