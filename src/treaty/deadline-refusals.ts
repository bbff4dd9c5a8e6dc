import type { TreatyRecord } from './admission.ts';
import { given, later, yearsAfter } from './calendar.ts';
import { completedBy, completionInWords } from './completion.ts';
import { dutiesOf, type Deadline } from './convention.ts';
import { extensionsOf, firstDeadline } from './deadline.ts';
import type { AskedFact, Fact } from './facts.ts';
import { membershipsOf, type Membership } from './membership.ts';
import type { FactRefusal } from './refusals.ts';

type Asked<K extends AskedFact['kind']> = Extract<AskedFact, { kind: K }>;

/** An extension only where the article knows them, longer than before, and no longer than it may be. */
export function extensionRefusals(
  asked: Asked<'extension'>,
  record: TreatyRecord,
): readonly FactRefusal[] {
  const { article, until, decidedOn } = asked.body;
  const duty = dutiesOf(record.law, 'deadline').find((d) => d.article === article);
  if (duty === undefined) return [];
  if (!duty.extension.possible) {
    const detail = duty.extension.why;
    return [{ pointer: '/article', code: 'no-extension', detail, rule: `Article ${article}` }];
  }
  const membership = membershipsOf(record.facts, record.law).at(-1);
  if (membership === undefined) return [noInstrument()];
  const decided = given(decidedOn)?.last;
  if (membership.end !== undefined && (decided ?? until) >= membership.end) {
    return [notAParty(membership.end)];
  }
  const fact = asked as unknown as Fact<'extension'>;
  const all = extensionsOf([...record.facts.of('extension'), fact], article);
  return chainRefusals(all, fact, duty, duty.extension, membership);
}

/** Every extension must reach further than the deadline that it extends, recorded late or not. */
function chainRefusals(
  all: readonly Fact<'extension'>[],
  asked: Fact<'extension'>,
  duty: Deadline,
  { article: rule, yearsMax }: Extract<Deadline['extension'], { possible: true }>,
  membership: Membership,
): readonly FactRefusal[] {
  let due = firstDeadline(membership, duty).day;
  const refusals: FactRefusal[] = [];
  for (const extension of all) {
    const { until, decidedOn } = extension.body;
    if (until <= due) {
      const detail =
        extension === asked
          ? `${until} is not after ${due}, the deadline in force that it would extend`
          : `A later extension is until ${until}, not after ${asked.body.until}`;
      return [{ pointer: '/until', code: 'shorter-than-deadline', detail, rule }];
    }
    const decided = given(decidedOn)?.last;
    if (extension === asked && decided !== undefined) {
      const most = yearsAfter(later(due, decided), yearsMax);
      if (until > most) {
        const detail = `${until} is after ${most}: an extension is of up to ${yearsMax} years`;
        refusals.push({ pointer: '/until', code: 'longer-than-possible', detail, rule });
      }
    }
    due = until;
  }
  return refusals;
}

/** A completion is declared by who is bound, and once unless something was completed later. */
export function completionRefusals(
  asked: Asked<'completion'>,
  { law, facts }: TreatyRecord,
): readonly FactRefusal[] {
  const { article } = asked.body;
  const membership = membershipsOf(facts, law).at(-1);
  if (membership === undefined) return [noInstrument()];
  const day = completedBy(asked);
  if (membership.end !== undefined && day >= membership.end) return [notAParty(membership.end)];
  const before = facts
    .of('completion')
    .find((fact) => fact.body.article === article && completedBy(fact) >= day);
  if (before === undefined) return [];
  const detail =
    `Article ${article} is recorded already: ${completionInWords(before)}; ` +
    'another completion is of a later day, and a wrong one is reversed';
  return [{ pointer: '/completedOn', code: 'already-completed', detail, facts: [before.id] }];
}

function noInstrument(): FactRefusal {
  const detail = 'No instrument of this State is recorded: it has no deadline';
  return { pointer: '', code: 'no-instrument', detail };
}

function notAParty(end: string): FactRefusal {
  const detail = `The State is not a party since ${end}: its record is closed`;
  return { pointer: '', code: 'not-a-party', detail };
}
