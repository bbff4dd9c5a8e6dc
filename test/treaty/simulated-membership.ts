import type { FindingName, Status } from '../../src/treaty/obligation.ts';
import type { WallCalendar } from './calendar-walk.ts';
import { MembershipDays } from './membership-days.ts';
import type { Completed, Leaving, Submitted } from './simulated-facts.ts';
import {
  isOpen,
  isOpenWhen,
  never,
  past,
  timely,
  type AnnualReport,
  type FindCase,
  type Told,
  type Watched,
} from './told.ts';

/** What a State owes from the day of its entry into force on, and what a day says of it. */
export class SimulatedMembership extends MembershipDays {
  /** What this day says of everything owed. */
  tell(leaving: Leaving | undefined): readonly Told[] {
    return [
      this.#tellStock(),
      ...this.cases.map((each) => this.#tellFind(each)),
      this.#tellAreas(),
      this.#tellInitial(),
      ...this.annuals.map((report) => this.tellAnnual(report, leaving)),
    ];
  }

  #tellStock(): Told {
    const { clock } = this.stock;
    const own = this.ownStock();
    const all = this.completions('4');
    const { known, unverifiable, custody, remaining } = this.shelf;
    const broken = this.#broken(this.stock);
    const over = clock.isOver;
    const wasHeld = over && this.lastStock >= (clock.rang ?? 0);
    const today = this.today;
    const wasKnown = !over || this.knownWhenDue;
    const figures = (): Status | undefined => {
      if (known && own > 0) return over ? 'missed' : undefined;
      if (known && (wasHeld || (over && broken()))) return 'met-late';
      if (known && wasKnown) return 'met';
      const open = broken() || this.completedLater('4', today);
      return over && !open && this.stock.isCovered() ? 'met' : undefined;
    };
    const isCase = this.cases.length > 0;
    const told = this.#tellDeadline(this.stock, all, figures);
    return {
      ...told,
      remaining: known ? remaining : undefined,
      findings: () => [
        ...told.findings(),
        ...(all.length === 0 && told.status().startsWith('met')
          ? ['zero-not-declared' as const]
          : []),
        ...(all.length > 0 && own > 0 ? ['declared-with-remaining' as const] : []),
        ...(isCase ? ['found-since' as const] : []),
        ...(over && unverifiable > 0 ? ['unverifiable-stock' as const] : []),
        ...(over && custody > 0 ? ['custody-past-deadline' as const] : []),
      ],
    };
  }

