import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import type { Principal } from '../access/policy.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { plainWrite } from '../http/plain-write.ts';
import { invalidBody } from '../http/problem.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { mustSee, stateProblems, twoTimes } from '../journal/read-parameters.ts';
import { ReadingService } from '../journal/reading.service.ts';
import { entryIdOf, writeRequestOf } from '../stockpile/write-request.ts';
import { submittedOnFault } from './filing-rules.ts';
import { ReportKeeper, type ReportRequest } from './report-keeper.ts';
import type { KnownText, TextWritten } from './report-book.ts';
import { ReportService } from './report.service.ts';
import { FilingDto, TextDto } from './reports.dto.ts';
import { filingAnswer } from './reports.controller.ts';
import * as schemas from './schemas.ts';

const headers = {
  'Idempotency-Key': 'Any text of your own, new each time; its scope is the State',
};

/** What an authority writes into its report, and the moment it files it. */
@ApiTags('Reports')
@ApiState()
@Controller('v1/states/:state/reports/:year')
@Allow('record')
export class FilingController {
  constructor(
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(ReportKeeper) private readonly keeper: ReportKeeper,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
  ) {}

  @Post('texts')
  @Describe({
    summary: 'Write a part of the report in words; it is carried over until it is written again',
    status: 201,
    answer: schemas.text,
    headers,
    problems: ['idempotency-key-missing', 'unknown-state', 'invalid', 'idempotency-key-reused'],
  })
  async write(
    @Param('state') state: string,
    @Param('year') year: string,
    @Body() { part, text }: TextDto,
    @Req() request: FastifyRequest & { principal: Principal },
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.#mustBeYear(year);
    const { written, replayed } = await this.keeper.write<TextWritten>(
      () => ({ type: 'report-text-v1', state, year, part, text: text ?? null }),
      requestOf(request),
    );
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    return textAnswer(written as KnownText);
  }

  @Get('texts')
  @Allow('read')
  @Describe({
    summary: 'Everything that was written for the State’s reports up to this year’s',
    answer: schemas.texts,
    query: { known: twoTimes.known },
    headers: mustSee,
    problems: stateProblems,
  })
  texts(@Param('state') state: string, @Param('year') year: string, @Query() query: unknown) {
    const { at } = this.reading.asked(query);
    const all = this.keeper.book.texts(state, at.known).filter((text) => text.year <= year);
    return { items: all.map(textAnswer), next: null };
  }

  @Post('filings')
  @Describe({
    summary: 'File the report as the ledger has it now: frozen, and a submission under the treaty',
    status: 201,
    answer: schemas.filing,
    headers,
    problems: [
      'idempotency-key-missing',
      'unknown-state',
      'refused',
      'findings-not-acknowledged',
      'period-overlaps',
      'no-such-filing',
      'cover-not-enough',
      'busy-book',
      'invalid',
      'idempotency-key-reused',
      'storage-unavailable',
      'outcome-unknown',
    ],
  })
  async file(
    @Param('state') state: string,
    @Param('year') year: string,
    @Body() body: FilingDto,
    @Req() request: FastifyRequest & { principal: Principal },
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { submittedOn, period, acknowledge = [], amends, coverOnly = false } = body;
    const fault = submittedOnFault(submittedOn, this.clock.now());
    if (fault !== undefined) throw invalidBody([{ pointer: '/submittedOn', detail: fault }]);
    const asked = { submittedOn, period, acknowledge, amends, coverOnly };
    const { filing, replayed } = await this.reports.file(state, year, asked, requestOf(request));
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    const { n } = filing;
    void reply.header('Location', `/v1/states/${state}/reports/${year}/filings/${n}`);
    return filingAnswer(filing);
  }

  /** @throws Problem when it is no year that can be reported about */
  #mustBeYear(year: string): void {
    this.reports.mustBeYear(year);
  }
}

function requestOf(request: FastifyRequest & { principal: Principal }): ReportRequest {
  plainWrite(request);
  const write = writeRequestOf(request);
  const { idempotencyKey, requestHash, actor } = write;
  return { id: entryIdOf(write), idempotencyKey, requestHash, actor };
}

function textAnswer({ id, part, text, year, position, recordedAt, actor }: KnownText) {
  return { id, part, text, year, position: position.toString(), recordedAt, actor };
}
