import { Inject, Injectable } from '@nestjs/common';
import { CatalogueService } from '../catalogue/catalogue.service.ts';
import { ComplianceService } from '../compliance/compliance.service.ts';
import { badParameter, Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import type { Moment } from '../journal/journal.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { latestToday, NotADate } from '../ledger/effective-date.ts';
import { coverOf, type CoverLine } from './cover.ts';
import { filingRefusals, type AskedFiling } from './filing-rules.ts';
import { periodOf } from './period.ts';
import type { Filing, ReportFiled } from './report-book.ts';
import { ReportKeeper, type ReportRequest } from './report-keeper.ts';
import { makeReport } from './report-maker.ts';
import type { Report } from './report.ts';

/** A report with the cover page that belongs to it. */
export interface CoveredReport {
  readonly report: Report;
  readonly cover: readonly CoverLine[];
}

/** Computes reports, files them, and reads what was filed. */
@Injectable()
export class ReportService {
  constructor(
    @Inject(ReportKeeper) private readonly keeper: ReportKeeper,
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(ComplianceService) private readonly compliance: ComplianceService,
    @Inject(CatalogueService) private readonly catalogue: CatalogueService,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
  ) {}

  /** The report of a State for a year, computed from the ledger as known at a moment. */
  async computed(
    state: string,
    year: string,
    asked: string | undefined,
    known: Moment,
  ): Promise<CoveredReport> {
    const report = this.#make(state, year, asked, known);
    const before = this.#before(state, year, known.position);
    const whole = before && (await this.keeper.whole(before));
    return { report, cover: coverOf(report, whole) };
  }

  /** The same figures, texts and period as a filing, as known at another moment. */
  again({ state, year, period }: Filing, known: Moment): Report {
    return this.#make(state, year, period.text, known);
  }

  /** Files the report as the ledger has it now. @throws Problem when it can't be filed */
  async file(
    state: string,
    year: string,
    asked: AskedFiling & {
      readonly period: string | undefined;
      readonly submittedOn: string | undefined;
    },
    request: ReportRequest,
  ): Promise<{ readonly filing: Filing; readonly replayed: boolean }> {
    const { journal } = this.journal;
    const known = journal.momentAt({ position: journal.position });
    const { report, cover } = await this.computed(state, year, asked.period, known);
    const { written, replayed } = await this.keeper.write<ReportFiled>(() => {
      const filings = this.keeper.book.filings(state, 2n ** 63n - 1n);
      refuse(filingRefusals(report, cover, filings, asked));
      const today = new Date(this.clock.now()).toISOString().slice(0, 10);
      return {
        type: 'report-filed-v1',
        state,
        year,
        n: filings.filter((filing) => filing.year === year).length + 1,
        submittedOn: asked.submittedOn ?? today,
        amends: asked.amends ?? null,
        acknowledged: asked.acknowledge,
        coverOnly: asked.coverOnly,
        cover,
        report,
      };
    }, request);
    return { filing: written as Filing, replayed };
  }

  /** @throws Problem when it is no year that can be reported about */
  mustBeYear(year: string): void {
    readPeriod(year, undefined);
  }

  /** @throws Problem `not-found` */
  filing(state: string, year: string, n: string, known: bigint): Filing {
    const found = this.keeper.book
      .filings(state, known)
      .find((filing) => filing.year === year && String(filing.n) === n);
    if (found !== undefined) return found;
    throw new Problem(
      'not-found',
      `${state} has no filing ${n.slice(0, 10)} for ${year.slice(0, 10)}`,
    );
  }

  #make(state: string, year: string, asked: string | undefined, known: Moment): Report {
    const period = readPeriod(year, asked);
    const at = { effective: period.last, known: known.position };
    return makeReport(
      {
        state,
        year,
        period,
        known,
        isFirst:
          this.#before(state, year, known.position) === undefined && this.#isInitial(state, at),
      },
      {
        journal: this.journal.journal,
        texts: this.keeper.book,
        catalogue: this.catalogue.catalogue,
        compliance: this.compliance.of(state, at),
        today: latestToday(this.clock.now()),
      },
    );
  }

  /** Whether the initial report was not submitted before this one could be. */
  #isInitial(state: string, at: { effective: string; known: bigint }): boolean {
    const { current } = this.compliance.of(state, at);
    const initial = current?.obligations.find(({ article }) => article === '7.1');
    return initial !== undefined && (initial.submittedOn ?? null) === null;
  }

  /** The last filing about an earlier year. */
  #before(state: string, year: string, known: bigint): Filing | undefined {
    return this.keeper.book
      .filings(state, known)
      .filter((filing) => filing.year < year)
      .sort((a, b) => a.year.localeCompare(b.year) || a.n - b.n)
      .at(-1);
  }
}

function readPeriod(year: string, asked: string | undefined) {
  try {
    return periodOf(year, asked);
  } catch (error) {
    if (error instanceof NotADate) throw badParameter('period', error.message);
    throw error;
  }
}

function refuse(refusals: ReturnType<typeof filingRefusals>): void {
  const [first] = refusals;
  if (first === undefined) return;
  const names = new Set(refusals.map(({ problem }) => problem));
  const errors = refusals.map(({ pointer, detail, problem: code }) => ({ pointer, detail, code }));
  const detail = `The report can’t be filed for ${refusals.length} reasons; nothing was filed`;
  throw new Problem(names.size === 1 ? first.problem : 'refused', detail, { errors });
}
