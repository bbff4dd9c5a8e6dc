import { decideFact } from '../../src/treaty/admission.ts';
import { StandingFacts } from '../../src/treaty/fact-book.ts';
import type { AskedFact, Fact, FactBodies } from '../../src/treaty/facts.ts';
import { mineBan } from '../../src/treaty/mine-ban.ts';
import { dayText, WallCalendar, type Stamp } from './calendar-walk.ts';
import { isOrderOpen, Lawful, lastDay } from './lawful.ts';
import { factOf, postingOf, type Scene, type Step } from './random-facts.ts';
import { Simulation } from './simulation.ts';
import type { Posting } from './toy-stock.ts';

/** What was recorded, in order. */
export type Recorded = { readonly fact: Fact } | { readonly posting: Posting };

export interface History {
  readonly recorded: readonly Recorded[];
  readonly tally: Map<string, number>;
}

/** It is 23 November 2026 in the farthest west, and a day later where the day begins. */
const now = Date.parse('2026-11-23T10:00:00Z');
const today: Stamp = 20_261_124;

export const common = new StandingFacts([]);

export function factsOf(recorded: readonly Recorded[]): readonly Fact[] {
  return recorded.flatMap((each) => ('fact' in each ? [each.fact] : []));
}

export function postingsOf(recorded: readonly Recorded[]): readonly Posting[] {
  return recorded.flatMap((each) => ('posting' in each ? [each.posting] : []));
}

/** The days that matter to a record, found by walking through it. */
export function edgesOf(facts: readonly AskedFact[], postings: readonly Posting[]): Stamp[] {
  const walk = new Simulation(facts, postings);
  const edges = new Set<Stamp>(postings.map(({ day }) => Number(day.replaceAll('-', ''))));
  while (walk.now.stamp < lastDay) {
    const was = walk.isParty;
    walk.step();
    if (walk.isParty !== was) edges.add(walk.now.stamp);
  }
  const { current, earlier } = walk.tell();
  for (const { told } of [...earlier, ...(current ? [current] : [])]) {
    for (const { clock } of told) if (clock.rang !== undefined) edges.add(clock.rang);
  }
  return withNeighbours(edges);
}

/** The days with the day before and the day after each. */
function withNeighbours(days: ReadonlySet<Stamp>): Stamp[] {
  const all = new Set<Stamp>();
  const calendar = new WallCalendar(1997, 12, 3);
  let eve = calendar.stamp;
  while (eve < lastDay) {
    calendar.tear();
    const { stamp } = calendar;
    if (days.has(stamp)) all.add(eve).add(stamp);
    if (days.has(eve)) all.add(stamp);
    eve = stamp;
  }
  return [...all];
}

/** Asks for one fact after another; both sides say of each whether it may be recorded. */
export function runHistory(steps: readonly Step[], tally: Map<string, number>): Recorded[] {
  const recorded: Recorded[] = [];
  let days: string[] | undefined;
  for (const [n, step] of steps.entries()) {
    const [facts, postings] = [factsOf(recorded), postingsOf(recorded)];
    days ??= edgesOf(facts, postings).map(dayText);
    const scene: Scene = {
      days: days.filter((day) => day < '2026-12-15'),
      edges: days,
      postings,
      isBound: facts.some(({ kind, body }) => kind === 'instrument' && body.kind !== 'signature'),
      meetings: [],
      hasLeft: facts.some(({ kind }) => kind === 'withdrawal'),
      isExtended: facts.some(({ kind }) => kind === 'extension'),
      isExtendedUndated: facts.some((f) => f.kind === 'extension' && !f.body.decidedOn),
      held: facts.flatMap((f) => (f.kind === 'withdrawal' ? [f.body] : [])).findLast(isHeld),
    };
    if (step.what === 'posting' && scene.isBound) {
      const posting = fitting(postingOf(step, scene, `entry-${n}`), postings);
      if (posting !== undefined) recorded.push({ posting });
    } else {
      const asked = factOf(step, scene);
      // Neither the law nor `api.md` says what holds where decisions can't be put in order.
      if (isOrderOpen(asked, facts)) continue;
      if (!accepts(asked, facts, tally)) continue;
      recorded.push({ fact: asFact(asked, n) });
    }
    days = undefined;
  }
  return recorded;
}

function accepts(asked: AskedFact, facts: readonly Fact[], tally: Map<string, number>): boolean {
  const verdict = new Lawful(facts, today, []).verdict(asked);
  const record = { law: mineBan, facts: new StandingFacts(facts), common };
  const decision = decideFact(asked, record, now);
  const answers =
    decision.outcome === 'refused'
      ? decision.refusals.map(({ code }) => code as string)
      : [decision.outcome];
  count(tally, `${asked.kind} ${verdict}`);
  if (!answers.includes(verdict)) {
    const beside = facts.map(({ kind, body }) => `  ${kind} ${JSON.stringify(body)}`).join('\n');
    throw new Error(
      `${asked.kind} ${JSON.stringify(asked.body)} is ${verdict} by the simulation, ` +
        `and ${JSON.stringify(decision)} by the core, beside:\n${beside}`,
    );
  }
  return verdict === 'accepted';
}

export function count(tally: Map<string, number>, what: string): void {
  tally.set(what, (tally.get(what) ?? 0) + 1);
}

function asFact(asked: AskedFact, n: number): Fact {
  const revision = n + 1;
  return {
    ...asked,
    id: `fact-${n}`,
    position: BigInt(revision),
    revision,
    recordedAt: '2026-11-23T10:00:00.000Z',
    actor: 'secretariat',
    idempotencyKey: `key-${n}`,
    requestHash: '',
  };
}

/** The posting with a quantity that is there on every later day; undefined where nothing is. */
function fitting(posting: Posting, postings: readonly Posting[]): Posting | undefined {
  const out = { destroyed: true, 'custody-out': true, used: true } as Record<string, boolean>;
  if (out[posting.what] !== true) return posting.quantity > 0 ? posting : undefined;
  const days = [posting.day, ...postings.map(({ day }) => day)].filter((day) => day >= posting.day);
  const most = Math.min(...days.map((day) => available(posting, postings, day)));
  const quantity = posting.quantity === 0 ? most : Math.min(posting.quantity, most);
  return quantity > 0 ? { ...posting, quantity } : undefined;
}

function available({ what, find }: Posting, postings: readonly Posting[], by: string): number {
  const sum = (which: (p: Posting) => boolean): number =>
    postings.reduce((n, p) => (p.day <= by && which(p) ? n + p.quantity : n), 0);
  if (what === 'custody-out') {
    return sum((p) => p.what === 'custody-in') - sum((p) => p.what === 'custody-out');
  }
  if (what === 'used') return sum((p) => p.what === 'retained') - sum((p) => p.what === 'used');
  if (find !== undefined) return sum((p) => p.entry === find) - sum((p) => p.find === find);
  return (
    sum((p) => p.what === 'declared') - sum((p) => p.what === 'destroyed' && p.find === undefined)
  );
}

function isHeld({ receivedOn, armedConflict, conflictEndedOn }: FactBodies['withdrawal']): boolean {
  return receivedOn !== undefined && armedConflict === true && conflictEndedOn === undefined;
}
