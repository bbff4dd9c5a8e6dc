import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import { may, type Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { Problem } from '../http/problem.ts';
import { text } from '../http/schema.ts';
import { mustSee, twoTimes } from '../journal/read-parameters.ts';
import { daysAfter } from '../treaty/calendar.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { calendarFile, meetingDays } from './calendar.ts';
import { ComplianceAsking, daysFault } from './compliance-asking.ts';
import { ComplianceService } from './compliance.service.ts';
import { dueDays } from './due-days.ts';
import { Overviews } from './overviews.ts';

const calendarType = 'text/calendar; charset=utf-8';

/** Deadlines and meetings for calendar programs. */
@ApiTags('Obligations')
@Controller('v1')
export class CalendarController {
  constructor(
    @Inject(ComplianceService) private readonly compliance: ComplianceService,
    @Inject(Overviews) private readonly overviews: Overviews,
    @Inject(ComplianceAsking) private readonly asking: ComplianceAsking,
  ) {}

  @Get('calendar.ics')
  @Allow('read-some')
  @Header('Content-Type', calendarType)
  @Describe({
    summary: 'Deadlines and meetings as a calendar (RFC 5545)',
    description:
      'Deadlines from a year before the day asked to so many days after it, and all meetings ' +
      'whose days are known. Of all States together, those that fall due on one day under one ' +
      'article stand as one.',
    mediaType: 'text/calendar',
    answer: text('An iCalendar file'),
    query: {
      on: twoTimes.effective,
      known: twoTimes.known,
      days: 'How many days ahead; 730 unless said',
      state: 'Only this State, each deadline with its status; all that you may read unless said',
    },
    headers: mustSee,
    problems: ['not-yet-known'],
  })
  calendar(@Query() query: unknown, @Caller() caller: Principal): string {
    const { at, known, own } = this.asking.asked(query, {
      own: { days: daysFault, state: stateFault },
    });
    const { state } = own;
    if (state !== undefined && !may(caller, 'read', state)) {
      throw new Problem('forbidden', `The key "${caller.name}" may not read ${state}`);
    }
    const states = state === undefined ? this.compliance.states(at.known) : [state];
    const readable = states.filter((code) => may(caller, 'read', code));
    const horizon = daysAfter(at.effective, Number(own['days'] ?? 730));
    const cases = readable.map((code) => ({
      state: code,
      name: stateName(code) ?? code,
      now: this.compliance.of(code, at),
      then: this.compliance.of(code, { ...at, effective: horizon }),
    }));
    const from = daysAfter(at.effective, -365);
    const days = dueDays(cases, from, horizon, state === undefined);
    const meetings = meetingDays(this.overviews.meetings(at.known, '1900-01-01'));
    const name =
      state === undefined ? 'Mine Ban Convention' : `Mine Ban Convention: ${stateName(state)}`;
    return calendarFile(name, [...days, ...meetings], Date.parse(known.at ?? '1970-01-01'));
  }
}

function stateFault(value: string): string | undefined {
  return stateName(value) === undefined ? 'must be the code of a State, such as XXA' : undefined;
}
