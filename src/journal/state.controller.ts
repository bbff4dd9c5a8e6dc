import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { badParameter } from '../http/problem.ts';
import { isAccount, isFigure, figures, type Account, type Figure } from '../ledger/accounts.ts';
import { dayBefore, NotADate, parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { rulesVersion } from '../ledger/posting-rules.ts';
import { momentAnswer } from './answers.ts';
import type { HoldingFilter } from './asked.ts';
import { groupings, type Grouping } from './balances.ts';
import { holdings, mustSee, paging, stateProblems, twoTimes } from './read-parameters.ts';
import { ReadingService } from './reading.service.ts';
import * as schemas from './schemas.ts';

/** What a State's book says: figures, why they are what they are, balances, differences. */
@ApiTags('Figures')
@ApiState()
@Controller('v1/states/:state')
@Allow('read')
export class StateController {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  @Get('remaining')
  @Describe({
    summary: 'What remains, what is retained, what is in question',
    answer: schemas.remaining,
    query: { ...twoTimes, ...holdings },
    headers: mustSee,
    problems: stateProblems,
  })
  remaining(@Param('state') state: string, @Query() query: unknown) {
    const { journal, at, known, filter } = this.reading.asked(query, { filter: true });
    const id = journal.stateId(state);
    const revision = journal.revisionAt(id, at.known);
    const { munitions, ...figures } = journal.figures.of(id, at, filter);
    return {
      state,
      recorded: revision >= 0,
      revision: String(revision),
      effective: at.effective,
      known: momentAnswer(known),
      ...figures,
      munitions,
      rules: rulesVersion,
      explanation: explanationLink(state, at, filter),
      ...journal.unknownMunition(id, filter, at.known),
    };
  }

  @Get('remaining/explanation')
  @Describe({
    summary: 'Why a figure is what it is: the postings that make it',
    answer: schemas.explanation,
    query: {
      from: 'Only what changed the figure from this day on; the quantity is then the change',
      figure: `What to explain: ${figures.join(', ')} or an account; remaining unless said`,
      ...twoTimes,
      ...holdings,
      ...paging,
    },
    headers: mustSee,
    problems: stateProblems,
  })
  explanation(@Param('state') state: string, @Query() query: unknown) {
    const own = { figure: figureFault, from: dayFault };
    const {
      journal,
      at,
      known,
      filter,
      page,
      own: chosen,
    } = this.reading.asked(query, {
      filter: true,
      page: true,
      own,
    });
    const figure = (chosen['figure'] ?? 'remaining') as Figure | Account;
    const from =
      chosen['from'] === undefined ? undefined : parseEffectiveDate(chosen['from']).first;
    if (from !== undefined && figure === 'unaccounted') {
      throw badParameter('from', 'what is in question is open on a day, not over a time');
    }
    const id = journal.stateId(state);
    const found = journal.explanations.page(id, figure, at, filter, page, from);
    const quantityOn = (effective: Day) =>
      journal.figures.quantityOf(id, figure, { ...at, effective }, filter);
    const before = from === undefined ? 0 : quantityOn(dayBefore(from));
    return {
      figure,
      state,
      ...(from !== undefined && { from }),
      effective: at.effective,
      known: momentAnswer(known),
      quantity: quantityOn(at.effective) - before,
      rules: rulesVersion,
      ...journal.unknownMunition(id, filter, at.known),
      ...found,
    };
  }

  @Get('balances')
  @Describe({
    summary: 'Balances of every account, by any parts of the holding',
    answer: schemas.balances,
    query: {
      by: `What to group by: any of ${groupings.join(',')}, with commas; account unless said`,
      ...twoTimes,
      ...holdings,
      ...paging,
    },
    headers: mustSee,
    problems: stateProblems,
  })
  balances(@Param('state') state: string, @Query() query: unknown) {
    const own = { by: groupingFault };
    const {
      journal,
      at,
      known,
      filter,
      page,
      own: chosen,
    } = this.reading.asked(query, {
      filter: true,
      page: true,
      own,
    });
    const asked = new Set((chosen['by'] ?? 'account').split(','));
    const by = groupings.filter((g): g is Grouping => asked.has(g));
    const id = journal.stateId(state);
    const found = journal.balances.page(id, by, at, filter, page);
    const unknown = journal.unknownMunition(id, filter, at.known);
    return { state, by, effective: at.effective, known: momentAnswer(known), ...unknown, ...found };
  }

  @Get('differences')
  @Describe({
    summary: 'What does not agree: shortages, surpluses and contradicted counts, open and closed',
    answer: schemas.differences,
    query: { ...twoTimes, ...paging },
    headers: mustSee,
    problems: stateProblems,
  })
  differences(@Param('state') state: string, @Query() query: unknown) {
    const { journal, at, known, page } = this.reading.asked(query, { page: true });
    const found = journal.differences.page(journal.stateId(state), at, page);
    return { state, effective: at.effective, known: momentAnswer(known), ...found };
  }
}

function explanationLink(
  state: string,
  at: { effective: string; known: bigint },
  filter: HoldingFilter,
): string {
  const query = new URLSearchParams({ effective: at.effective, known: at.known.toString() });
  for (const [name, value] of Object.entries(filter)) {
    if (name !== 'munitionKeys') query.set(name, String(value ?? ''));
  }
  return `/v1/states/${state}/remaining/explanation?${query.toString()}`;
}

function figureFault(value: string): string | undefined {
  if (isFigure(value) || isAccount(value)) return undefined;
  return `must be ${figures.join(', ')} or an account, such as held/stockpile`;
}

function dayFault(value: string): string | undefined {
  try {
    parseEffectiveDate(value);
    return undefined;
  } catch (error) {
    if (error instanceof NotADate) return error.message;
    throw error;
  }
}

function groupingFault(value: string): string | undefined {
  const wrong = value.split(',').filter((g) => !(groupings as readonly string[]).includes(g));
  return wrong.length === 0 ? undefined : `must be any of ${groupings.join(',')}, with commas`;
}
