import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { badParameter } from '../http/problem.ts';
import type { HoldingFilter } from './asked.ts';
import { Journal } from './journal.ts';
import { TypeNames } from './type-names.ts';
import { JournalService } from './journal.service.ts';
import { readAsked, type Asked } from './read-query.ts';

/** The journal with what a request asks of it, read and checked. */
@Injectable()
export class ReadingService {
  constructor(
    @Inject(JournalService) private readonly service: JournalService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TypeNames) private readonly names: TypeNames,
  ) {}

  /** @throws Problem when the query can't be read or the journal is catching up */
  asked(
    query: unknown,
    takes?: Parameters<typeof readAsked>[3],
  ): Asked & { readonly journal: Journal; readonly today: string } {
    const { journal } = this.service;
    const today = new Date(this.clock.now()).toISOString().slice(0, 10);
    const asked = readAsked(query, journal, today, takes);
    return { journal, today, ...asked, filter: this.#resolved(asked) };
  }

  /** A type stands for every name that means it, as the catalogue was known at the position. */
  #resolved({ filter, at }: Asked): HoldingFilter {
    if (filter.type === undefined) return filter;
    const munitionKeys = this.names.keysOf(filter.type, at.known);
    if (munitionKeys === undefined) {
      throw badParameter('type', `the catalogue has no type "${filter.type.slice(0, 200)}"`);
    }
    return { ...filter, munitionKeys };
  }
}
