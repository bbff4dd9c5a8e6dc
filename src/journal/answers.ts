import type { Contradiction } from '../ledger/entry.ts';
import { effectiveDateOf } from '../ledger/entry.ts';
import type { Posting } from '../ledger/posting.ts';
import type { JournalEntry } from './entries.ts';
import type { Moment } from './journal.ts';

/** How a moment is answered. */
export function momentAnswer({ position, at }: Moment) {
  return { position: position.toString(), at };
}

/** The ids of the counts that an entry contradicts, each once. */
export function contradictedCounts(contradicts: readonly Contradiction[]): string[] {
  return [...new Set(contradicts.flatMap(({ counts }) => counts.map((count) => count.entry)))];
}

export function postingAnswer(posting: Posting) {
  const { account, munition, lot, site, institution, shipment, difference } = posting;
  const { quantity, precision, line } = posting;
  const place = { account, munition, lot, site, institution, shipment, difference };
  return { ...place, quantity, precision, line };
}

/** An entry as lists and single reads show it. */
export function entryAnswer({ entry, position, reversedBy }: JournalEntry) {
  return {
    entry: entry.id,
    position,
    revision: String(entry.revision),
    recordedAt: entry.recordedAt,
    kind: entry.kind,
    effectiveDate: effectiveDateOf(entry),
    actor: entry.actor,
    correlation: entry.correlation,
    causation: entry.causation,
    idempotencyKey: entry.idempotencyKey,
    reversedBy,
    body: entry.body,
    postings: entry.postings.map(postingAnswer),
    contradicts: contradictedCounts(entry.contradicts),
  };
}
