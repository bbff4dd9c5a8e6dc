import {
  Anniversaries,
  Days,
  Months,
  NextDayOfYear,
  type Clock,
  type Passing,
  type Stamp,
  type WallCalendar,
} from './calendar-walk.ts';
import type { Completed, FactsAhead, Granted } from './simulated-facts.ts';
import type { FindOnShelf, Shelf } from './simulated-stock.ts';
import { never, type AnnualReport, type FindCase, type Watched } from './told.ts';
import type { FindingName } from '../../src/treaty/obligation.ts';

/** A State from the day of its entry into force on: what comes to pass, one day at a time. */
export class MembershipDays {
  readonly since: Stamp;
  /** The first day on which it was no longer a party. */
  end: Stamp | undefined;
  /** The day on which another membership began. */
  followedOn: Stamp = never;
  protected lastRetained: readonly FindingName[] | undefined;
  protected readonly facts: FactsAhead;
  protected readonly shelf: Shelf;
  /** Facts before this day are those of an earlier membership. */
  protected readonly slateFrom: Stamp;
  protected readonly unchecked: boolean;
  protected readonly stock: Watched;
  protected readonly tenYears: Watched;
  protected readonly initial: Watched;
  protected readonly annuals: AnnualReport[] = [];
  protected readonly cases: FindCase[] = [];
  protected readonly breaches: { from: Stamp; to: Stamp }[] = [];
  protected readonly granted: Granted[] = [];
  protected furthest: Granted | undefined;
  /** The day of the last decision: what was completed before it is open again. */
  protected reopened: Stamp = 0;
  protected readonly longest: Clock;
  /** Deadlines that a decision found already passed: they had not been kept. */
  protected readonly extendedLate = new Set<Clock>();
  protected running: Clock[];
  /** Articles of which the record has not been complete on every day so far; 7.2: of this year. */
  protected readonly uncovered = new Set<string>();
  /** What that was when each clock rang. */
  protected readonly coveredTo = new Map<Clock, boolean>();
  protected today: Stamp = 0;
  protected lastStock: Stamp = 0;
  protected knownWhenDue = false;
  protected completed = false;

  constructor(
    facts: FactsAhead,
    shelf: Shelf,
    slateFrom: Stamp,
    unchecked: boolean,
    now: WallCalendar,
  ) {
    this.since = now.stamp;
    this.facts = facts;
    this.shelf = shelf;
    this.slateFrom = slateFrom;
    this.unchecked = unchecked;
    const today = now.copy();
    this.stock = this.watched('4', new Anniversaries(today, 4));
    this.tenYears = this.watched('5', new Anniversaries(today, 10));
    this.longest = new Anniversaries(today, 20);
    this.initial = this.watched('7.1', new Days(180));
    const watched = [this.stock, this.tenYears, this.initial];
    this.running = [...watched.map(({ clock }) => clock), this.longest];
  }

  /** The clock of the mined areas' deadline as it stands. */
  get areas(): Clock {
    return this.furthest?.until ?? this.tenYears.clock;
  }

  /** Lets the clocks count a day; after the membership they still tell when they would have rung. */
  tick(now: WallCalendar): void {
    for (const clock of this.running) clock.tick(now);
    if (this.running.some(({ isOver }) => isOver)) {
      this.running = this.running.filter(({ isOver }) => !isOver);
    }
    const report = this.annuals.at(-1);
    if (report?.clock.rang === now.stamp && !this.initial.clock.isOver) report.merged = true;
  }

  /** Takes in what happened today; the clocks have been told of the day before. */
  endDay(now: WallCalendar, found: readonly FindOnShelf[]): void {
    this.today = now.stamp;
    if (now.month === 1 && now.day === 1 && this.since < now.stamp) this.beginReport(now.year - 1);
    this.extend(now);
    this.watchCoverage(now);
    if (this.stock.clock.isOver || this.completed) {
      for (const find of found) {
        const clock = new Months(now.copy(), 6);
        this.running.push(clock);
        this.cases.push({ find, clock, lastLeft: 0 });
      }
    }
    for (const each of this.cases) if (each.find.left > 0) each.lastLeft = now.stamp;
    if (this.ownStock() > 0) this.lastStock = now.stamp;
    if (!this.stock.clock.isOver) this.knownWhenDue = this.shelf.known;
    this.completed ||= this.completions('4').length > 0;
  }

