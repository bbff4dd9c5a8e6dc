import { strict as assert } from 'node:assert';
import type { Book } from './book.ts';
import { contradictionsOf } from './contradictions.ts';
import type { CorrectionCommand, Decision, SingleCommand } from './decide.ts';
import {
  dayOf,
  effectiveDateOf,
  withPostings,
  type Contradiction,
  type DecidedEntry,
  type RecordedEntry,
} from './entry.ts';
import { faultsOf } from './faults.ts';
import { findingsOf } from './findings.ts';
import { holdingKey } from './holding.ts';
import { changesByHolding } from './posting.ts';
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

  const decided = decideParts(parts, book);
  if (!Array.isArray(decided)) return decided;
  const stock = refusalsByEntry(decided, book);
  if (stock.length > 0) return { outcome: 'refused', refusals: byPart(stock, parts, decided) };
  const header = withPostings({
    ...onlyCommand(command),
    found: { effectiveDate: dateOf(command, decided), entries: decided.map(({ id }) => id) },
  });
  return { outcome: 'decided', entries: [header, ...withContradictions(decided, book)] };
}

/**
 * What all parts together put in question is noted with the last part that changes the holding, so
 * that reversing that part closes it again.
 */
function withContradictions(decided: readonly DecidedEntry[], book: Book): DecidedEntry[] {
  const noted = new Map<string, Contradiction[]>();
  for (const contradiction of contradictionsOf(decided, book)) {
    const key = holdingKey(contradiction.holding);
    const changing = decided.filter(({ postings }) => changesByHolding(postings).has(key));
    const by = changing.filter(({ kind }) => kind !== 'reversal').at(-1) ?? changing.at(-1);
    assert(by !== undefined, 'what is contradicted was changed by a part');
    noted.set(by.id, [...(noted.get(by.id) ?? []), contradiction]);
  }
  return decided.map((entry) => ({ ...entry, contradicts: noted.get(entry.id) ?? [] }));
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

function decideParts(parts: readonly Part[], book: Book): DecidedEntry[] | Decision {
  const draft = new RunningBook(book);
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
