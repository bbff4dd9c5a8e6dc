import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { momentAnswer } from '../journal/answers.ts';
import { JournalService } from '../journal/journal.service.ts';
import { pageOf } from '../journal/page-of.ts';
import { mustSee, paging, stateProblems, twoTimes } from '../journal/read-parameters.ts';
import { ReadingService } from '../journal/reading.service.ts';
import { formatParameters, formatQuery, inFormat } from './in-format.ts';
import { laterPostingsOf } from './later-postings.ts';
import { ReportKeeper } from './report-keeper.ts';
import type { Filing } from './report-book.ts';
import { ReportService } from './report.service.ts';
import { restatement } from './restatement.ts';
import * as schemas from './schemas.ts';

const known = { known: twoTimes.known };

/** Article 7 reports: computed from the ledger, as filed, and as now known. */
@ApiTags('Reports')
@ApiState()
@Controller('v1/states/:state/reports')
@Allow('read')
export class ReportsController {
  constructor(
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(ReportKeeper) private readonly keeper: ReportKeeper,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {}

  @Get()
  @Describe({
    summary: 'Every filing of the State, in the order filed',
    answer: schemas.filings,
    query: { ...known, ...paging },
    headers: mustSee,
    problems: stateProblems,
  })
  list(@Param('state') state: string, @Query() query: unknown) {
    const asked = this.reading.asked(query, { page: true });
    const all = this.keeper.book.filings(state, asked.at.known);
    const order = ({ position }: Filing) => position.toString().padStart(19, '0');
    const { items, next } = pageOf(all, order, asked.page);
    return { known: momentAnswer(asked.known), items: items.map(filingAnswer), next };
  }

  @Get(':year')
  @Describe({
    summary: 'The report for a year, computed from the ledger: every quantity with its explanation',
    answer: schemas.report,
    query: {
      ...known,
      period: 'What it is about, where that is not the calendar year: 2010-04/2011-03',
      ...formatQuery,
    },
    headers: mustSee,
    problems: stateProblems,
  })
  async report(
    @Param('state') state: string,
    @Param('year') year: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const own = { period: () => undefined, ...formatParameters };
    const asked = this.reading.asked(query, { own });
    const period = asked.own['period'];
    const { report, cover } = await this.reports.computed(state, year, period, asked.known);
    const sheets = { report, cover, submittedOn: null, coverOnly: false };
    return inFormat(sheets, asked.own, `${state}-${year}-draft`, reply, { ...report, cover });
  }

  @Get(':year/filings/:n')
  @Describe({
    summary: 'A report as it was filed: the same bytes for ever',
    answer: schemas.filed,
    query: { ...known, ...formatQuery },
    headers: mustSee,
    problems: [...stateProblems, 'not-found'],
  })
  async filing(
    @Param('state') state: string,
    @Param('year') year: string,
    @Param('n') n: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { at, own } = this.reading.asked(query, { own: formatParameters });
    const filing = this.reports.filing(state, year, n, at.known);
    const { report, cover } = await this.keeper.whole(filing);
    const { submittedOn, coverOnly } = filing;
    const answer = { ...filingAnswer(filing), report: { ...report, cover } };
    const sheets = { report, cover, submittedOn, coverOnly };
    return inFormat(sheets, own, `${state}-${year}-filing-${n}`, reply, answer);
  }

  @Get(':year/filings/:n/restatement')
  @Describe({
    summary: 'A report as filed beside as now known: each line that differs, with every reason',
    answer: schemas.restatement,
    query: { ...known, against: 'Another filing for the same year, instead of what is now known' },
    headers: mustSee,
    problems: [...stateProblems, 'not-found'],
  })
  async restated(
    @Param('state') state: string,
    @Param('year') year: string,
    @Param('n') n: string,
    @Query() query: unknown,
  ) {
    const asked = this.reading.asked(query, { own: { against: () => undefined } });
    const filing = this.reports.filing(state, year, n, asked.at.known);
    const { report: filed } = await this.keeper.whole(filing);
    const against = asked.own['against'];
    const now =
      against === undefined
        ? this.reports.again(filing, asked.known)
        : (await this.keeper.whole(this.reports.filing(state, year, against, asked.at.known)))
            .report;
    const later = laterPostingsOf(this.journal.journal, state, BigInt(now.known.position));
    const lines = restatement(filed, now, later);
    return { filing: filingAnswer(filing), known: now.known, rules: now.rules, lines };
  }
}

export function filingAnswer(filing: Filing) {
  const { id, state, year, n, kind, period, submittedOn, recordedAt, actor } = filing;
  const { amends, acknowledged, coverOnly, known: figuresAt, position } = filing;
  return {
    filing: id,
    state,
    year,
    n,
    kind,
    period,
    submittedOn,
    recordedAt,
    actor,
    position: position.toString(),
    figuresAt,
    amends,
    acknowledged,
    coverOnly,
  };
}
