import type { AskedFact, FactBodies } from '../../src/treaty/facts.ts';
import type { Status } from '../../src/treaty/obligation.ts';
import {
  FirstsOfMonth,
  Named,
  Passing,
  WallCalendar,
  type Clock,
  type Stamp,
} from './calendar-walk.ts';
import { FactsAhead, type Leaving } from './simulated-facts.ts';
import { SimulatedMembership } from './simulated-membership.ts';
import type { Told } from './told.ts';
import { Shelf } from './simulated-stock.ts';
import type { Posting } from './toy-stock.ts';

/** What a day says of a State. */
export interface SimulatedDay {
  readonly party: boolean;
  /** Its present membership, or the last. */
  readonly current: Membership | undefined;
  readonly earlier: readonly Membership[];
  /** Whether an instrument is deposited that is not yet in force. */
  readonly coming: Clock | undefined;
}

export interface Membership {
  readonly since: Stamp;
  readonly told: readonly Told[];
}

type Instrument = FactBodies['instrument'];

/** An instrument on its way into force. */
interface Entering {
  readonly body: Instrument;
  readonly deposited: Passing | undefined;
  clock: Clock | undefined;
  /** Withdrawn before it came into force. */
  isCalledOff: boolean;
}

/** Whether it is deposited and not yet in force. */
function isComing({ deposited, clock, isCalledOff }: Entering): boolean {
  return !isCalledOff && deposited?.done !== undefined && clock?.rang === undefined;
}

/** The Convention was opened for signature on 3 December 1997. */
const dayBeforeTheFirst = [1997, 12, 2] as const;

/**
 * One State under the Convention, written from `api.md`, `law.md` and the issue alone: a calendar
 * from which a sheet is torn each day, clocks that count, and what is known to happen on each day.
 * It can't look ahead: when something falls due it learns on that day, by having run so far.
 */
export class Simulation {
  readonly now = new WallCalendar(...dayBeforeTheFirst);
  readonly #facts: FactsAhead;
  readonly #shelf: Shelf;
  readonly #entering: readonly Entering[];
  readonly #left = new Set<Leaving>();
  /** Instruments from which a withdrawal is recorded so far. */
  readonly withdrawnFrom = new Map<Instrument, Leaving>();
  readonly #past: Membership[] = [];
  /** Memberships that are over: their clocks run on only to tell when they would have rung. */
  readonly #over: SimulatedMembership[] = [];
  #membership: SimulatedMembership | undefined;
  #endedOn: Stamp = 0;
  #lastReport: { membership: SimulatedMembership; year: number } | undefined;

