import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import { may, type Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { badParameter } from '../http/problem.ts';
import { momentAnswer } from '../journal/answers.ts';
import { mustSee, twoTimes } from '../journal/read-parameters.ts';
import { ComplianceAsking, daysFault } from './compliance-asking.ts';
import { ComplianceService } from './compliance.service.ts';
import { Overviews } from './overviews.ts';
import * as schemas from './overview-schemas.ts';

const onDay = { on: twoTimes.effective, known: twoTimes.known };

/** Questions about all States together. */
@ApiTags('Obligations')
@Controller('v1')
@Allow('read-some')
export class OverviewController {
  constructor(
    @Inject(Overviews) private readonly overviews: Overviews,
    @Inject(ComplianceService) private readonly compliance: ComplianceService,
    @Inject(ComplianceAsking) private readonly asking: ComplianceAsking,
  ) {}

  @Get('membership')
  @Describe({
    summary: 'How many States are bound on a day, and which: of those that you may read',
    answer: schemas.membership,
    query: onDay,
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  membership(@Query() query: unknown, @Caller() caller: Principal) {
    const { at, known } = this.asking.asked(query);
    const answer = this.overviews.membership(this.#states(caller, at.known), at);
    return { on: at.effective, known: momentAnswer(known), ...answer };
  }

  @Get('due')
  @Describe({
    summary: 'What falls due in the next days, and which meetings there are',
    answer: schemas.due,
    query: { ...onDay, days: 'Within how many days; 90 unless said' },
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  due(@Query() query: unknown, @Caller() caller: Principal) {
    const { at, known, own } = this.asking.asked(query, { own: { days: daysFault } });
    const days = Number(own['days'] ?? 90);
    const meetings = this.overviews.meetings(at.known, at.effective).map(({ id, body }) => {
      const { name, dates, place = null, basis = 'read' } = body;
      return { fact: id, name, dates, place, basis };
    });
    const items = this.overviews.fallingDue(this.#states(caller, at.known), at, days);
    return { on: at.effective, days, known: momentAnswer(known), items, meetings };
  }

  @Get('report-timeliness')
  @Describe({
    summary: 'Who owed a report about a calendar year, and who had submitted it by a day',
    answer: schemas.timeliness,
    query: { year: 'The calendar year that the reports are about; needed', ...onDay },
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  timeliness(@Query() query: unknown, @Caller() caller: Principal) {
    const { at, known, own } = this.asking.asked(query, { own: { year: yearFault } });
    if (own['year'] === undefined) throw badParameter('year', 'is missing; say it, such as 2011');
    const states = this.#states(caller, at.known);
    const answer = this.overviews.reports(states, Number(own['year']), at);
    return { on: at.effective, known: momentAnswer(known), ...answer };
  }

  #states(caller: Principal, known: bigint): readonly string[] {
    return this.compliance.states(known).filter((state) => may(caller, 'read', state));
  }
}

function yearFault(value: string): string | undefined {
  return /^(19|20|21)\d{2}$/.test(value) ? undefined : 'must be a year, such as 2011';
}
