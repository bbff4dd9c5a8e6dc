import type { AskedFact, FactBodies } from '../../src/treaty/facts.ts';
import { Anniversaries, Passing, WallCalendar, type Stamp } from './calendar-walk.ts';
import { saysMoreOf } from './simulated-facts.ts';
import { Simulation } from './simulation.ts';

/** Why a fact can't be recorded, in the words of the refusals; `invalid`: wrong in itself. */
export const verdicts = [
  'accepted',
  'invalid',
  'no-such-act',
  'no-extension',
  'no-instrument',
  'second-instrument',
  'before-opening',
  'second-withdrawal',
  'not-a-party',
  'shorter-than-deadline',
  'longer-than-possible',
  'already-completed',
  'unknown-meeting',
] as const;
export type Verdict = (typeof verdicts)[number];

/** As far as the simulation walks. */
export const lastDay: Stamp = 20_401_231;

/** The first day on which the Convention could be signed. */
const opening: Stamp = 19_971_203;

/** Whether a fact may be recorded beside others, found out by walking to its day. */
export class Lawful {
  readonly #facts: readonly AskedFact[];
  readonly #today: Stamp;
  readonly #meetings: readonly string[];

  /** @param today the day it is where it is latest */
  constructor(facts: readonly AskedFact[], today: Stamp, meetings: readonly string[]) {
    this.#facts = facts;
    this.#today = today;
    this.#meetings = meetings;
  }

  verdict(asked: AskedFact): Verdict {
    if (happened(asked).some((text) => lastDayOf(text) > this.#today)) return 'invalid';
    switch (asked.kind) {
      case 'instrument':
        return this.#instrument(asked.body);
      case 'withdrawal':
        return this.#withdrawal(asked.body);
      case 'extension':
        return this.#extension(asked.body);
      case 'completion':
        return this.#completion(asked.body);
      case 'report-submission':
        return this.#submission(asked.body);
      case 'breach':
        return this.#bound();
      case 'coverage':
      case 'objection':
      case 'meeting':
      case 'action-plan':
      case 'reversal':
        return 'accepted';
    }
  }

  #instrument(body: FactBodies['instrument']): Verdict {
    const { kind, signedOn, depositedOn, entryIntoForce } = body;
    if ((entryIntoForce !== undefined) !== (kind === 'succession')) return 'invalid';
    if (kind === 'signature') {
      if (signedOn === undefined) return 'invalid';
      if (lastDayOf(signedOn) < opening) return 'before-opening';
      const signed = this.#facts.some((f) => f.kind === 'instrument' && f.body.signedOn);
      return signed ? 'second-instrument' : 'accepted';
    }
    if (depositedOn === undefined) return 'invalid';
    if (kind !== 'succession' && !isWithinMonth(depositedOn)) return 'invalid';
    if (lastDayOf(depositedOn) < opening) return 'before-opening';
    const walk = this.#walkTo(depositedOn);
    const free = !walk.isParty && walk.ahead === 0;
    return free ? 'accepted' : 'second-instrument';
  }

  #withdrawal(body: FactBodies['withdrawal']): Verdict {
    const { kind, receivedOn, effectiveOn, notifiedOn, armedConflict, conflictEndedOn } = body;
    if (conflictEndedOn !== undefined && armedConflict !== true) return 'invalid';
    if (kind === 'suspension') return 'no-such-act';
    const day = receivedOn ?? notifiedOn ?? effectiveOn;
    if (day === undefined) return 'invalid';
    const walk = this.#walkTo(day);
    const from = walk.lastDeposited;
    if (from === undefined) return 'no-instrument';
    while (walk.now.stamp < lastDay) walk.step();
    const recorded = walk.withdrawnFrom.get(from)?.body;
    return recorded === undefined || saysMoreOf(recorded, body) ? 'accepted' : 'second-withdrawal';
  }

  #extension({ article, until, decidedOn, meeting }: FactBodies['extension']): Verdict {
    const decision = decidedOn ?? until;
    if (lastDayOf(until) < firstDayOf(decision)) return 'invalid';
    if (article === '4') return 'no-extension';
    if (this.#bound() !== 'accepted') return 'no-instrument';
    if (meeting !== undefined && !this.#meetings.includes(meeting)) return 'unknown-meeting';
    const walk = this.#walkTo(decision);
    const [before, decided] = [walk.areas, walk.now.copy()];
    if (before === undefined) {
      const early = decidedOn === undefined && walk.ahead > 0;
      return early ? 'shorter-than-deadline' : 'not-a-party';
    }
    if (before.rang !== undefined && !isLonger(until, 0, before.rang)) {
      return 'shorter-than-deadline';
    }
    while (before.rang === undefined && walk.now.stamp < lastDay) walk.step();
    const deadline = before.rang ?? lastDay;
    if (!isLonger(until, 0, deadline)) return 'shorter-than-deadline';
    if (this.#hasShorterLater(until, decision)) return 'shorter-than-deadline';
    return isLonger(until, 10, Math.max(deadline, decided.stamp))
      ? 'longer-than-possible'
      : 'accepted';
  }

  /** Whether a decision that is recorded and came later, of the same membership, gives less. */
  #hasShorterLater(until: string, decision: string): boolean {
    const { slate } = this.#walkTo(decision);
    return this.#facts.some(
      ({ kind, body }) =>
        kind === 'extension' &&
        lastDayOf(body.decidedOn ?? body.until) >= lastDayOf(decision) &&
        this.#walkTo(body.decidedOn ?? body.until).slate === slate &&
        body.until <= until,
    );
  }

