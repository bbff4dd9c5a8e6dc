import {
  latestToday,
  NotADate,
  parseEffectiveDate,
  readDay,
  readEffectiveDate,
} from '../ledger/effective-date.ts';
import type { Fault } from '../ledger/refusals.ts';
import { given, lastDayReckoned, later, monthsAfter } from './calendar.ts';
import { articlesOf, dutiesOf, type Convention } from './convention.ts';
import type { AskedFact, FactBodies, FactKind } from './facts.ts';
import { effectByReceipt } from './withdrawal.ts';

type Check<K extends FactKind> = (body: FactBodies[K], law: Convention, state: string) => Fault[];

/** Fields that are dates: effective dates, or days; and those that may lie in the future. */
const dates: Readonly<Record<string, 'date' | 'day'>> = {
  signedOn: 'date',
  depositedOn: 'date',
  notifiedOn: 'date',
  decidedOn: 'date',
  completedOn: 'date',
  declaredOn: 'date',
  submittedOn: 'date',
  statedOn: 'date',
  madeOn: 'date',
  period: 'date',
  dates: 'date',
  from: 'date',
  to: 'date',
  until: 'date',
  readAsOf: 'date',
  entryIntoForce: 'day',
  receivedOn: 'day',
  effectiveOn: 'day',
  conflictEndedOn: 'day',
};
const mayBeAhead = new Set(['dates', 'until', 'entryIntoForce', 'effectiveOn']);

/** What each kind asks of its body beyond the shape, once its dates can be read. */
const checks: { readonly [K in FactKind]?: Check<K> } = {
  instrument: instrumentFaults,
  withdrawal: withdrawalFaults,
  extension: ({ until, decidedOn }) => [
    ...dayFaults('until', until),
    ...inOrder('until', until, decidedOn, 'decidedOn'),
  ],
  completion: ({ completedOn, declaredOn }) => [
    ...inOrder('declaredOn', declaredOn, completedOn, 'completedOn'),
    ...(completedOn === undefined && declaredOn === undefined
      ? [{ pointer: '/completedOn', detail: 'is missing: the completion, or its declaration' }]
      : []),
  ],
  'report-submission': ({ period, submittedOn }) =>
    inOrder('submittedOn', submittedOn, period, 'period'),
  coverage: ({ from, to }) => inOrder('to', to, from, 'from'),
  breach: breachFaults,
  objection: ({ by }, _, state) =>
    by === state ? [{ pointer: '/by', detail: 'a State objects to what another does' }] : [],
  'action-plan': ({ from, until }) => inOrder('until', until, from, 'from'),
};

/** Everything wrong with a fact in itself, all of it at once; nothing when it is sound. */
export function factFaults(asked: AskedFact, law: Convention, now: number): readonly Fault[] {
  const wrong = Object.entries(asked.body).flatMap(([name, value]) =>
    typeof value === 'string' ? dateFaults(asked.kind, name, value, now) : [],
  );
  wrong.push(...articleFaults(asked, law));
  if (wrong.length > 0) return wrong;
  const check = checks[asked.kind] as Check<FactKind> | undefined;
  return check?.(asked.body, law, asked.state ?? '') ?? [];
}

function dateFaults(kind: FactKind, name: string, text: string, now: number): Fault[] {
  const form = dates[name];
  // An objection is made `to` something in words; a coverage reaches to a day.
  if (form === undefined) return [];
  const pointer = `/${name}`;
  const day = form === 'day' ? readDay(text) : text;
  const date = day instanceof NotADate ? day : readEffectiveDate(day);
  if (date instanceof NotADate) return [{ pointer, detail: date.message }];
  if (date.last > lastDayReckoned) {
    const detail = `${text} lies after ${lastDayReckoned}, the last day reckoned with`;
    return [{ pointer, detail }];
  }
  const today = latestToday(now);
  const ahead = mayBeAhead.has(name) || (kind === 'action-plan' && name === 'from');
  if (ahead || date.last <= today) return [];
  return [{ pointer, detail: `${text} lies in the future; today is ${today} at the latest` }];
}

