import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { Subscription } from 'rxjs';
import { AccessService } from '../access/access.service.ts';
import { may, type Principal } from '../access/policy.ts';
import type { EventStore, StoredEvent } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { bookStreamPrefix, UnreadableEvent } from '../ledger/event-codec.ts';
import { limits } from '../limits.ts';
import { cloudEvent } from './cloud-event.ts';

/** Milliseconds between two signs of life on a quiet feed. */
const heartbeatMs = 15_000;

/**
 * The feeds that are open. A reader who can't keep up is waited for: what is recorded meanwhile is
 * read from the log when there is room again, so a feed never holds more than one batch.
 */
@Injectable()
export class LiveFeed implements BeforeApplicationShutdown {
  readonly #open = new Set<() => void>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** Streams the entries that the caller may read, after a position; false when too many do. */
  open(caller: Principal, after: bigint, reply: FastifyReply): boolean {
    if (this.#open.size >= limits.liveFeedsMax) return false;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      Connection: 'keep-alive',
    });
    raw.write(': stockpile ledger\n\n');
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    const following = new Subscription(() => clearInterval(heartbeat));
    const close = () => {
      following.unsubscribe();
      this.#open.delete(close);
      raw.end();
    };
    this.#open.add(close);
    raw.on('close', close);
    this.#follow(caller.id, after, raw, following, close);
    return true;
  }

  beforeApplicationShutdown(): void {
    for (const close of [...this.#open]) close();
  }

  #follow(
    caller: string,
    after: bigint,
    raw: ServerResponse,
    following: Subscription,
    close: () => void,
  ): void {
    let last = after;
    const events = new Subscription();
    following.add(events);
    events.add(
      this.store.feed(after).subscribe({
        next: (batch) => {
          const principal = this.access.current(caller);
          if (principal === undefined) return close();
          const messages = messagesFor(principal, batch);
          if (messages === undefined) return close();
          last = batch.at(-1)?.position ?? last;
          if (raw.write(messages)) return;
          events.unsubscribe();
          raw.once('drain', () => {
            if (!following.closed) this.#follow(caller, last, raw, following, close);
          });
        },
        error: close,
      }),
    );
  }
}

/** Undefined when an event can't be read: the feed ends there, as the journal does. */
function messagesFor(caller: Principal, batch: readonly StoredEvent[]): string | undefined {
  try {
    return batch.map((event) => messageFor(caller, event)).join('');
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

function messageFor(caller: Principal, event: StoredEvent): string {
  if (!event.stream.startsWith(bookStreamPrefix)) return '';
  const state = event.stream.slice(bookStreamPrefix.length);
  if (!may(caller, 'read', state)) return '';
  return `id: ${event.position}\nevent: entry\ndata: ${JSON.stringify(cloudEvent(state, event))}\n\n`;
}