  #completion(body: FactBodies['completion']): Verdict {
    if (this.#bound() !== 'accepted') return 'no-instrument';
    const { article } = body;
    const completed = body.completedOn ?? body.declaredOn;
    if (completed === undefined) return 'invalid';
    const declared = body.declaredOn ?? completed;
    if (lastDayOf(declared) < firstDayOf(completed)) return 'invalid';
    const walk = this.#walkTo(completed);
    if (!walk.isParty && walk.ahead === 0) return 'not-a-party';
    const after = this.#completions(article)
      .map((other) => other.completedOn ?? other.declaredOn ?? completed)
      .filter((other) => lastDayOf(other) >= lastDayOf(completed));
    const { slate } = walk;
    const again = after.some((other) => this.#walkTo(other).slate === slate);
    return again ? 'already-completed' : 'accepted';
  }

  #completions(article: string): readonly FactBodies['completion'][] {
    const all = this.#facts.filter((fact) => fact.kind === 'completion');
    return all.map(({ body }) => body).filter((body) => body.article === article);
  }

  #submission({
    period,
    submittedOn = period,
    voluntary,
  }: FactBodies['report-submission']): Verdict {
    if (lastDayOf(submittedOn) < firstDayOf(period)) return 'invalid';
    return voluntary === true ? 'accepted' : this.#bound();
  }

  #bound(): Verdict {
    const binds = this.#facts.some((f) => f.kind === 'instrument' && f.body.kind !== 'signature');
    return binds ? 'accepted' : 'no-instrument';
  }

  #walkTo(text: string): Simulation {
    const walk = new Simulation(this.#facts, []);
    const day = new Passing(text);
    while (day.done === undefined && walk.now.stamp < lastDay) {
      walk.step();
      day.pass(walk.now);
    }
    return walk;
  }
}

/** Whether the record leaves open which of two decisions on extensions came first. */
export function isOrderOpen(asked: AskedFact, facts: readonly AskedFact[]): boolean {
  const decided = ({ kind, body }: AskedFact) =>
    kind === 'extension' ? body.decidedOn : undefined;
  const own = decided(asked);
  return facts.some((other) => {
    const that = decided(other);
    if (own === undefined || that === undefined) return false;
    return firstDayOf(own) <= lastDayOf(that) && firstDayOf(that) <= lastDayOf(own);
  });
}

/** What a fact says has happened: no such day lies ahead. */
function happened(asked: AskedFact): readonly string[] {
  const { body } = asked;
  const names = ['signedOn', 'depositedOn', 'notifiedOn', 'receivedOn', 'conflictEndedOn'];
  const more = [
    'decidedOn',
    'completedOn',
    'declaredOn',
    'submittedOn',
    'statedOn',
    'to',
    'period',
  ];
  const dates: Readonly<Record<string, unknown>> = { ...body };
  return [...names, ...more].map((name) => dates[name]).filter((date) => typeof date === 'string');
}

const known = new Map<string, Stamp>();

/** The last day of a date, met on a calendar that begins in 1990. */
export function lastDayOf(text: string): Stamp {
  const kept = known.get(text);
  if (kept !== undefined) return kept;
  const now = new WallCalendar(1990, 1, 1);
  const day = new Passing(text);
  for (day.pass(now); day.done === undefined && now.stamp < lastDay; day.pass(now)) now.tear();
  const last = day.done ?? now.stamp;
  known.set(text, last);
  return last;
}

/** The first day of a date, met on the same calendar. */
function firstDayOf(text: string): Stamp {
  const now = new WallCalendar(1990, 1, 1);
  const day = new Passing(text);
  for (day.pass(now); day.begun === undefined && now.stamp < lastDay; day.pass(now)) now.tear();
  return day.begun ?? now.stamp;
}

function isWithinMonth(text: string): boolean {
  const [from, to] = [firstDayOf(text), lastDayOf(text)];
  return Math.floor(from / 100) === Math.floor(to / 100);
}

/** Whether a day lies after so many anniversaries of another. */
function isLonger(until: string, years: number, from: Stamp): boolean {
  const now = new WallCalendar(Math.floor(from / 10_000), Math.floor(from / 100) % 100, from % 100);
  const asked = Number(until.replaceAll('-', ''));
  const longest = new Anniversaries(now.copy(), years);
  while (years > 0 && longest.rang === undefined) {
    now.tear();
    longest.tick(now);
  }
  return asked > now.stamp;
}