  /** The report on a year that is over. */
  beginReport(year: number): AnnualReport {
    const clock = new NextDayOfYear(4, 30);
    const covered = !this.uncovered.has('7.2');
    this.uncovered.delete('7.2');
    const report = { article: '7.2', year, clock, isCovered: () => covered, merged: false };
    this.running.push(clock);
    this.annuals.push(report);
    return report;
  }

  protected watched(article: string, clock: Clock): Watched {
    return { article, clock, isCovered: () => this.coveredTo.get(clock) === true };
  }

  protected watchCoverage(now: WallCalendar): void {
    for (const article of ['4', '5', '7.1', '7.2']) {
      if (!this.facts.isCovered(article, now)) this.uncovered.add(article);
    }
    const clocks = [this.stock, this.tenYears, this.initial];
    const extended = this.facts.extensions.map(({ until }) => ({ article: '5', clock: until }));
    for (const { article, clock } of [...clocks, ...extended]) {
      if (clock.rang === now.stamp) this.coveredTo.set(clock, !this.uncovered.has(article));
    }
  }

  protected extend(now: WallCalendar): void {
    for (const granted of this.facts.extensions) {
      const { decided } = granted;
      if (decided === undefined ? now.stamp !== this.since : decided.done !== now.stamp) continue;
      const { after, rang } = this.areas;
      const { begun = 0, eve = 0 } = decided ?? {};
      const [completed] = this.completions('5').map((each) => each.completed);
      const wasDone = completed?.done !== undefined && completed.done < begun;
      const to = wasDone ? completed.doneEve : eve;
      if (after !== undefined && after <= to) this.breaches.push({ from: after, to });
      if (rang !== undefined && rang < begun) this.extendedLate.add(this.areas);
      this.granted.push(granted);
      if ((this.furthest?.body.until ?? '') < granted.body.until) this.furthest = granted;
      if (decided !== undefined) this.reopened = now.stamp;
    }
  }

  /** Whether an undated extension reaches further than a first one can, or says which one it is. */
  protected isIncomplete(): boolean {
    return this.granted.some(
      ({ body: { ordinal }, decided, until }) =>
        decided === undefined &&
        (ordinal === undefined
          ? (until.rang ?? never) > (this.longest.rang ?? never)
          : ordinal > 1),
    );
  }

  protected ownStock(): number {
    return this.cases.reduce((rest, { find }) => rest - find.left, this.shelf.remaining);
  }

  /** Whether something has happened, and since the State last began anew. */
  protected isMine(passing: Passing): boolean {
    const { done } = passing;
    return done !== undefined && done >= this.slateFrom && done < (this.end ?? never);
  }

  /** The completions of an article by now, the first of them first. */
  protected completions(article: string): readonly Completed[] {
    return this.facts.completions
      .filter(({ body, completed }) => body.article === article && this.isMine(completed))
      .sort((a, b) => (a.completed.done ?? 0) - (b.completed.done ?? 0));
  }

  protected completedLater(article: string, today: Stamp): boolean {
    const all = this.facts.completions
      .filter(({ body }) => body.article === article)
      .map(({ body, completed }) => ({
        passing: completed,
        isDay: body.completedOn !== undefined,
      }));
    return this.isDoneLater(all, today);
  }

  /** Whether what has not been done by now turns out to have been done later. */
  protected isDoneLater(
    all: readonly { passing: Passing; isDay: boolean }[],
    today: Stamp,
  ): boolean {
    const [next] = all
      .filter(({ passing }) => this.isMine(passing) && (passing.done ?? 0) > today)
      .sort((a, b) => (a.passing.done ?? 0) - (b.passing.done ?? 0));
    return next !== undefined && next.isDay && (next.passing.begun ?? 0) > today;
  }
}
