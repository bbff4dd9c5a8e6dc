import { connect, type Socket } from 'node:net';

/** What came of a load. */
export interface Load {
  readonly answered: number;
  readonly seconds: number;
  /** Milliseconds from sending a request to the whole answer. */
  readonly latencies: readonly number[];
  /** The share of a core that the clients themselves needed. */
  readonly ownCpu: number;
}

/** A request that never repeats: its head and body, as they go over the wire. */
export type NextRequest = () => string;

/**
 * Clients that each keep one connection and send the next request when the last is answered: as
 * little work as possible, for they share the machine with what they measure. An answer other than
 * 201 ends the measurement.
 */
export async function drive(
  port: number,
  clients: number,
  seconds: number,
  next: NextRequest,
): Promise<Load> {
  const latencies: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const until = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, () => new Client(port, until, next, latencies).run()),
  );
  const took = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const ownCpu = (user + system) / 1e6 / took;
  return { answered: latencies.length, seconds: took, latencies, ownCpu };
}

/** A POST of this body as it goes over the wire. */
export function post(
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): string {
  const all = {
    Host: '127.0.0.1',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`;
}

class Client {
  readonly #port: number;
  readonly #until: number;
  readonly #next: NextRequest;
  readonly #latencies: number[];
  #received = '';
  #sentAt = 0;

  constructor(port: number, until: number, next: NextRequest, latencies: number[]) {
    this.#port = port;
    this.#until = until;
    this.#next = next;
    this.#latencies = latencies;
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#port, '127.0.0.1', () => this.#send(socket));
      socket.setNoDelay(true);
      socket.setEncoding('latin1');
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (piece: string) => {
        this.#received += piece;
        const end = endOfAnswer(this.#received);
        if (end === undefined || this.#received.length < end) return;
        if (!this.#received.startsWith('HTTP/1.1 201 ')) {
          socket.destroy();
          reject(new Error(`answered:\n${this.#received}`));
          return;
        }
        this.#received = this.#received.slice(end);
        const now = performance.now();
        this.#latencies.push(now - this.#sentAt);
        if (now < this.#until) this.#send(socket);
        else socket.end();
      });
    });
  }

  #send(socket: Socket): void {
    this.#sentAt = performance.now();
    socket.write(this.#next());
  }
}

/** How many bytes an answer has in all; `undefined` until its head is there. */
function endOfAnswer(received: string): number | undefined {
  const head = received.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, head + 2))?.[1];
  if (length === undefined) throw new Error(`an answer without a length:\n${received}`);
  return head + 4 + Number(length);
}
