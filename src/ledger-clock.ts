import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from './clock.ts';
import type { EventStore, StoredEvent } from './event-store/event-store.ts';
import { EVENT_STORE } from './event-store/event-store.token.ts';

/** Stamps events: instants within the log never go back, even when the machine's clock does. */
@Injectable()
export class LedgerClock implements OnModuleInit {
  #last = 0;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Goes on from the last event of the log; one that can't be read stops the journal, not this. */
  async onModuleInit(): Promise<void> {
    const head = await this.store.head();
    const [last] = head === 0n ? [] : await this.store.readAll(head - 1n, 1);
    this.#last = last === undefined ? 0 : recordedAt(last);
  }

  now(): number {
    return this.clock.now();
  }

  /** The instant under which something is recorded now: RFC 3339, UTC. */
  stamp(): string {
    this.#last = Math.max(this.#last, this.clock.now());
    return new Date(this.#last).toISOString();
  }
}

function recordedAt({ data }: StoredEvent): number {
  try {
    const event = JSON.parse(Buffer.from(data).toString()) as { recordedAt?: unknown } | null;
    return Date.parse(String(event?.recordedAt)) || 0;
  } catch {
    return 0;
  }
}