  #tellFind({ find, clock, lastLeft }: FindCase): Told {
    const late = clock.isOver && lastLeft >= (clock.rang ?? 0);
    const open = clock.isOver ? 'missed' : 'pending';
    const status = find.left > 0 ? open : late ? 'met-late' : 'met';
    return {
      article: '4-found',
      entry: find.entry,
      clock,
      status: () => status,
      remaining: find.left,
      findings: () => [],
    };
  }

  #tellAreas(): Told {
    const clock = this.areas;
    const over = clock.isOver;
    const isCovered = () => this.coveredTo.get(clock) === true;
    const breaches = [...this.breaches];
    const read = this.furthest?.body.readAsOf !== undefined;
    const unsure = this.granted.some(({ body }) => body.basis === 'to be checked');
    const told = this.#tellDeadline(
      { article: '5', clock, isCovered },
      this.completions('5'),
      () => (over && this.extendedLate.has(clock) ? 'missed' : undefined),
    );
    const anyGranted = this.granted.length > 0;
    return {
      ...told,
      breaches,
      findings: () => [
        ...told.findings(),
        ...(breaches.length > 0 ? ['breach-before-decision' as const] : []),
        ...(unsure ? ['to-be-checked' as const] : []),
        ...(anyGranted && this.isIncomplete() ? ['earlier-extension-unrecorded' as const] : []),
        ...(read && told.status() === 'unrecorded' ? ['deadline-read-earlier' as const] : []),
      ],
    };
  }

  /** Of a deadline: completed, or not yet, or past it with what speaks for or against it. */
  #tellDeadline(
    watched: Watched,
    all: readonly Completed[],
    figures: () => Status | undefined,
  ): Told {
    const { article, clock } = watched;
    const [over, today] = [clock.isOver, this.today];
    const broken = this.#broken(watched);
    const reopened = article === '5' ? this.reopened : 0;
    const standing = all.filter(({ completed }) => (completed.done ?? 0) >= reopened);
    const [done] = standing;
    return {
      article,
      clock,
      status: () => {
        if (done !== undefined && done.body.completedOn === undefined) return 'met';
        if (done !== undefined) return timely(done.completed, clock);
        return (
          figures() ??
          (over ? past(broken() || this.completedLater(article, today), watched) : 'pending')
        );
      },
      findings: () => [
        ...(broken() ? ['breach-recorded' as const] : []),
        ...(standing.length > 1 ? ['later-declaration' as const] : []),
        ...(standing.length < all.length ? ['extended-since-completion' as const] : []),
        ...(done && isOpenWhen(done, clock) ? ['completion-day-open' as const] : []),
        ...this.#basis(done?.body.basis),
      ],
    };
  }

  #tellInitial(): Told {
    const covers = [...this.annuals];
    const told = this.#tellReport(this.initial);
    const retained = covers.map((report) => ({ report, findings: this.#retained(report.year) }));
    return {
      ...told,
      covers,
      findings: () => [
        ...told.findings(),
        ...retained.flatMap(({ report, findings }) => (report.merged ? findings : [])),
      ],
    };
  }

  /** Of the report on a calendar year. */
  tellAnnual(report: AnnualReport, leaving: Leaving | undefined): Told {
    const { clock, year } = report;
    const told = this.#tellReport(report, year);
    const retained = this.#retained(year);
    return {
      ...told,
      period: String(year),
      isMerged: () => report.merged,
      findings: () => {
        const early = leaving?.effect !== undefined && leaving.effect <= (clock.rang ?? 0);
        const found = [...told.findings(), ...retained];
        return early ? [...found, 'withdrawal-under-way'] : found;
      },
    };
  }

  /** Closes the record: nothing of later days is added. */
  close(now: WallCalendar, lastYear: number): void {
    this.lastRetained = this.#retained(lastYear);
    this.end = now.stamp;
  }

  #retained(year: number): readonly FindingName[] {
    if (this.lastRetained !== undefined) return this.lastRetained;
    const retained = this.shelf.years.get(year);
    const findings: FindingName[] = [];
    if (retained && retained.held > 0 && !retained.accounted) {
      findings.push('retained-without-account');
    }
    if (retained?.grewWithoutReason) findings.push('retained-rose-without-reason');
    return findings;
  }

  #tellReport(watched: Watched, year?: number): Told {
    const { article, clock } = watched;
    const [sent] = this.#reports(year);
    const over = clock.isOver;
    const broken = this.#broken(watched, year);
    const dated = sent?.body.submittedOn !== undefined;
    const today = this.today;
    const later = () =>
      this.isDoneLater(
        this.#reports(year).map(({ body, submitted }) => ({
          passing: submitted,
          isDay: body.submittedOn !== undefined,
        })),
        today,
      );
    return {
      article,
      clock,
      status: () => {
        if (sent !== undefined) return dated ? timely(sent.submitted, clock) : 'met';
        return over ? past(broken() || later(), watched) : 'pending';
      },
      findings: () => [
        ...(broken() ? ['breach-recorded' as const] : []),
        ...(sent && (!dated || isOpen(sent.submitted, clock))
          ? ['submission-day-open' as const]
          : []),
        ...this.#basis(sent?.body.basis),
      ],
    };
  }

  /** The reports by now that answer for a year, or the initial ones; the first of them first. */
  #reports(year: number | undefined): readonly Submitted[] {
    return this.facts.submissions
      .filter(({ body, submitted }) => body.voluntary !== true && this.isMine(submitted))
      .filter(({ body, years }) => (year === undefined ? body.kind === 'initial' : years.has(year)))
      .sort((a, b) => (a.submitted.done ?? 0) - (b.submitted.done ?? 0));
  }

  /**
   * Whether a source states that it was not met: of a deadline that has passed by now, whenever it
   * is stated, but of this one and not when the State has become a party again.
   */
  #broken({ article, clock }: Watched, year?: number): () => boolean {
    const over = clock.isOver;
    const period = year === undefined ? undefined : String(year);
    const all = this.facts.breaches.filter(
      ({ body }) => body.article === article && body.period === period,
    );
    return () =>
      over &&
      all.some(({ stated }) => {
        if (stated === undefined) return true;
        const { done = never } = stated;
        const last = year === undefined ? done : year * 10_000 + 1231;
        return (clock.rang ?? 0) < done && last < this.followedOn;
      });
  }

  #basis(...of: (string | undefined)[]): readonly FindingName[] {
    return this.unchecked || of.includes('to be checked') ? ['to-be-checked'] : [];
  }
}
