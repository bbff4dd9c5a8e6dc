import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { Problem } from '../http/problem.ts';
import { whyNotReversed } from '../ledger/reversal.ts';
import { entryAnswer, momentAnswer } from './answers.ts';
import { mustSee, paging, stateProblems, twoTimes } from './read-parameters.ts';
import { ReadingService } from './reading.service.ts';
import * as schemas from './schemas.ts';

/** The entries of a State's book: with postings, who, when, and what reversed them. */
@ApiTags('Entries')
@ApiState()
@Controller('v1/states/:state/entries')
@Allow('read')
export class EntriesController {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  @Get()
  @Describe({
    summary: 'The entries of the book, in the order recorded',
    answer: schemas.entries,
    query: { ...twoTimes, ...paging },
    headers: mustSee,
    problems: stateProblems,
  })
  list(@Param('state') state: string, @Query() query: unknown) {
    const { journal, at, known, page } = this.reading.asked(query, { page: true });
    const { items, next } = journal.entries.page(journal.stateId(state), at, page);
    const moment = { effective: at.effective, known: momentAnswer(known) };
    return { state, ...moment, items: items.map(entryAnswer), next };
  }

  @Get(':id')
  @Describe({
    summary: 'One entry, with its postings and what reversed it',
    answer: schemas.entry,
    query: twoTimes,
    headers: mustSee,
    problems: [...stateProblems, 'not-found'],
  })
  one(@Param('state') state: string, @Param('id') id: string, @Query() query: unknown) {
    const { journal, at, known } = this.reading.asked(query);
    const found = journal.entries.one(journal.stateId(state), id, at.known);
    if (found === undefined) throw noEntry(state, id);
    const moment = { effective: at.effective, known: momentAnswer(known) };
    return { state, ...moment, ...entryAnswer(found) };
  }

  @Get(':id/reversal')
  @Describe({
    summary: 'Whether the entry can be reversed, and what stands against it',
    answer: schemas.reversal,
    query: twoTimes,
    headers: mustSee,
    problems: [...stateProblems, 'not-found'],
  })
  reversal(@Param('state') state: string, @Param('id') id: string, @Query() query: unknown) {
    const { journal, at } = this.reading.asked(query);
    const found = journal.entries.one(journal.stateId(state), id, at.known);
    if (found === undefined) throw noEntry(state, id);
    const against = whyNotReversed(id, journal.bookOf(state, at.known));
    return { state, entry: id, reversible: against.length === 0, against };
  }
}

function noEntry(state: string, id: string): Problem {
  return new Problem('not-found', `There is no entry ${id.slice(0, 50)} in the book of ${state}`);
}
