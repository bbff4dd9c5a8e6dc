import { strict as assert } from 'node:assert';
import type { StoredEvent } from '../../src/event-store/event-store.ts';
import { Journal } from '../../src/journal/journal.ts';
import type { Book } from '../../src/ledger/book.ts';
import { emptyBook } from '../../src/ledger/book.ts';
import { decide, type Decision } from '../../src/ledger/decide.ts';
import { decodeEntry } from '../../src/ledger/event-codec.ts';
import { RunningBook } from '../../src/ledger/running-book.ts';
import { asStored } from '../support/stored.ts';
import {
  type Command,
  keyOf,
  Model,
  plainName,
  spotOf,
  sum,
  type Verdict,
  type Written,
} from './model.ts';
import { commandOf, type Step } from './steps.ts';

/** The day it is in random histories, everywhere on earth. */
const now = Date.parse('2026-03-01T00:00:00Z');
const today = '2026-03-01';

/** What was tried in a run, so that a run can show that it tried everything. */
export type Tally = Map<string, number>;

export interface Run {
  readonly models: ReadonlyMap<string, Model>;
  readonly events: readonly StoredEvent[];
  readonly journal: Journal;
  /** The accepted commands, to be read by whoever must find out why a history failed. */
  readonly told: readonly string[];
}

/**
 * Puts a history to three books: one in memory, one on the journal with the last few entries still
 * under way, and the model. They must decide alike at every step.
 */
export function runHistory(steps: readonly Step[], tally: Tally): Run {
  const journal = new Journal(':memory:');
  const models = new Map([
    ['XXA', new Model()],
    ['XXB', new Model()],
  ]);
  const memory = new Map([...models.keys()].map((s) => [s, new RunningBook(emptyBook(s))]));
  const events: StoredEvent[] = [];
  const told: string[] = [];
  let taken = 0;
  let position = 0n;
  for (const [n, step] of steps.entries()) {
    const model = models.get(step.state);
    const book = memory.get(step.state);
    assert(model && book);
    position += BigInt(step.gap) + 1n;
    const command = commandOf(step, `e${n}`, model);
    const verdict = model.judge(command, position, today);
    const decision = decide(command, book, now);
    const overJournal = decide(command, bookWithTail(step.state, journal, events, taken), now);
    const label = `${step.state} ${JSON.stringify(command)}`;
    assert.deepEqual(inBrief(decision), verdictInBrief(verdict), `decision of ${label}`);
    assert.deepEqual(inDetail(overJournal), inDetail(decision), `over the journal: ${label}`);
    count(tally, command, verdict);
    if (verdict.says !== 'accepted' || decision.outcome !== 'decided') continue;
    const [entry] = decision.entries;
    assert(entry);
    assert.equal(
      entry.postings.reduce((sum, p) => sum + p.quantity, 0),
      0,
      `balance of ${label}`,
    );
    assert.deepEqual(legsOf(entry.postings), modelLegs(verdict.entry), `postings of ${label}`);
    const place = { state: step.state, revision: model.list.length, position };
    const event = asStored(entry, place);
    model.write(verdict.entry);
    book.record(decodeEntry(event));
    events.push(event);
    told.push(`${position}: ${label}`);
    const upTo = Math.max(taken, events.length - step.lag);
    journal.apply(events.slice(taken, upTo));
    taken = upTo;
  }
  journal.apply(events.slice(taken));
  return { models, events, journal, told };
}

/** The journal's book with the events that the journal has not taken laid over it. */
function bookWithTail(
  state: string,
  journal: Journal,
  events: readonly StoredEvent[],
  taken: number,
): Book {
  const book = new RunningBook(journal.bookOf(state));
  for (const event of events.slice(taken)) {
    if (event.stream.endsWith(state)) book.record(decodeEntry(event));
  }
  return book;
}

function inBrief(decision: Decision): unknown {
  if (decision.outcome === 'invalid') return { says: 'invalid' };
  if (decision.outcome === 'refused') {
    return { says: 'refused', codes: decision.refusals.map(({ code }) => code).sort() };
  }
  const contradicts = decision.entries.flatMap((entry) =>
    entry.contradicts.map(({ holding, change, counts }) => ({
      key: plainKey(holding),
      change,
      counts: counts.map(({ entry, day, counted }) => `${entry} on ${day} said ${counted}`),
    })),
  );
  return { says: 'accepted', contradicts: byKey(contradicts) };
}

function verdictInBrief(verdict: Verdict): unknown {
  if (verdict.says !== 'accepted') return verdict;
  const contradicts = verdict.entry.contradicts.map(({ spot, change, counts }) => ({
    key: keyOf(spot),
    change,
    counts: counts.map(({ entry, counted }) => `${entry.id} on ${entry.day} said ${counted}`),
  }));
  return { says: 'accepted', contradicts: byKey(contradicts) };
}

/** All of a decision that must not depend on what the journal has taken. */
function inDetail(decision: Decision): unknown {
  if (decision.outcome !== 'decided') return JSON.parse(JSON.stringify(decision, orderless));
  return decision.entries.map((entry) => ({
    ...(inBrief(decision) as object),
    effective: entry.effective,
    postings: entry.postings.map((p) => ({
      key: plainKey(p),
      difference: p.difference,
      quantity: p.quantity,
      precision: p.precision,
      line: p.line,
    })),
  }));
}

/** Spelling is that of whoever wrote it first or last; a refusal's holdings have no order. */
function orderless(field: string, value: unknown): unknown {
  if (Array.isArray(value) && field === 'holdings') {
    return value.map((v) => JSON.stringify(v, orderless)).sort();
  }
  if (field === 'holding') return plainKey(value as never);
  if (typeof value !== 'string' || field !== 'detail') return value;
  return plainName(value);
}

type AnyHolding = Parameters<typeof spotOf>[1] & {
  account: string;
  lot: string | null;
  site: string | null;
  institution: string | null;
  shipment: string | null;
};

/** A holding of the service in the model's words, without the difference that it belongs to. */
export function plainKey(h: {
  readonly account: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly site: string | null;
  readonly institution: string | null;
  readonly shipment: string | null;
}): string {
  return keyOf(spotOf(h.account, h as AnyHolding, h.shipment ?? ''));
}

function legsOf(
  postings: readonly (Parameters<typeof plainKey>[0] & { quantity: number; precision: string })[],
): string[] {
  return postings
    .map((p) => `${plainKey(p)} ${p.quantity} ${p.precision === 'exact' ? '' : 'about'}`)
    .sort();
}

function modelLegs({ legs }: Written): string[] {
  return legs
    .map(({ spot, change, exact }) => {
      const key = keyOf({ ...spot, mark: '' });
      return `${key} ${change} ${exact ? '' : 'about'}`;
    })
    .sort();
}

function byKey<T extends { key: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function count(tally: Tally, command: Command, verdict: Verdict): void {
  const add = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  add(`${command.kind} ${verdict.says}`);
  if (verdict.says === 'refused') for (const code of new Set(verdict.codes)) add(code);
  if (verdict.says !== 'accepted') return;
  const { entry } = verdict;
  if (entry.contradicts.length > 0) add('contradicts a count');
  if (entry.undoes?.counting) add('reversal of a count');
  if (entry.counting?.complete) add('complete count');
  if (entry.counting && entry.legs.length === 0) add('count that agrees');
  if (entry.legs.some(({ exact }) => !exact)) add('not exact');
  if (entry.legs.some(({ key }) => sum(entry.legs, key) !== 0)) add('moves something');
}
