import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { Allow } from '../access/access.decorators.ts';
import { Problem } from '../http/problem.ts';
import { whyNotReversed } from '../ledger/reversal.ts';
import { entryAnswer, momentAnswer } from './answers.ts';
import { ReadingService } from './reading.service.ts';

/** The entries of a State's book: with postings, who, when, and what reversed them. */
@Controller('v1/states/:state/entries')
@Allow('read')
export class EntriesController {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  @Get()
  list(@Param('state') state: string, @Query() query: unknown) {
    const { journal, at, known, page } = this.reading.asked(query, { page: true });
    const { items, next } = journal.entries.page(journal.stateId(state), at, page);
    const moment = { effective: at.effective, known: momentAnswer(known) };
    return { state, ...moment, items: items.map(entryAnswer), next };
  }

  @Get(':id')
  one(@Param('state') state: string, @Param('id') id: string, @Query() query: unknown) {
    const { journal, at } = this.reading.asked(query);
    const found = journal.entries.one(journal.stateId(state), id, at.known);
    if (found === undefined) throw noEntry(state, id);
    return { state, ...entryAnswer(found) };
  }

  @Get(':id/reversal')
  reversal(@Param('state') state: string, @Param('id') id: string, @Query() query: unknown) {
    const { journal, at } = this.reading.asked(query);
    const found = journal.entries.one(journal.stateId(state), id, at.known);
    if (found === undefined) throw noEntry(state, id);
    const against = whyNotReversed(id, journal.bookOf(state));
    return { state, entry: id, reversible: against.length === 0, against };
  }
}

function noEntry(state: string, id: string): Problem {
  return new Problem('not-found', `There is no entry ${id.slice(0, 50)} in the book of ${state}`);
}
