import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from './clock.ts';
import type { EventStore, StoredEvent } from './event-store/event-store.ts';
import { EVENT_STORE } from './event-store/event-store.token.ts';
import { JournalService } from './journal/journal.service.ts';

/**
 * Stamps events: instants never go back, even when the machine's clock does. Where several services
 * share a log, each goes on from what it has seen of the others', so that a State's instants never
 * go back either; between States they may by as long as appends are under way at once.
 */
@Injectable()
export class LedgerClock implements OnModuleInit {
  #last = 0;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {}

  /** Goes on from the last event of the log; one that can't be read stops the journal, not this. */
  async onModuleInit(): Promise<void> {
    const last = await this.store.at(await this.store.head());
    this.#last = last === undefined ? 0 : recordedAt(last);
  }

  now(): number {
    return this.clock.now();
  }

  /**
   * The instant under which something is recorded now: RFC 3339, UTC.
   *
   * @param after the instant of what stands before it, where the journal may not know it yet
   */
  stamp(after = ''): string {
    const { lastMoment } = this.journal;
    this.#last = Math.max(this.#last, this.clock.now(), lastMoment, Date.parse(after) || 0);
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
