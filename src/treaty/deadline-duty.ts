import type { Day } from '../ledger/effective-date.ts';
import { daysAfter, given, later } from './calendar.ts';
import { completedBy, completionInWords, completionsOf } from './completion.ts';
import type { Deadline } from './convention.ts';
import { deadlineOn, type DeadlineInForce } from './deadline.ts';
import { deadlineFindings } from './deadline-findings.ts';
import { decidedOn, extensionsOf, shownExtension } from './extension.ts';
import type { Fact } from './facts.ts';
import { foundSince, leftOf, thresholdOf } from './found-duty.ts';
import {
  endedIfOpen,
  hasPassed,
  type Case,
  type Judgement,
  type Obligation,
} from './obligation.ts';
import { groundOf, type Ground } from './reckoned.ts';
import { breachOf, coverageOf } from './positive-facts.ts';
import type { Find } from './stock-record.ts';

/** What is owed within years: stock to be destroyed (Article 4), mined areas (Article 5). */
export function deadlineObligation(the: Case, duty: Deadline): Obligation {
  const inForce = deadlineOn(the, duty);
  const completion = completionOf(the, duty);
  const judged = endedIfOpen(the, judge(the, duty, inForce, completion));
  const late = judged.status === 'missed' || judged.status === 'met-late';
  return {
    article: duty.article,
    due: inForce.due,
    ...judged,
    ...(late && { since: daysAfter(inForce.due.day, 1) }),
    ...(duty.judgedBy === 'stock' && remainingOf(the)),
    completedOn: completion?.body.completedOn ?? null,
    declaredOn: completion?.body.declaredOn ?? null,
    meeting: completion?.body.meeting ?? null,
    ...(duty.extension.possible && {
      extensions: inForce.extensions.map(shownExtension),
      breaches: inForce.breaches,
    }),
    findings: deadlineFindings(the, duty, inForce, completion, judged.status),
  };
}

/**
 * The first completion by the day judged; later ones do not make it later. One that was followed by
 * an extension is not it: the States Parties gave a new deadline for what was found since.
 */
export function completionOf(
  { facts, common, on }: Case,
  { article }: Deadline,
): Fact<'completion'> | undefined {
  const reopened = extensionsOf(facts.of('extension'), article)
    .map((extension) => decidedOn(extension, common))
    .map((decided) => (decided !== undefined && decided.last <= on ? decided.first : ''))
    .reduce(later, '');
  return completionsOf(facts.of('completion'), article).find(
    (fact) => completedBy(fact) >= reopened && completedBy(fact) <= on,
  );
}

function judge(
  the: Case,
  duty: Deadline,
  inForce: DeadlineInForce,
  completion: Fact<'completion'> | undefined,
): Judgement {
  if (completion !== undefined) return completed(completion, inForce);
  const byStock = duty.judgedBy === 'stock' ? judgedByStock(the, duty, inForce) : undefined;
  return byStock ?? judgedByRecord(the, duty, inForce);
}

function completed(fact: Fact<'completion'>, { due }: DeadlineInForce): Judgement {
  const { completedOn, declaredOn } = fact.body;
  const inTime = completedBy(fact) <= due.day;
  const order = inTime ? 'not later than' : 'after';
  const because = `${completionInWords(fact)}, ${order} ${due.day}`;
  if (completedOn !== undefined) {
    const grounds = [groundOf(fact, 'completed', completedOn)];
    return { status: inTime ? 'met' : 'met-late', because, grounds };
  }
  // A declaration that came late does not say that the completion did.
  const open = inTime ? '' : '; the day of completion is not recorded';
  const grounds = [groundOf(fact, 'declared complete', declaredOn)];
  return { status: 'met', because: `${because}${open}`, grounds };
}

