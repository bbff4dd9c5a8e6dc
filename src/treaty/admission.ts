import { normaliseName } from '../ledger/names.ts';
import type { Fault } from '../ledger/refusals.ts';
import type { Convention } from './convention.ts';
import type { StandingFacts } from './fact-book.ts';
import { factFaults } from './fact-faults.ts';
import { commonKinds, type AskedFact, type Fact, type FactKind } from './facts.ts';
import { completionRefusals, extensionRefusals } from './deadline-refusals.ts';
import { instrumentRefusals, withdrawalRefusals } from './instrument-refusals.ts';
import { meetingRefusals } from './meeting-refusals.ts';
import { membershipsOf } from './membership.ts';
import type { FactRefusal } from './refusals.ts';

/** What is known when a fact is asked to be recorded. */
export interface TreatyRecord {
  readonly law: Convention;
  /** What stands of the State's facts. */
  readonly facts: StandingFacts;
  /** Meetings and action plans that stand. */
  readonly common: StandingFacts;
}

/** What becomes of a fact that is asked to be recorded. */
export type FactDecision =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'invalid'; readonly faults: readonly Fault[] }
  | { readonly outcome: 'refused'; readonly refusals: readonly FactRefusal[] };

/** Decides whether a fact may be recorded. @param now milliseconds since 1970 */
export function decideFact(asked: AskedFact, record: TreatyRecord, now: number): FactDecision {
  const faults = factFaults(asked, record.law, now);
  if (faults.length > 0) return { outcome: 'invalid', faults };
  const refusals = factRefusals(asked, record);
  return refusals.length > 0 ? { outcome: 'refused', refusals } : { outcome: 'accepted' };
}

type Rule<K extends FactKind> = (
  asked: Extract<AskedFact, { kind: K }>,
  record: TreatyRecord,
) => readonly FactRefusal[];

const rules: { readonly [K in FactKind]?: Rule<K> } = {
  instrument: instrumentRefusals,
  withdrawal: withdrawalRefusals,
  extension: (asked, record) => [
    ...extensionRefusals(asked, record),
    ...meetingRefusals(asked.body.meeting, { decidedOn: asked.body.decidedOn }, record.common),
  ],
  completion: (asked, record) => [
    ...completionRefusals(asked, record),
    ...meetingRefusals(asked.body.meeting, { declaredOn: asked.body.declaredOn }, record.common),
  ],
  breach: (asked, record) => [
    ...mustBeBound(record),
    ...meetingRefusals(asked.body.meeting, { statedOn: asked.body.statedOn }, record.common),
  ],
  'report-submission': ({ body }, record) => (body.voluntary === true ? [] : mustBeBound(record)),
  meeting: nameRefusals,
  'action-plan': (asked, record) => [
    ...nameRefusals(asked, record),
    ...meetingRefusals(asked.body.meeting, {}, record.common),
  ],
};

/** Why a fact that is right in itself does not fit the record; nothing when it does. */
export function factRefusals(asked: AskedFact, record: TreatyRecord): readonly FactRefusal[] {
  const rule = rules[asked.kind] as Rule<FactKind> | undefined;
  return rule?.(asked, record) ?? [];
}

/**
 * Why a recorded fact can't be reversed: what was recorded after it would no longer stand.
 *
 * @param others States whose facts may rest on it, by their standing facts
 */
export function reversalRefusals(
  id: string,
  fact: Fact | undefined,
  reversed: boolean,
  record: TreatyRecord,
  others: readonly StandingFacts[],
): readonly FactRefusal[] {
  const pointer = '/entry';
  if (fact === undefined) {
    return [{ pointer, code: 'no-such-fact', detail: `There is no fact ${id} here` }];
  }
  if (fact.kind === 'reversal') {
    const detail = 'A reversal is not reversed: record the fact again';
    return [{ pointer, code: 'fact-reversed', detail }];
  }
  if (reversed) {
    return [{ pointer, code: 'fact-reversed', detail: 'The fact was reversed already' }];
  }
  const resting = others.flatMap((facts) => restingOn(fact, { ...record, facts }));
  if (resting.length === 0) return [];
  const detail = `${resting.length} later facts rest on it: reverse them first`;
  return [{ pointer, code: 'fact-rested-on', detail, facts: resting.map((other) => other.id) }];
}

/** Facts that would be refused without this one, and are not with it. */
function restingOn(fact: Fact, { law, facts, common }: TreatyRecord): readonly Fact[] {
  const isCommon = commonKinds.includes(fact.kind);
  return facts.all.filter((other) => {
    if (other.id === fact.id) return false;
    const rest = facts.without(other.id);
    const before = factRefusals(other, { law, facts: rest, common });
    const codes = new Set(before.map(({ code }) => code));
    const after = factRefusals(other, {
      law,
      facts: isCommon ? rest : rest.without(fact.id),
      common: isCommon ? common.without(fact.id) : common,
    });
    return after.some(({ code }) => !codes.has(code));
  });
}

function mustBeBound({ law, facts }: TreatyRecord): readonly FactRefusal[] {
  if (membershipsOf(facts, law).length > 0) return [];
  const detail =
    'No instrument of this State is recorded: it owes nothing that could be met or not';
  return [{ pointer: '', code: 'no-instrument', detail }];
}

function nameRefusals(
  { kind, body }: Extract<AskedFact, { kind: 'meeting' | 'action-plan' }>,
  { common }: TreatyRecord,
): readonly FactRefusal[] {
  const taken = common.all.find(
    (fact) =>
      fact.kind === kind &&
      'name' in fact.body &&
      normaliseName(fact.body.name) === normaliseName(body.name),
  );
  if (taken === undefined) return [];
  const detail = `"${body.name}" is recorded already`;
  return [{ pointer: '/name', code: 'name-taken', detail, facts: [taken.id] }];
}
