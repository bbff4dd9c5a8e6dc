import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds until a server must have become healthy. */
const healthyWithinMs = 120_000;

/** One server, started by the command of `STOCKPILE_TEST_EVENTSTOREDB`, and by no one else. */
export class Node {
  readonly port: number;
  readonly #command: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #isWanted = false;
  #output = '';

  constructor(command: string, port: number, env: Readonly<Record<string, string>>) {
    this.#command = command;
    this.port = port;
    this.#env = env;
  }

  /** Starts it, and again whenever it ends by itself: a node that has to truncate its log does. */
  start(): void {
    this.#isWanted = true;
    const child = spawn(this.#command, {
      shell: true,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...this.#env },
    });
    const keep = (piece: Buffer): void => {
      this.#output = (this.#output + piece.toString('utf8')).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('exit', () => {
      if (this.#child === child && this.#isWanted) this.start();
    });
    this.#child = child;
  }

  async healthy(): Promise<void> {
    const until = performance.now() + healthyWithinMs;
    while (performance.now() < until) {
      if (await this.#isHealthy()) return;
      await pause(100);
    }
    throw new Error(`the server on port ${this.port} did not become healthy:\n${this.#output}`);
  }

  /** kill −9, with everything that the command has started. */
  kill(): void {
    this.#isWanted = false;
    this.#signal('SIGKILL');
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Whether the cluster takes it for its leader, as the node itself says. */
  async isLeader(): Promise<boolean> {
    return (await this.state()) === 'leader';
  }

  /** What it says that it is: `leader`, `follower`, `unknown` and so on. */
  async state(): Promise<string> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/info`, {
        signal: AbortSignal.timeout(1_000),
      });
      return ((await answer.json()) as { state?: string }).state ?? 'no state';
    } catch {
      return 'no answer';
    }
  }

  async #isHealthy(): Promise<boolean> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/health/live`, {
        signal: AbortSignal.timeout(1_000),
      });
      return answer.ok;
    } catch {
      return false;
    }
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child?.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // It has ended already.
    }
  }
}

/** So many servers that form one cluster, each on a free port and a folder of its own. */
export class Nodes {
  readonly nodes: readonly Node[];
  readonly #folder: string;

  private constructor(nodes: readonly Node[], folder: string) {
    this.nodes = nodes;
    this.#folder = folder;
  }

  static async start(command: string, size: number): Promise<Nodes> {
    const folder = mkdtempSync(join(tmpdir(), 'stockpile-nodes-'));
    const ports = await freePorts(2 * size);
    const replication = ports.splice(size);
    const nodes = ports.map((port, index) => {
      const seeds = ports.filter((other) => other !== port).map((other) => `127.0.0.1:${other}`);
      return new Node(command, port, {
        PORT: `${port}`,
        REPLICATION_PORT: `${replication[index]}`,
        FOLDER: join(folder, `${index + 1}`),
        CLUSTER_SIZE: `${size}`,
        SEEDS: seeds.join(','),
      });
    });
    const started = new Nodes(nodes, folder);
    for (const node of nodes) node.start();
    process.once('exit', () => started.stop());
    for (const node of nodes) await node.healthy();
    return started;
  }

  get connection(): string {
    return `esdb://${this.nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}?tls=false`;
  }

  /** @throws Error when there is none for too long */
  async leader(): Promise<Node> {
    const until = performance.now() + healthyWithinMs;
    while (performance.now() < until) {
      for (const node of this.nodes) if (await node.isLeader()) return node;
      await pause(100);
    }
    throw new Error(`the cluster has no leader: ${await this.states()}`);
  }

  /** What each node says that it is, for the message of a failed test. */
  async states(): Promise<string> {
    const states = await Promise.all(this.nodes.map((node) => node.state()));
    return this.nodes.map(({ port }, index) => `${port} ${states[index]}`).join(', ');
  }

  stop(): void {
    for (const node of this.nodes) node.kill();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as { port: number };
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}
