import { strict as assert } from 'node:assert';
import type { StoredEvent } from '../../src/event-store/event-store.ts';
import { emptyBook } from '../../src/ledger/book.ts';
import { decide, type Command, type Decision } from '../../src/ledger/decide.ts';
import type { DecidedEntry, RecordedEntry } from '../../src/ledger/entry.ts';
import { decodeEntry } from '../../src/ledger/event-codec.ts';
import type { Bodies, Kind, Line, MovingLine, UseLine } from '../../src/ledger/kinds.ts';
import type { Fault, Refusal } from '../../src/ledger/refusals.ts';
import { RunningBook } from '../../src/ledger/running-book.ts';
import { asStored } from './stored.ts';

/** Noon in Greenwich on the day it is in the tests. */
export const testNow = Date.parse('2026-03-01T12:00:00Z');

/** A book in memory to which tests post; entries are called e1, e2 … in the order recorded. */
export class TestBook {
  readonly book: RunningBook;
  readonly events: StoredEvent[] = [];

  constructor(state = 'XXA') {
    this.book = new RunningBook(emptyBook(state));
  }

  try<K extends Kind>(kind: K, body: Bodies[K]): Decision {
    const next = this.events.length + 1;
    const members = (n: number) => `e${next + 1 + n}`;
    const parts = kind === 'correction' ? { members } : {};
    const command = { id: `e${next}`, kind, body, ...parts } as unknown as Command;
    return decide(command, this.book, testNow);
  }

  /** Records an entry that must be allowed; of a correction all its entries, and gives the first. */
  post<K extends Kind>(kind: K, body: Bodies[K]): RecordedEntry {
    const decision = this.try(kind, body);
    assert(decision.outcome === 'decided', `not recorded: ${JSON.stringify(decision, null, 1)}`);
    const [first, ...parts] = decision.entries;
    assert(first);
    const entry = this.#record(first);
    for (const part of parts) this.#record(part, { causation: first.id });
    return entry;
  }

  #record(decided: DecidedEntry, cause: { readonly causation?: string } = {}): RecordedEntry {
    const revision = this.events.length;
    const position = BigInt(revision + 1);
    const event = asStored(decided, { state: this.book.state, revision, position, ...cause });
    const entry = decodeEntry(event);
    this.events.push(event);
    this.book.record(entry);
    return entry;
  }

  /** Why the book refuses an entry that it must refuse. */
  refusals<K extends Kind>(kind: K, body: Bodies[K]): readonly Refusal[] {
    const decision = this.try(kind, body);
    assert(decision.outcome === 'refused', `not refused: ${JSON.stringify(decision, null, 1)}`);
    return said(decision.refusals);
  }

  /** What is wrong with a body that must be wrong in itself. */
  faults<K extends Kind>(kind: K, body: Bodies[K]): readonly Fault[] {
    const decision = this.try(kind, body);
    assert(decision.outcome === 'invalid', `not invalid: ${JSON.stringify(decision, null, 1)}`);
    return said(decision.faults);
  }
}

/** Every reason is given in words, and for a place in the body. */
export function said<F extends Fault>(reasons: readonly F[]): readonly F[] {
  for (const { pointer, detail } of reasons) {
    assert(/^(\/.+)?$/.test(pointer), `points nowhere: ${pointer}`);
    assert(/\w+ \w+/.test(detail), `says too little of ${pointer}: ${detail}`);
  }
  return reasons;
}

type More = Partial<Omit<MovingLine & UseLine, 'munition' | 'quantity'>>;

/** One line of mines of the type M14. */
export function m14(quantity: number, more: More = {}): (MovingLine & UseLine)[] {
  return [{ munition: 'M14', quantity, ...more }];
}

/** Bodies that most tests need, with what they seldom care about filled in. */
export const declared = (effectiveDate: string, quantity: number, more: Partial<Line> = {}) => ({
  effectiveDate,
  basis: 'declared' as const,
  lines: m14(quantity, more),
});

export const destroyed = (effectiveDate: string, quantity: number, more: Partial<Line> = {}) => ({
  effectiveDate,
  article: '4' as const,
  from: 'held/stockpile' as const,
  destructionSite: 'Kiln',
  method: 'open detonation',
  lines: m14(quantity, more),
});

export const counted = (effectiveDate: string, quantity: number, more: Partial<Line> = {}) => ({
  effectiveDate,
  account: 'held/stockpile' as const,
  method: 'full' as const,
  lines: m14(quantity, more),
});

/** Postings in words: "−10 M14 held/stockpile, lot A". */
export function inWords(
  postings: readonly {
    account: string;
    munition: string;
    lot: string | null;
    site: string | null;
    institution: string | null;
    shipment: string | null;
    difference: string | null;
    quantity: number;
  }[],
): string[] {
  return postings.map((p) => {
    const parts = [
      `${p.quantity > 0 ? '+' : '−'}${Math.abs(p.quantity)} ${p.munition} ${p.account}`,
    ];
    for (const part of ['lot', 'site', 'institution', 'shipment', 'difference'] as const) {
      if (p[part] !== null) parts.push(`${part} ${p[part]}`);
    }
    return parts.join(', ');
  });
}
