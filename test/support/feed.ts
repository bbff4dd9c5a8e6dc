import { request, type ClientRequest, type IncomingMessage } from 'node:http';

/** A live entry as the feed tells it. */
export interface FeedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown> & {
    readonly position: string;
    readonly data: Record<string, unknown>;
  };
}

/** Reads a feed of Server-Sent Events and lets a test wait for so many events. */
export class FeedReader {
  readonly events: FeedEvent[] = [];
  readonly answer: IncomingMessage;
  readonly ended: Promise<void>;
  #text = '';
  #waiting: (() => void)[] = [];

  private constructor(
    private readonly sent: ClientRequest,
    answer: IncomingMessage,
  ) {
    this.answer = answer;
    answer.setEncoding('utf8').on('data', (text: string) => this.#take(text));
    answer.on('error', () => undefined);
    this.ended = new Promise((resolve) => answer.once('close', () => resolve()));
  }

  static open(
    port: number,
    key: string,
    { after, query = '' }: { after?: string; query?: string } = {},
  ): Promise<FeedReader> {
    const headers = { authorization: `Bearer ${key}`, ...(after && { 'last-event-id': after }) };
    return new Promise((resolve, reject) => {
      const sent = request({ port, path: `/v1/feed${query}`, headers }, (answer) =>
        resolve(new FeedReader(sent, answer)),
      );
      sent.once('error', reject).end();
    });
  }

  async until(count: number): Promise<FeedEvent[]> {
    while (this.events.length < count) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    return this.events;
  }

  async close(): Promise<void> {
    this.sent.on('error', () => undefined).destroy();
    await this.ended;
  }

  #take(text: string): void {
    const messages = (this.#text + text).split('\n\n');
    this.#text = messages.pop() ?? '';
    for (const message of messages.filter((m) => !m.startsWith(':'))) {
      const fields = Object.fromEntries(
        message
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      const data = JSON.parse(String(fields['data'])) as FeedEvent['data'];
      this.events.push({ id: String(fields['id']), event: String(fields['event']), data });
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
