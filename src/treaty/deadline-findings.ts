import type { Day } from '../ledger/effective-date.ts';
import { given } from './calendar.ts';
import { completedBy, completionInWords, completionsOf } from './completion.ts';
import type { Deadline } from './convention.ts';
import type { DeadlineInForce } from './deadline.ts';
import type { Fact } from './facts.ts';
import { foundSince, leftOf, thresholdOf } from './found-duty.ts';
import { hasPassed, type Case, type Finding, type FindingName, type Status } from './obligation.ts';
import { breachOf } from './positive-facts.ts';
import { basisOf } from './reckoned.ts';

/** What stands beside the status of a deadline: each told apart, none of them part of the status. */
export function deadlineFindings(
  the: Case,
  duty: Deadline,
  inForce: DeadlineInForce,
  completion: Fact<'completion'> | undefined,
  status: Status,
): readonly Finding[] {
  return [
    ...(duty.judgedBy === 'stock' ? stockFindings(the, duty, inForce, completion, status) : []),
    ...decisionFindings(the, duty, inForce, status),
    ...completionFindings(the, duty, inForce, completion),
    ...toBeChecked(inForce, completion),
  ];
}

function stockFindings(
  the: Case,
  duty: Deadline,
  { due }: DeadlineInForce,
  completion: Fact<'completion'> | undefined,
  status: Status,
): readonly Finding[] {
  const { stock, on } = the;
  const finds = foundSince(the, duty, thresholdOf(the, due.day, completion));
  const now = stock.on(on);
  const passed = hasPassed(the, due.day);
  const findings: Finding[] = [];
  if (completion === undefined && (status === 'met' || status === 'met-late')) {
    const detail = 'Nothing is left in the ledger, and no completion has been declared';
    findings.push({ finding: 'zero-not-declared', detail });
  }
  if (finds.length > 0) {
    const quantity = finds.reduce((sum, find) => sum + find.quantity, 0);
    const entries = finds.map(({ entry }) => entry);
    const detail = `${quantity} were found after the deadline or a completion: cases of their own`;
    findings.push({ finding: 'found-since', detail, quantity, entries });
  }
  const declared = completion === undefined ? 0 : now.remaining - leftOf(finds, on);
  if (completion !== undefined && declared > 0) {
    const detail = `${completionInWords(completion)}, and the ledger holds ${declared}`;
    const entries = [completion.id];
    findings.push({ finding: 'declared-with-remaining', detail, quantity: declared, entries });
  }
  if (passed && now.unverifiable > 0) {
    const quantity = now.unverifiable;
    const detail = `${quantity} of what remains are out of the State’s control or reach`;
    findings.push({ finding: 'unverifiable-stock', detail, quantity });
  }
  if (passed && now.custody > 0) {
    const quantity = now.custody;
    const detail = `${quantity} of another State are still held after the holder’s own deadline`;
    findings.push({ finding: 'custody-past-deadline', detail, quantity });
  }
  return findings;
}

function decisionFindings(
  the: Case,
  duty: Deadline,
  { due, extensions, breaches, incomplete }: DeadlineInForce,
  status: Status,
): readonly Finding[] {
  const findings = breaches.map(({ from, to }): Finding => {
    const detail = `From ${from} to ${to} no deadline was in force: it was extended late`;
    return { finding: 'breach-before-decision', detail };
  });
  const breach = breachOf(the, duty, due.day);
  if (breach !== undefined) {
    const detail = `Stated as not met${breach.body.source ? ` (${breach.body.source})` : ''}`;
    findings.push({ finding: 'breach-recorded', detail, entries: [breach.id] });
  }
  if (incomplete) {
    const detail = 'Earlier extensions are not in the record: gaps between them are not judged';
    findings.push({ finding: 'earlier-extension-unrecorded', detail });
  }
  const last = extensions.at(-1);
  if (last?.body.readAsOf !== undefined && status === 'unrecorded') {
    const detail = `${due.day} is the deadline as read in ${last.body.readAsOf}; later ones may exist`;
    findings.push({ finding: 'deadline-read-earlier', detail, entries: [last.id] });
  }
  return findings;
}

function completionFindings(
  { facts, on }: Case,
  { article }: Deadline,
  { due }: DeadlineInForce,
  completion: Fact<'completion'> | undefined,
): readonly Finding[] {
  const all = completionsOf(facts.of('completion'), article).filter(
    (fact) => completedBy(fact) <= on,
  );
  const before = completion === undefined ? all.length : all.indexOf(completion);
  const named = (finding: FindingName, words: string, those: typeof all): readonly Finding[] => {
    if (those.length === 0) return [];
    const detail = `${words}: ${those.map(completionInWords).join(', ')}`;
    return [{ finding, detail, entries: those.map(({ id }) => id) }];
  };
  return [
    ...named('extended-since-completion', 'Extended after this', all.slice(0, before)),
    ...(completion === undefined ? [] : openDay(completion, due.day)),
    ...named('later-declaration', 'Recorded again', all.slice(before + 1)),
  ];
}

/** Where the day of a completion, as far as it is given, does not say whether it was in time. */
function openDay(completion: Fact<'completion'>, due: Day): readonly Finding[] {
  const completed = given(completion.body.completedOn);
  if (completedBy(completion) <= due || (completed?.first ?? due) > due) return [];
  const detail =
    completed === undefined
      ? `${completionInWords(completion)}; whether it was by ${due} is not known`
      : `${completed.text} is counted on its last day; it may have been by ${due}`;
  return [{ finding: 'completion-day-open', detail, entries: [completion.id] }];
}

function toBeChecked(
  { due }: DeadlineInForce,
  completion: Fact<'completion'> | undefined,
): readonly Finding[] {
  const unsure = [
    ...(basisOf(due.grounds) === 'to be checked' ? ['the deadline'] : []),
    ...(completion?.body.basis === 'to be checked' ? ['the completion'] : []),
  ];
  if (unsure.length === 0) return [];
  const detail = `The dates behind ${unsure.join(' and ')} are to be checked`;
  return [{ finding: 'to-be-checked', detail }];
}