  constructor(facts: readonly AskedFact[], postings: readonly Posting[]) {
    this.#facts = new FactsAhead(facts);
    this.#shelf = new Shelf(postings);
    this.#entering = this.#facts.instruments.map((body) => ({
      body,
      deposited: body.depositedOn === undefined ? undefined : new Passing(body.depositedOn),
      clock: body.entryIntoForce === undefined ? undefined : new Named(body.entryIntoForce),
      isCalledOff: false,
    }));
  }

  /** Lets the next day pass, to its end. */
  step(): void {
    const { year } = this.now;
    this.now.tear();
    this.#membership?.tick(this.now);
    for (const each of this.#over) each.tick(this.now);
    this.#leave(year);
    this.#reportOnLastYear();
    this.#facts.pass(this.now);
    this.#enter();
    const found = this.#shelf.pass(this.now);
    this.#membership?.endDay(this.now, found);
    this.#tag();
  }

  /** The clock of the mined areas' deadline as it stands today. */
  get areas(): Clock | undefined {
    return this.#membership?.areas;
  }

  get isParty(): boolean {
    return this.#membership !== undefined;
  }

  /** The day on which it last ceased to be a party; 0 before that. */
  get slate(): Stamp {
    return this.#endedOn;
  }

  /** The binding instrument that was deposited last by today. */
  get lastDeposited(): Instrument | undefined {
    const all = this.#entering.filter(({ deposited }) => deposited?.done !== undefined);
    return all.sort((a, b) => (a.deposited?.done ?? 0) - (b.deposited?.done ?? 0)).at(-1)?.body;
  }

  /** Instruments that are recorded and not in force by today. */
  get ahead(): number {
    return this.#entering.filter(
      ({ clock, isCalledOff }) => !isCalledOff && clock?.rang === undefined,
    ).length;
  }

  tell(): SimulatedDay {
    const membership = this.#membership;
    const all = [...this.#past];
    if (membership) all.push({ since: membership.since, told: membership.tell(this.#leaving) });
    return {
      party: membership !== undefined,
      current: all.at(-1),
      earlier: all.slice(0, -1),
      coming: this.#entering.find(isComing)?.clock,
    };
  }

  #enter(): void {
    for (const entering of this.#entering) {
      entering.clock?.tick(this.now);
      entering.deposited?.pass(this.now);
      if (entering.deposited?.done === this.now.stamp) entering.clock ??= this.#entryClock();
      if (entering.clock?.rang !== this.now.stamp || entering.isCalledOff) continue;
      const unchecked = entering.body.basis === 'to be checked';
      for (const each of this.#over) each.followedOn = Math.min(each.followedOn, this.now.stamp);
      this.#membership = new SimulatedMembership(
        this.#facts,
        this.#shelf,
        this.#endedOn,
        unchecked,
        this.now,
      );
    }
  }

  /** With the fortieth deposit, on 16 September 1998, the day was fixed for the first forty. */
  #entryClock(): Clock {
    const amongTheFirst = this.now.stamp <= 19_980_916;
    return amongTheFirst ? new Named('1999-03-01') : new FirstsOfMonth(6);
  }

  /** The withdrawal that is recorded and has not taken effect. */
  get #leaving(): Leaving | undefined {
    return this.#facts.leavings.find((each) => !this.#left.has(each));
  }

  /** The withdrawal takes effect: what stood on the eve is frozen, what was open is over. */
  #leave(lastYear: number): void {
    for (const leaving of this.#facts.leavings) {
      if (this.#left.has(leaving) || !leaving.pass(this.now)) continue;
      this.#left.add(leaving);
      this.#endedOn = this.now.stamp;
      const coming = this.#entering.find(isComing);
      if (coming) coming.isCalledOff = true;
      const membership = this.#membership;
      if (membership === undefined) continue;
      const told = membership.tell(undefined).map(frozen);
      membership.close(this.now, lastYear);
      this.#past.push({ since: membership.since, told });
      this.#over.push(membership);
      this.#membership = undefined;
      this.#lastReport = { membership, year: lastYear };
    }
  }

  /** Of a withdrawal that is first heard of today: from which instrument it is. */
  #tag(): void {
    for (const leaving of this.#facts.leavings) {
      const from = leaving.beginsToday ? this.lastDeposited : undefined;
      if (from) this.withdrawnFrom.set(from, leaving);
    }
  }

  /** The year in which a membership ended is over, and its report would begin to be owed. */
  #reportOnLastYear(): void {
    const past = this.#past.at(-1);
    if (this.now.month !== 1 || this.now.day !== 1 || !this.#lastReport || !past) return;
    const { membership, year } = this.#lastReport;
    this.#lastReport = undefined;
    if (year !== this.now.year - 1) return;
    const told = frozen(membership.tellAnnual(membership.beginReport(year), undefined));
    this.#past[this.#past.length - 1] = { ...past, told: [...past.told, told] };
  }
}

/** A report that falls due after the effect is not owed; other things end with the membership. */
function frozen(told: Told): Told {
  const now = (status: Status): Status => {
    if (status !== 'pending') return status;
    return told.article.startsWith('7') ? 'not-owed' : 'ended';
  };
  return { ...told, status: () => now(told.status()) };
}
