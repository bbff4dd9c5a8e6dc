import { strict as assert } from 'node:assert';
import type { Book } from './book.ts';
import { contradictionsOf } from './contradictions.ts';
import type { CorrectionCommand, Decision, SingleCommand } from './decide.ts';
import {
  dayOf,
  effectiveDateOf,
  withPostings,
  type DecidedEntry,
  type RecordedEntry,
} from './entry.ts';
import { faultsOf } from './faults.ts';
import { findingsOf } from './findings.ts';
import type { Fault, Refusal } from './refusals.ts';
import { evolve, RunningBook } from './running-book.ts';
import { refusalsByEntry } from './stock.ts';

/** One part of a correction, and where it stands in the body. */
interface Part {
  readonly command: SingleCommand;
  readonly pointer: string;
}

/**
 * Decides several reversals and new entries as one: each sees the book as the ones before it leave
 * it, but only what all of them together do to a holding must be possible. They are recorded behind
 * an entry of the correction itself, which posts nothing and names them.
 */
export function decideCorrection(command: CorrectionCommand, book: Book, now: number): Decision {
  const parts = partsOf(command);
  const faults = parts.flatMap(({ command: { kind, body }, pointer }) =>
    under(pointer, faultsOf(kind, body, now, book.state)),
  );
  if (faults.length > 0) return { outcome: 'invalid', faults };

  const draft = new RunningBook(book);
  const decided = decideParts(parts, draft);
  if (!Array.isArray(decided)) return decided;
  const stock = refusalsByEntry(decided, book);
  if (stock.length > 0) return { outcome: 'refused', refusals: byPart(stock, parts, decided) };
  const header = withPostings({
    ...onlyCommand(command),
    found: { effectiveDate: dateOf(command, decided), entries: decided.map(({ id }) => id) },
  });
  const noted = contradictionsOf(decided, draft);
  const entries = decided.map((entry) => ({ ...entry, contradicts: noted.get(entry.id) ?? [] }));
  return { outcome: 'decided', entries: [header, ...entries] };
}

function partsOf({ body: { reverse = [], replace = [], reason }, members }: CorrectionCommand) {
  const reversals = reverse.map((entry, n): Part => ({
    command: { id: members(n), kind: 'reversal', body: { entry, reason } },
    pointer: `/reverse/${n}`,
  }));
  const replacements = replace.map(({ kind, ...body }, n): Part => ({
    command: { id: members(reverse.length + n), kind, body } as unknown as SingleCommand,
    pointer: `/replace/${n}`,
  }));
  return [...reversals, ...replacements];
}

/** Decides each part against the draft, and adds it there for those after it. */
function decideParts(parts: readonly Part[], draft: RunningBook): DecidedEntry[] | Decision {
  const faults: Fault[] = [];
  const refusals: Refusal[] = [];
  const decided: DecidedEntry[] = [];
  for (const { command, pointer } of parts) {
    const found = findingsOf(command, draft);
    if ('faults' in found) faults.push(...under(pointer, found.faults));
    else if ('refusals' in found) refusals.push(...under(pointer, found.refusals));
    else {
      refusals.push(...under(pointer, found.concerns));
      const entry = withPostings(found.entry);
      decided.push(entry);
      evolve(draft, asRecorded(entry, draft));
    }
  }
  if (faults.length > 0) return { outcome: 'invalid', faults };
  return refusals.length > 0 ? { outcome: 'refused', refusals } : decided;
}

/** An entry as the draft takes it: who asked for it does not matter there. */
function asRecorded(entry: DecidedEntry, { state, revision }: Book): RecordedEntry {
  const nobody = { actor: '', correlation: '', causation: null, idempotencyKey: '' };
  const unstamped = { recordedAt: '', requestHash: '', salt: '' };
  return { ...entry, ...nobody, ...unstamped, state, revision: revision + 1 };
}

function onlyCommand({ id, kind, body }: CorrectionCommand) {
  return { id, kind, body };
}

/** A correction is listed under its own date, or under the latest of what it records. */
function dateOf({ body }: CorrectionCommand, decided: readonly DecidedEntry[]): string {
  if (body.effectiveDate !== undefined) return body.effectiveDate;
  return effectiveDateOf(decided.reduce((a, b) => (dayOf(a) < dayOf(b) ? b : a)));
}

function under<F extends Fault>(pointer: string, faults: readonly F[]): F[] {
  return faults.map((fault) => ({ ...fault, pointer: partPointer(pointer, fault.pointer) }));
}

/** A reversal within a correction is only an id: nothing lies below it. */
function partPointer(part: string, pointer: string): string {
  return part.startsWith('/reverse/') ? part : part + pointer;
}

/** Stock is judged over all parts: a refusal points at the first part that draws on the holding. */
function byPart(
  refusals: ReturnType<typeof refusalsByEntry>,
  parts: readonly Part[],
  decided: readonly DecidedEntry[],
): Refusal[] {
  return refusals.map(({ refusal, entry }) => {
    const part = parts[decided.findIndex(({ id }) => id === entry)];
    assert(part !== undefined, 'a refusal is of a part');
    return { ...refusal, pointer: partPointer(part.pointer, refusal.pointer) };
  });
}
