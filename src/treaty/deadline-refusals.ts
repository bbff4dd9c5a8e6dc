import type { TreatyRecord } from './admission.ts';
import { later, yearsAfter } from './calendar.ts';
import { completedBy, completionInWords } from './completion.ts';
import { dutiesOf, type Deadline } from './convention.ts';
import { firstDeadline } from './deadline.ts';
import { decidedOn, extensionsOf, isGrantedBefore } from './extension.ts';
import type { AskedFact, Fact } from './facts.ts';
import { membershipsOf, type Membership } from './membership.ts';
import { factsWithin, membershipAt } from './membership-facts.ts';
import type { FactRefusal } from './refusals.ts';

type Asked<K extends AskedFact['kind']> = Extract<AskedFact, { kind: K }>;

/** An extension only where the article knows them, longer than before, and no longer than it may be. */
export function extensionRefusals(
  asked: Asked<'extension'>,
  record: TreatyRecord,
): readonly FactRefusal[] {
  const { article } = asked.body;
  const duty = dutiesOf(record.law, 'deadline').find((d) => d.article === article);
  if (duty === undefined) return [];
  if (!duty.extension.possible) {
    const detail = duty.extension.why;
    return [{ pointer: '/article', code: 'no-extension', detail, rule: `Article ${article}` }];
  }
  const memberships = membershipsOf(record.facts, record.law);
  const decided = decidedOn(asked, record.common);
  const bound = boundWhen(decided?.last ?? asked.body.until, memberships);
  if ('code' in bound) return [bound];
  const { day } = bound.entryIntoForce;
  if (decided !== undefined && decided.last < day) {
    const detail = `The State is not a party before ${day}: it had no deadline to extend`;
    return [{ pointer: '/decidedOn', code: 'not-a-party', detail }];
  }
  const within = factsWithin(record.facts, memberships, bound);
  const others = extensionsOf(within.of('extension'), article);
  const first = firstDeadline(bound, duty).day;
  return [
    ...orderRefusals(asked, others, first, duty.extension, record),
    ...lengthRefusals(asked, others, first, duty.extension, record),
  ];
}

type Possible = Extract<Deadline['extension'], { possible: true }>;

/**
 * An extension reaches further than the deadline in force that it extends, recorded late or not. One
 * of which neither the decision nor the number is known is taken to be the latest.
 */
function orderRefusals(
  asked: Asked<'extension'>,
  others: readonly Fact<'extension'>[],
  first: string,
  { article: rule }: Possible,
  { common }: TreatyRecord,
): readonly FactRefusal[] {
  const { until, ordinal } = asked.body;
  const isLatest = ordinal === undefined && decidedOn(asked, common) === undefined;
  const before = others.filter((other) => isLatest || isGrantedBefore(other, asked, common));
  const due = before.map(({ body }) => body.until).reduce(later, first);
  const refused = (detail: string, facts: readonly Fact[]): FactRefusal => {
    const code = 'shorter-than-deadline';
    return { pointer: '/until', code, detail, rule, facts: facts.map(({ id }) => id) };
  };
  if (until <= due) {
    const detail = `${until} is not after ${due}, the deadline in force that it would extend`;
    return [refused(detail, before)];
  }
  const next = others.filter(({ body }) => body.until <= until);
  const after = next.filter(
    (other) => other.body.until === until || isGrantedBefore(asked, other, common),
  );
  if (after.length === 0) return [];
  return [refused(`A later extension is until ${after[0]?.body.until}, not after ${until}`, after)];
}

/** Up to so many years from the deadline, or from the decision where that was late. */
function lengthRefusals(
  asked: Asked<'extension'>,
  others: readonly Fact<'extension'>[],
  first: string,
  { article: rule, yearsMax }: Possible,
  { common }: TreatyRecord,
): readonly FactRefusal[] {
  const { until, ordinal } = asked.body;
  const decided = decidedOn(asked, common);
  const before = others.filter(({ body }) => body.until < until);
  // Where an earlier extension is not recorded, the deadline that this one extended is not known.
  const isKnown = ordinal === undefined || ordinal <= before.length + 1;
  if (decided === undefined || !isKnown) return [];
  const most = yearsAfter(later(before.at(-1)?.body.until ?? first, decided.last), yearsMax);
  if (until <= most) return [];
  const detail = `${until} is after ${most}: an extension is of up to ${yearsMax} years`;
  return [{ pointer: '/until', code: 'longer-than-possible', detail, rule }];
}

/** A completion is declared by who is bound, and once unless something was completed later. */
export function completionRefusals(
  asked: Asked<'completion'>,
  { law, facts }: TreatyRecord,
): readonly FactRefusal[] {
  const { article } = asked.body;
  const memberships = membershipsOf(facts, law);
  const day = completedBy(asked);
  const bound = boundWhen(day, memberships);
  if ('code' in bound) return [bound];
  const before = factsWithin(facts, memberships, bound)
    .of('completion')
    .find((fact) => fact.body.article === article && completedBy(fact) >= day);
  if (before === undefined) return [];
  const detail =
    `Article ${article} is recorded already: ${completionInWords(before)}; ` +
    'another completion is of a later day, and a wrong one is reversed';
  return [{ pointer: '/completedOn', code: 'already-completed', detail, facts: [before.id] }];
}

/** The membership that a day falls to, or why there is none. */
function boundWhen(day: string, all: readonly Membership[]): Membership | FactRefusal {
  const membership = membershipAt(all, day);
  if (membership === undefined) {
    const detail = 'No instrument of this State is recorded: it has no deadline';
    return { pointer: '', code: 'no-instrument', detail };
  }
  const { end } = membership;
  if (end === undefined || day < end) return membership;
  const detail = `The State is not a party since ${end}: its record is closed`;
  return { pointer: '', code: 'not-a-party', detail };
}