/** What the ledger's figures say; undefined when they do not know this State's stock. */
function judgedByStock(the: Case, duty: Deadline, { due }: DeadlineInForce): Judgement | undefined {
  const { stock, on } = the;
  const finds = foundSince(the, duty, thresholdOf(the, due.day, undefined));
  const now = stock.on(on);
  if (!now.known) return undefined;
  const ordinary = now.remaining - leftOf(finds, on);
  const passed = hasPassed(the, due.day);
  if (ordinary > 0) {
    if (!passed) return undefined;
    const because = `${ordinary} are held after ${due.day}`;
    return { status: 'missed', because, grounds: [figure(`remaining on ${on}`, ordinary)] };
  }
  const grounds = [figure(`remaining on ${on}`, ordinary)];
  const held = passed ? lastHeld(the, due.day, finds) : undefined;
  if (held !== undefined) {
    const because = `Nothing is held on ${on}; ${held.quantity} were held on ${held.day}`;
    const then = figure(`remaining on ${held.day}`, held.quantity);
    return { status: 'met-late', because, grounds: [...grounds, then] };
  }
  const breach = breachOf(the, duty, due.day);
  if (breach !== undefined) {
    const because = `Nothing is held on ${on}; a source states that it was not met by ${due.day}`;
    const stated = groundOf(breach, 'stated as not met', breach.body.statedOn);
    return { status: 'met-late', because, grounds: [...grounds, stated] };
  }
  // A ledger that knew nothing on the due day can't say that nothing was held on it.
  if (passed && !stock.on(due.day).known) return undefined;
  return { status: 'met', because: `The ledger holds nothing on ${on}`, grounds };
}

/** The last day from the due day on at whose end stock was held that is no case of its own. */
function lastHeld(
  { stock, on }: Case,
  due: Day,
  finds: readonly Find[],
): { readonly day: Day; readonly quantity: number } | undefined {
  const days = [due, ...stock.changes(due, on)];
  const all = days.map((day) => {
    const found = finds.filter((find) => find.day <= day);
    return { day, quantity: stock.on(day).remaining - leftOf(found, day) };
  });
  return all.findLast(({ quantity }) => quantity > 0);
}

function judgedByRecord(
  the: Case,
  duty: Deadline,
  { due, decidedLate }: DeadlineInForce,
): Judgement {
  const { article } = duty;
  if (!hasPassed(the, due.day)) return { status: 'pending', because: 'Not due yet', grounds: [] };
  const breach = breachOf(the, duty, due.day);
  if (breach !== undefined) {
    const grounds = [groundOf(breach, 'stated as not met', breach.body.statedOn)];
    return { status: 'missed', because: 'A source states that it was not met', grounds };
  }
  const completion = completionsOf(the.facts.of('completion'), article).find(
    (fact) => completedBy(fact) > the.on,
  );
  const completed = given(completion?.body.completedOn);
  if (completion !== undefined && completed !== undefined && completed.first > the.on) {
    const grounds = [groundOf(completion, 'completed', completed.text)];
    const because = `Completed ${completed.text}, so it was not yet on ${the.on}`;
    return { status: 'missed', because, grounds };
  }
  if (decidedLate !== undefined) {
    const grounds = [groundOf(decidedLate, 'extension decided', decidedLate.body.decidedOn)];
    const because = `It was extended after ${due.day}, so it was not completed by then`;
    return { status: 'missed', because, grounds };
  }
  const since = the.membership.entryIntoForce.day;
  const coverage = coverageOf(the, article, since, due.day);
  if (coverage.length === 0) {
    const because = 'The day has passed, and nothing is recorded either way';
    return { status: 'unrecorded', because, grounds: [] };
  }
  const grounds = coverage.map((fact) => groundOf(fact, 'record complete', fact.body.to));
  return duty.judgedBy === 'stock'
    ? { status: 'met', because: 'The record is complete and holds no stock', grounds }
    : { status: 'missed', because: 'The record is complete and has no completion', grounds };
}

/** Where the ledger knows nothing, there is no figure: a zero would be one. */
function remainingOf({ stock, on }: Case): { readonly remaining?: number } {
  const { known, remaining } = stock.on(on);
  return known ? { remaining } : {};
}

function figure(what: string, value: number): Ground {
  return { what, value, fact: null, source: 'the ledger’s own figure', basis: 'read' };
}
