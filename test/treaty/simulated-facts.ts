import type { AskedFact, FactBodies, FactKind } from '../../src/treaty/facts.ts';
import {
  Months,
  Named,
  NextDayOfYear,
  Passing,
  WallCalendar,
  type Clock,
  type Stamp,
} from './calendar-walk.ts';

type Body<K extends FactKind> = FactBodies[K];

export interface Completed {
  readonly body: Body<'completion'>;
  readonly completed: Passing;
  readonly declared: Passing | undefined;
}

export interface Submitted {
  readonly body: Body<'report-submission'>;
  /** Where no day is given: not before the period that it is about was over. */
  readonly submitted: Passing;
  readonly years: ReadonlySet<number>;
}

export interface Granted {
  readonly body: Body<'extension'>;
  readonly decided: Passing | undefined;
  readonly until: Clock;
}

export interface Broken {
  readonly body: Body<'breach'>;
  readonly stated: Passing | undefined;
}

export interface Covered {
  readonly body: Body<'coverage'>;
  readonly from: Passing;
  readonly to: Passing;
}

/** A withdrawal: six months counted from its receipt, then held back while there is a war. */
export class Leaving {
  readonly body: Body<'withdrawal'>;
  readonly #received: Passing | undefined;
  readonly #first: Passing | undefined;
  readonly #warOver: Passing | undefined;
  #months: Clock | undefined;
  #war: boolean;

  constructor(body: Body<'withdrawal'>) {
    this.body = body;
    const day = body.receivedOn;
    this.#received = day === undefined ? undefined : new Passing(day);
    const first = day ?? body.notifiedOn ?? body.effectiveOn;
    this.#first = first === undefined ? undefined : new Passing(first);
    const war = body.conflictEndedOn;
    this.#warOver = war === undefined ? undefined : new Passing(war);
    this.#war = body.armedConflict === true;
    if (day === undefined && body.effectiveOn !== undefined) {
      this.#months = new Named(body.effectiveOn);
    }
  }

  /** Whether the first that is known of it happens on the day that passed last. */
  beginsToday = false;

  /** The day on which it took effect. */
  effect: Stamp | undefined;

  /** Lets a day pass. @returns whether it takes effect today, or has */
  pass(now: WallCalendar): boolean {
    this.#months?.tick(now);
    this.#received?.pass(now);
    this.#first?.pass(now);
    this.beginsToday = this.#first?.done === now.stamp;
    this.#warOver?.pass(now);
    if (this.#warOver?.done === now.stamp) this.#war = false;
    if (this.#received?.done === now.stamp) this.#months = new Months(now.copy(), 6);
    if (this.#months?.rang !== undefined && !this.#war) this.effect ??= now.stamp;
    return this.effect !== undefined;
  }
}

/** Everything recorded of a State, to be met by the calendar day by day. */
export class FactsAhead {
  readonly instruments: readonly Body<'instrument'>[];
  readonly leavings: readonly Leaving[];
  readonly completions: readonly Completed[];
  readonly submissions: readonly Submitted[];
  readonly extensions: readonly Granted[];
  readonly breaches: readonly Broken[];
  readonly coverages: readonly Covered[];
  readonly #passing: Passing[] = [];
  readonly #clocks: Clock[] = [];

  constructor(facts: readonly AskedFact[]) {
    const bodies = <K extends FactKind>(kind: K): readonly Body<K>[] =>
      facts.filter((fact) => fact.kind === kind).map((fact) => fact.body as Body<K>);
    this.instruments = bodies('instrument').filter(({ kind }) => kind !== 'signature');
    this.leavings = bodies('withdrawal')
      .filter((body, n, all) => !all.slice(n + 1).some((later) => saysMoreOf(body, later)))
      .map((body) => new Leaving(body));
    this.completions = bodies('completion').map((body) => ({
      body,
      completed: this.#met(body.completedOn ?? body.declaredOn ?? ''),
      declared: body.declaredOn === undefined ? undefined : this.#met(body.declaredOn),
    }));
    this.submissions = bodies('report-submission').map((body) => ({
      body,
      submitted: this.#met(body.submittedOn ?? body.period),
      years: yearsAnswered(body),
    }));
    this.extensions = bodies('extension').map((body) => ({
      body,
      decided: body.decidedOn === undefined ? undefined : this.#met(body.decidedOn),
      until: this.#named(body.until),
    }));
    this.breaches = bodies('breach').map((body) => ({
      body,
      stated: body.statedOn === undefined ? undefined : this.#met(body.statedOn),
    }));
    this.coverages = bodies('coverage').map((body) => ({
      body,
      from: this.#met(body.from),
      to: this.#met(body.to),
    }));
  }

  pass(now: WallCalendar): void {
    for (const passing of this.#passing) passing.pass(now);
    for (const clock of this.#clocks) clock.tick(now);
  }

  /** Whether the record of an article is said to be complete for today. */
  isCovered(article: string, now: WallCalendar): boolean {
    return this.coverages.some(
      ({ body, from, to }) =>
        body.article === article &&
        from.begun !== undefined &&
        (to.done === undefined || to.done === now.stamp),
    );
  }

  #met(text: string): Passing {
    const passing = new Passing(text);
    this.#passing.push(passing);
    return passing;
  }

  #named(day: string): Clock {
    const clock = new Named(day);
    this.#clocks.push(clock);
    return clock;
  }
}

/** Whether the second tells more of the same withdrawal: its receipt, or the end of a conflict. */
export function saysMoreOf(first: Body<'withdrawal'>, second: Body<'withdrawal'>): boolean {
  if (second.receivedOn === undefined) return false;
  if (first.receivedOn === second.receivedOn) {
    return first.armedConflict === true && first.conflictEndedOn === undefined;
  }
  const { notifiedOn = second.notifiedOn } = first;
  return first.receivedOn === undefined && notifiedOn === second.notifiedOn;
}

/**
 * The calendar years that a report is about: those within its period from the first day to the
 * last, and for an annual one, the year of the 30 April that comes next. An initial report is about
 * every year that ends in its period before it is submitted.
 */
function yearsAnswered({
  kind,
  period,
  submittedOn,
}: Body<'report-submission'>): ReadonlySet<number> {
  const years = new Set<number>();
  const passing = new Passing(period);
  const submitted = new Passing(submittedOn ?? period);
  const now = new WallCalendar(Number(period.slice(0, 4)), 1, 1);
  const due = new NextDayOfYear(4, 30);
  let whole = false;
  for (; due.rang === undefined; now.tear()) {
    const over = passing.done !== undefined;
    const isSent = submitted.done !== undefined;
    submitted.pass(now);
    passing.pass(now);
    if (now.month === 1 && now.day === 1) whole = !over && passing.begun !== undefined;
    const within = !over && passing.begun !== undefined;
    const counts = kind === 'initial' ? within && !isSent : within && whole;
    if (now.month === 12 && now.day === 31 && counts) years.add(now.year);
    if (passing.done === undefined) continue;
    due.tick(now);
    if (due.rang !== undefined && kind === 'annual') years.add(now.year - 1);
  }
  return years;
}
