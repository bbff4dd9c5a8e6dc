import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { JournalService } from '../journal/journal.service.ts';

/** Stamps entries: instants within the log never go back, even when the machine's clock does. */
@Injectable()
export class LedgerClock {
  #last = 0;

  constructor(
    @Inject(Clock) private readonly clock: Clock,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {}

  now(): number {
    return this.clock.now();
  }

  /** The instant under which something is recorded now: RFC 3339, UTC. */
  stamp(): string {
    if (this.#last === 0) {
      const { journal } = this.journal;
      const { at } = journal.momentAt({ position: journal.position });
      this.#last = at === null ? 0 : Date.parse(at);
    }
    this.#last = Math.max(this.#last, this.clock.now());
    return new Date(this.#last).toISOString();
  }
}
