import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import { may, type Principal } from '../access/policy.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { momentAnswer } from '../journal/answers.ts';
import type { TwoTimes } from '../journal/asked.ts';
import { pageOf } from '../journal/page-of.ts';
import { mustSee, paging, stateProblems, twoTimes } from '../journal/read-parameters.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { statuses } from '../treaty/obligation.ts';
import { ComplianceAsking, oneOf } from './compliance-asking.ts';
import { ComplianceService } from './compliance.service.ts';
import { complianceAnswer } from './obligation-answers.ts';
import * as schemas from './obligation-schemas.ts';

const onDay = { on: twoTimes.effective, known: twoTimes.known };

/** What States owe: deadlines, what became of them, and why. */
@ApiTags('Obligations')
@Controller('v1')
export class ObligationsController {
  constructor(
    @Inject(ComplianceService) private readonly compliance: ComplianceService,
    @Inject(ComplianceAsking) private readonly asking: ComplianceAsking,
  ) {}

  @Get('states/:state/obligations')
  @ApiState()
  @Allow('read')
  @Describe({
    summary: 'What a State owes on a day, with the reasons of every date and status',
    answer: schemas.stateObligations,
    query: onDay,
    headers: mustSee,
    problems: stateProblems,
  })
  ofState(@Param('state') state: string, @Query() query: unknown) {
    const { at, known } = this.asking.asked(query);
    return {
      state,
      name: stateName(state),
      on: at.effective,
      known: momentAnswer(known),
      ...this.#answer(state, at, true),
    };
  }

  @Get('obligations')
  @Allow('read-some')
  @Describe({
    summary: 'What every State owes on a day: those with an instrument that you may read',
    answer: schemas.allObligations,
    query: {
      ...onDay,
      article: `Only obligations of this article: ${schemas.articles.join(', ')}`,
      status: `Only obligations of this status: ${statuses.join(', ')}`,
      period: 'Only reports about this calendar year, or that stand for one',
      ...paging,
    },
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  all(@Query() query: unknown, @Caller() caller: Principal) {
    const { at, known, page, own } = this.asking.asked(query, {
      page: true,
      own: {
        article: oneOf(schemas.articles),
        status: oneOf(statuses),
        period: (text) => (/^\d{4}$/.test(text) ? undefined : 'must be a year, such as 2009'),
      },
    });
    const states = this.compliance.states(at.known).filter((state) => may(caller, 'read', state));
    const shown = pageOf(states, (state) => state, page);
    const items = shown.items.map((state) => {
      const { obligations, ...answer } = this.#answer(state, at, false);
      const fitting = obligations.filter(
        (obligation) =>
          (own['article'] === undefined || obligation.article === own['article']) &&
          (own['status'] === undefined || obligation.status === own['status']) &&
          (own['period'] === undefined ||
            obligation.period === own['period'] ||
            obligation.covers?.includes(own['period'])),
      );
      return { state, name: stateName(state), ...answer, obligations: fitting };
    });
    return { on: at.effective, known: momentAnswer(known), items, next: shown.next };
  }

  #answer(state: string, at: TwoTimes, whole: boolean) {
    const link = { state, effective: at.effective, known: at.known.toString() };
    const facts = this.compliance.facts(state, at.known);
    return complianceAnswer(this.compliance.of(state, at), facts, link, whole);
  }
}
