import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/stockpile.js', import.meta.url));

/** `stockpile serve` as a process of its own, with what it says and how it ends. */
export class ServiceProcess {
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  static readonly #running = new Set<ServiceProcess>();

  constructor(settings: Readonly<Record<string, string>>) {
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith('STOCKPILE_'));
    const env = { ...Object.fromEntries(others), PORT: '0', HOST: '127.0.0.1', ...settings };
    this.#child = spawn(process.execPath, [program, 'serve'], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    ServiceProcess.#running.add(this);
    this.#ended = once(this.#child, 'close').finally(() => ServiceProcess.#running.delete(this));
    this.#child.stdout!.on('data', (text) => (this.output += String(text)));
    this.#child.stderr!.on('data', (text) => (this.errors += String(text)));
  }

  /** Starts one and waits until it listens. */
  static async start(settings: Readonly<Record<string, string>>): Promise<ServiceProcess> {
    const service = new ServiceProcess(settings);
    while (!service.output.includes('Listening on ')) {
      if (service.#child.exitCode !== null) throw new Error(`it ended: ${service.errors}`);
      await Promise.race([once(service.#child.stdout!, 'data'), service.#ended]);
    }
    return service;
  }

  /** Ends what a failed test has left. */
  static async endAll(): Promise<void> {
    const left = [...ServiceProcess.#running];
    for (const service of left) service.#child.kill('SIGKILL');
    await Promise.all(left.map((service) => service.#ended));
  }

  get url(): string {
    return /Listening on (\S+),/.exec(this.output)?.[1] ?? '';
  }

  /** Waits for its end and gives its exit status. */
  async status(): Promise<number | null> {
    await this.#ended;
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.#ended;
  }
}
