import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { Journal } from './journal.ts';
import { JournalService } from './journal.service.ts';
import { readAsked, type Asked } from './read-query.ts';

/** The journal with what a request asks of it, read and checked. */
@Injectable()
export class ReadingService {
  constructor(
    @Inject(JournalService) private readonly service: JournalService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws Problem when the query can't be read or the journal is catching up */
  asked(
    query: unknown,
    takes?: Parameters<typeof readAsked>[3],
  ): Asked & { readonly journal: Journal; readonly today: string } {
    const { journal } = this.service;
    const today = new Date(this.clock.now()).toISOString().slice(0, 10);
    return { journal, today, ...readAsked(query, journal, today, takes) };
  }
}
