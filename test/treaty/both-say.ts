import { strict as assert } from 'node:assert';
import { StandingFacts } from '../../src/treaty/fact-book.ts';
import { mineBan } from '../../src/treaty/mine-ban.ts';
import type { Obligation } from '../../src/treaty/obligation.ts';
import { complianceOf, type Compliance, type Standing } from '../../src/treaty/obligations.ts';
import { dayText, type Stamp } from './calendar-walk.ts';
import { lastDay } from './lawful.ts';
import { common, count, edgesOf, factsOf, postingsOf, type Recorded } from './random-history.ts';
import { Simulation, type Membership, type SimulatedDay } from './simulation.ts';
import type { Told } from './told.ts';
import { toyStock } from './toy-stock.ts';

export type Words = Record<string, unknown>;

/** What the core and the simulation say of a State on a day, in the same words. */
export interface BothSay {
  readonly day: string;
  readonly core: Words;
  readonly simulated: Words;
}

/** Asks both what they say on some of the days that matter. */
export function bothSay(
  recorded: readonly Recorded[],
  pick: (days: readonly Stamp[]) => ReadonlySet<Stamp>,
  tally: Map<string, number>,
): readonly BothSay[] {
  const [facts, postings] = [factsOf(recorded), postingsOf(recorded)];
  const asked = pick(edgesOf(facts, postings));
  const walk = new Simulation(facts, postings);
  const answers = new Map<Stamp, SimulatedDay>();
  while (walk.now.stamp < lastDay || !allRang(answers)) {
    walk.step();
    if (asked.has(walk.now.stamp)) answers.set(walk.now.stamp, walk.tell());
  }
  const standing = new StandingFacts(facts);
  const stock = toyStock(postings);
  return [...answers].map(([stamp, answer]) => {
    const day = dayText(stamp);
    const core = complianceOf(mineBan, standing, common, stock, day);
    return { day, core: complianceInWords(core), simulated: dayInWords(answer, tally) };
  });
}

/** @throws AssertionError at the first day on which they differ */
export function agreeOn(all: readonly BothSay[]): void {
  for (const { day, core, simulated } of all) {
    const label = `on ${day} the core (actual) differs from the simulation (expected)`;
    assert.deepEqual(core, simulated, label);
  }
}

function complianceInWords({ party, current, earlier, coming }: Compliance): Words {
  return {
    party,
    current: current && standingInWords(current),
    earlier: earlier.map(standingInWords),
    coming: coming?.entryIntoForce.day,
  };
}

function dayInWords(answer: SimulatedDay, tally: Map<string, number>): Words {
  return {
    party: answer.party,
    current: answer.current && simulatedInWords(answer.current, tally),
    earlier: answer.earlier.map((each) => simulatedInWords(each, tally)),
    coming: text(answer.coming?.rang),
  };
}

function allRang(answers: ReadonlyMap<Stamp, SimulatedDay>): boolean {
  const last = [...answers.values()].at(-1);
  const all = [...(last?.earlier ?? []), ...(last?.current ? [last.current] : [])];
  return all.every(({ told }) => told.every(({ clock }) => clock.rang !== undefined));
}

function text(stamp: Stamp | undefined): string | undefined {
  return stamp === undefined ? undefined : dayText(stamp);
}

function standingInWords({ membership, obligations }: Standing): Words {
  return {
    since: membership.entryIntoForce.day,
    obligations: byName(obligations.map(obligationInWords)),
  };
}

function obligationInWords(obligation: Obligation): Words {
  const { article, period, entry, due, status, since, findings, breaches, covers } = obligation;
  const { remaining } = obligation;
  return {
    name: [article, period, entry].filter((part) => part !== undefined).join(' '),
    due: due.day,
    status,
    since,
    remaining,
    findings: [...new Set(findings.map(({ finding }) => finding))].sort().join(),
    breaches: (breaches ?? []).map(({ from, to }) => `${from} to ${to}`).join(),
    covers: (covers ?? []).join(),
  };
}

function simulatedInWords({ since, told }: Membership, tally: Map<string, number>): Words {
  const own = told.filter(({ isMerged }) => isMerged?.() !== true);
  return {
    since: dayText(since),
    obligations: byName(own.map((each) => toldInWords(each, tally))),
  };
}

function toldInWords(told: Told, tally: Map<string, number>): Words {
  const { article, period, entry, clock, breaches, covers, remaining } = told;
  const status = told.status();
  const findings = [...new Set(told.findings())].sort();
  for (const what of [status, `${article} ${status}`, ...findings]) count(tally, what);
  const broken = ['missed', 'met-late'].includes(status);
  return {
    name: [article, period, entry].filter((part) => part !== undefined).join(' '),
    due: text(clock.rang),
    status,
    since: broken ? text(clock.after) : undefined,
    remaining,
    findings: findings.join(),
    breaches: (breaches ?? []).map(({ from, to }) => `${dayText(from)} to ${dayText(to)}`).join(),
    covers: (covers ?? [])
      .filter(({ merged }) => merged)
      .map(({ year }) => year)
      .join(),
  };
}

function byName(all: readonly Words[]): readonly Words[] {
  return [...all].sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1));
}
