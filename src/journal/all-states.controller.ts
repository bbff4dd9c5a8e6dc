import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import { may, type Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { rulesVersion } from '../ledger/posting-rules.ts';
import { isCurrentState, stateCodes, stateName } from '../treaty/iso-3166.ts';
import { momentAnswer } from './answers.ts';
import { BadCursor } from './cursor.ts';
import { exactJson } from './exact-json.ts';
import { Memberships } from './memberships.ts';
import { pageOf } from './page-of.ts';
import { mustSee, paging, twoTimes } from './read-parameters.ts';
import { ReadingService } from './reading.service.ts';
import * as schemas from './schemas.ts';

/** All States: each with what remains, and together. */
@ApiTags('All States')
@Controller('v1')
export class AllStatesController {
  constructor(
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Memberships) private readonly memberships: Memberships,
  ) {}

  /** Every State of today that the caller may read, and every other one that has entries. */
  @Get('states')
  @Describe({
    summary: 'Every State that you may read, with what remains',
    answer: schemas.states,
    query: { ...twoTimes, ...paging },
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  @Allow('read-some')
  states(@Query() query: unknown, @Caller() caller: Principal) {
    const { journal, at, known, page } = this.reading.asked(query, { page: true });
    const recorded = journal.recordedStates(at.known);
    const codes = stateCodes().filter(
      (code) => may(caller, 'read', code) && (recorded.has(code) || isCurrentState(code)),
    );
    if (page.cursor !== undefined && stateName(page.cursor) === undefined) {
      throw new BadCursor('not a cursor of this list');
    }
    const shown = pageOf(codes, (code) => code, page);
    const items = shown.items.map((state) => ({
      state,
      name: stateName(state),
      ...this.memberships.partyOn(state, at),
      remaining: recorded.has(state)
        ? journal.figures.quantityOf(journal.stateId(state), 'remaining', at, {})
        : 0,
      recorded: recorded.has(state),
    }));
    return { effective: at.effective, known: momentAnswer(known), items, next: shown.next };
  }

  /** All books together. Custody is counted once: in the sender's book, apart in the holder's. */
  @Get('totals')
  @Describe({
    summary: 'All States together, custody counted once',
    answer: schemas.allTotals,
    query: twoTimes,
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  @Allow('read')
  totals(@Query() query: unknown) {
    const { journal, at, known } = this.reading.asked(query);
    const { states, figures, accounts } = journal.totals.at(at);
    return {
      effective: at.effective,
      known: momentAnswer(known),
      states,
      ...exactJson(figures),
      accounts: exactJson(accounts),
      rules: rulesVersion,
    };
  }
}
