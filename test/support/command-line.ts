import type { AddressInfo } from 'node:net';
import { Client } from '../../src/cli/client.ts';
import { run } from '../../src/cli/program.ts';
import { administrator, Service } from './service.ts';

/** What a command printed and how it ended. */
export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in front of the real service, over a real socket. */
export class CommandLine {
  readonly service: Service;
  readonly #url: string;

  private constructor(service: Service, url: string) {
    this.service = service;
    this.#url = url;
  }

  static async start(): Promise<CommandLine> {
    const service = await Service.start();
    await service.app.listen(0, '127.0.0.1');
    const { port } = service.app.getHttpServer().address() as AddressInfo;
    return new CommandLine(service, `http://127.0.0.1:${port}`);
  }

  /** The client that commands speak through. */
  get client(): Client {
    return new Client(this.#url, administrator, () => Promise.resolve());
  }

  stop(): Promise<void> {
    return this.service.stop();
  }

  /** @param input what stands on standard input: text, or an object as JSON */
  async stockpile(command: string, input: string | object = ''): Promise<Ran> {
    const out: string[] = [];
    const err: string[] = [];
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, word]) => quoted ?? word,
    );
    const status = await run(words as string[], {
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      env: { STOCKPILE_URL: this.#url, STOCKPILE_KEY: administrator },
      readInput: () => Promise.resolve(text),
      wait: () => Promise.resolve(),
    });
    return { status, out: out.join('\n'), err: err.join('\n') };
  }

  /** What a command printed that must succeed, without ids and positions, which differ. */
  async says(command: string, input?: string | object): Promise<string> {
    const { status, out, err } = await this.stockpile(command, input);
    if (status !== 0) throw new Error(`${command}: ${err}`);
    return out
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>')
      .replace(/position \d+ \([^)]*\)/g, 'position <n>')
      .replace(/position \d+/g, 'position <n>');
  }
}
