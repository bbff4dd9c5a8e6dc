import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Subscription } from 'rxjs';
import { may, type Principal } from '../access/policy.ts';
import type { EventStore, StoredEvent } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { bookStreamPrefix } from '../ledger/event-codec.ts';
import { limits } from '../limits.ts';
import { cloudEvent } from './cloud-event.ts';

/** Milliseconds between two signs of life on a quiet feed. */
const heartbeatMs = 15_000;

/** The feeds that are open. A reader too slow for its buffer is let go, and resumes where it was. */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  readonly #open = new Set<() => void>();

  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

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
    let subscription: Subscription | undefined;
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    const close = () => {
      clearInterval(heartbeat);
      subscription?.unsubscribe();
      this.#open.delete(close);
      raw.end();
    };
    this.#open.add(close);
    raw.on('close', close);
    subscription = this.store.feed(after).subscribe({
      next: (events) => {
        raw.write(events.map((event) => messageFor(caller, event)).join(''));
        if (raw.writableLength > limits.liveFeedBufferBytesMax) close();
      },
      error: close,
    });
    return true;
  }

  onModuleDestroy(): void {
    for (const close of [...this.#open]) close();
  }
}

function messageFor(caller: Principal, event: StoredEvent): string {
  if (!event.stream.startsWith(bookStreamPrefix)) return '';
  const state = event.stream.slice(bookStreamPrefix.length);
  if (!may(caller, 'read', state)) return '';
  return `id: ${event.position}\nevent: entry\ndata: ${JSON.stringify(cloudEvent(state, event))}\n\n`;
}
