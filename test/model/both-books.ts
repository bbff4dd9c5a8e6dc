import { strict as assert } from 'node:assert';
import type { StoredEvent } from '../../src/event-store/event-store.ts';
import { Journal } from '../../src/journal/journal.ts';
import type { Book } from '../../src/ledger/book.ts';
import { emptyBook } from '../../src/ledger/book.ts';
import { decide, type Decision } from '../../src/ledger/decide.ts';
import type { DecidedEntry } from '../../src/ledger/entry.ts';
import { decodeEntry } from '../../src/ledger/event-codec.ts';
import { RunningBook } from '../../src/ledger/running-book.ts';
import { asStored } from '../support/stored.ts';
import type { BookList } from './book/book-list.ts';
import { commandOf } from './asking/commands.ts';
import { judge } from './book/judge.ts';
import { bareKeyOf, keyOf, plainName } from './book/spot.ts';
import type { Step } from './asking/steps.ts';
import { count, type Tally } from './tally.ts';
import { World } from './book/world.ts';
import type { Contradicts, Verdict, Written } from './book/written.ts';

/** The day it is in random histories, everywhere on earth. */
const now = Date.parse('2026-03-01T00:00:00Z');
const today = '2026-03-01';

export interface Run {
  readonly world: World;
  readonly events: readonly StoredEvent[];
  /** Positions at which all that was recorded together was recorded. */
  readonly whole: ReadonlySet<bigint>;
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
  const world = new World();
  const memory = new Map(
    [...world.books].map(([state, book]) => [state, new RunningBook(baseOf(book))]),
  );
  const events: StoredEvent[] = [];
  const whole = new Set<bigint>();
  const told: string[] = [];
  let taken = 0;
  let position = 0n;
  for (const [n, step] of steps.entries()) {
    const { state } = step;
    const book = world.book(state);
    const running = memory.get(state);
    assert(running);
    position += BigInt(step.gap) + 1n;
    const command = commandOf(step, `e${n}`, world);
    const verdict = judge(command, book, position, today);
    const decision = decide(command, running, now);
    const overJournal = decide(command, bookWithTail(state, journal, events, taken), now);
    const label = `${state} ${JSON.stringify(command)}\n\nafter:\n${told.join('\n')}`;
    assert.deepEqual(inBrief(decision), verdictInBrief(verdict), `decision of ${label}`);
    assert.deepEqual(inDetail(overJournal), inDetail(decision), `over the journal: ${label}`);
    count(tally, command, verdict);
    if (verdict.says !== 'accepted' || decision.outcome !== 'decided') continue;
    for (const [n, entry] of decision.entries.entries()) {
      const written: Written | undefined = verdict.entries[n];
      assert(written && written.position === position + BigInt(n));
      nameDifferences(entry, written, book);
      assert.deepEqual(legsOf(entry, book), modelLegs(written), `postings of ${label}`);
      const place = { state, revision: book.list.length, position: written.position };
      const cause = n > 0 ? { causation: command.id } : {};
      const event = asStored(entry, { ...place, ...cause });
      book.list.push(written);
      running.record(decodeEntry(event));
      events.push(event);
    }
    position += BigInt(decision.entries.length - 1);
    whole.add(position);
    told.push(`${position}: ${state} ${JSON.stringify(command)}`);
    const upTo = Math.max(taken, events.length - step.lag);
    journal.apply(events.slice(taken, upTo));
    taken = upTo;
    world.seen = events[taken - 1]?.position ?? 0n;
  }
  journal.apply(events.slice(taken));
  return { world, events, whole, journal, told };
}

/** A book in memory knows of other books' shipments what the journal knows of them. */
function baseOf(book: BookList): Book {
  const shipmentOwner = (shipment: string) => book.ownerOf(plainName(shipment));
  return { ...emptyBook(book.state), shipmentOwner };
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
  const entries = decision.entries.map(({ id, contradicts }) => {
    const inQuestion = contradicts.map(({ holding, change, since, counts }) => ({
      key: plainKey(holding),
      ...{ change, since },
      counts: counts.map(({ entry, day, counted }) => `${entry} on ${day} said ${counted}`),
    }));
    return { id, contradicts: byKey(inQuestion) };
  });
  return { says: 'accepted', entries };
}

function verdictInBrief(verdict: Verdict): unknown {
  if (verdict.says !== 'accepted') return verdict;
  const entries = verdict.entries.map(({ id, contradicts }) => {
    const inQuestion = contradicts.map(({ spot, change, since, counts }) => ({
      key: keyOf(spot),
      ...{ change, since },
      counts: counts.map(({ entry, counted }) => `${entry.id} on ${entry.day} said ${counted}`),
    }));
    return { id, contradicts: byKey(inQuestion) };
  });
  return { says: 'accepted', entries };
}

/** Learns by which ids the service knows the differences that an entry opens. */
function nameDifferences(entry: DecidedEntry, written: Written, book: BookList): void {
  for (const { mark } of written.counting?.differences ?? []) {
    const kept = entry.postings.filter((p) => plainKey(p) === bareKeyOf(mark));
    const fresh = kept.filter((p) => p.difference !== null && !book.named.has(p.difference));
    assert.equal(fresh.length, 1, `difference of ${entry.id}: ${bareKeyOf(mark)}`);
    book.named.set(fresh[0]?.difference ?? '', mark.mark);
  }
  for (const [n, { holding, change, since }] of entry.contradicts.entries()) {
    const isIt = (c: Contradicts) =>
      keyOf(c.spot) === plainKey(holding) && c.change === change && c.since === since;
    const found = written.contradicts.find(isIt);
    assert(found, `contradiction of ${entry.id}`);
    book.named.set(`${entry.id}.c${n}`, found.mark);
  }
  if (entry.kind === 'statement') book.named.set(`${entry.id}.0`, `${entry.id}!`);
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

/** A holding of the service in the model's words, without the difference that it belongs to. */
export function plainKey(h: {
  readonly account: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly site: string | null;
  readonly institution: string | null;
  readonly shipment: string | null;
}): string {
  const { account, munition, lot, site, institution, shipment } = h;
  const names = [munition, lot, site, institution, shipment].map(plainName);
  return [account, ...names, ''].join('|');
}

function legsOf({ postings }: DecidedEntry, book: BookList): string[] {
  return postings
    .map((p) => {
      const mark = p.difference === null ? '' : (book.named.get(p.difference) ?? 'unknown');
      return `${plainKey(p)}${mark} ${p.quantity} ${p.precision === 'exact' ? '' : 'about'}`;
    })
    .sort();
}

function modelLegs({ legs }: Written): string[] {
  return legs.map(({ key, change, exact }) => `${key} ${change} ${exact ? '' : 'about'}`).sort();
}

function byKey<T extends { key: string }>(all: readonly T[]): T[] {
  return [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