function instrumentFaults(body: FactBodies['instrument'], law: Convention): Fault[] {
  const { kind, signedOn, depositedOn, entryIntoForce } = body;
  const faults: Fault[] = [];
  const say = (field: string, detail: string) => faults.push({ pointer: `/${field}`, detail });
  if (kind === 'signature') {
    if (signedOn === undefined) say('signedOn', 'is missing: the day of the signature');
    if (depositedOn !== undefined) say('depositedOn', 'a signature is not deposited');
  } else if (depositedOn === undefined) {
    say('depositedOn', `is missing: the day on which the ${kind} was deposited`);
  } else if (!withinMonth(depositedOn) && entryIntoForce === undefined) {
    say('depositedOn', 'must be given at least to the month: entry into force follows from it');
  }
  if (kind === 'succession' && entryIntoForce === undefined) {
    say(
      'entryIntoForce',
      'is missing: of a succession it is given by the depositary, not computed',
    );
  }
  if (kind !== 'succession' && entryIntoForce !== undefined) {
    const { article } = law.entryIntoForce.later;
    say(
      'entryIntoForce',
      `is given for successions only; else it is computed (Article ${article})`,
    );
  }
  if (kind !== 'signature')
    faults.push(...inOrder('depositedOn', depositedOn, signedOn, 'signedOn'));
  return faults;
}

function withdrawalFaults(body: FactBodies['withdrawal'], law: Convention): Fault[] {
  const { notifiedOn, receivedOn, effectiveOn, armedConflict, conflictEndedOn } = body;
  const faults = inOrder('receivedOn', receivedOn, notifiedOn, 'notifiedOn');
  if ((notifiedOn ?? receivedOn ?? effectiveOn) === undefined && isWithdrawal(body)) {
    const detail = 'is missing: the day on which the Depositary received it, or as far as known';
    faults.push({ pointer: '/receivedOn', detail });
  }
  if (conflictEndedOn !== undefined && armedConflict !== true) {
    const detail = 'an armed conflict ends only where there is one: armedConflict must be true';
    faults.push({ pointer: '/conflictEndedOn', detail });
  }
  if (receivedOn !== undefined && effectiveOn !== undefined) {
    const { article, months } = law.withdrawal;
    const least = later(monthsAfter(receivedOn, months), effectiveOn);
    const effect = effectByReceipt(body, law) ?? least;
    if (effectiveOn !== effect) {
      const detail = `is not ${effect}, which follows from the receipt (Article ${article})`;
      faults.push({ pointer: '/effectiveOn', detail });
    }
  }
  return faults;
}

/** What was not met is one annual report, by its calendar year, or an article that has no years. */
function breachFaults({ article, period }: FactBodies['breach'], law: Convention): Fault[] {
  const isAnnual = dutiesOf(law, 'annual-report').some((duty) => duty.article === article);
  if (isAnnual ? /^\d{4}$/.test(period ?? '') : period === undefined) return [];
  return [{ pointer: '/period', detail: 'is the calendar year of an annual report, only of one' }];
}

/** Of another act it need not say when: there is none. */
function isWithdrawal({ kind = 'withdrawal' }: FactBodies['withdrawal']): boolean {
  return kind === 'withdrawal';
}

function deadlines(law: Convention): readonly string[] {
  return dutiesOf(law, 'deadline').map(({ article }) => article);
}

/** Of a completion or an extension an article with a deadline; of others any that is owed. */
function articleFaults({ kind, body }: AskedFact, law: Convention): Fault[] {
  if (!('article' in body)) return [];
  const bounded = kind === 'completion' || kind === 'extension';
  const articles = bounded ? deadlines(law) : articlesOf(law);
  if (articles.includes(body.article)) return [];
  return [{ pointer: '/article', detail: `must be one of: ${articles.join(', ')}` }];
}

function dayFaults(field: string, text: string): Fault[] {
  const { first, last } = parseEffectiveDate(text);
  return first === last ? [] : [{ pointer: `/${field}`, detail: 'must be a day: YYYY-MM-DD' }];
}

/** What comes second can't be over before what comes first has begun. */
function inOrder(
  field: string,
  second: string | undefined,
  first: string | undefined,
  name: string,
): Fault[] {
  const [a, b] = [given(first), given(second)];
  if (a === undefined || b === undefined || b.last >= a.first) return [];
  return [{ pointer: `/${field}`, detail: `${b.text} is before ${a.text}, which is ${name}` }];
}

function withinMonth(text: string): boolean {
  const { first, last } = parseEffectiveDate(text);
  return first.slice(0, 7) === last.slice(0, 7);
}
