import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { decideFact, reversalRefusals, type FactDecision } from '../../src/treaty/admission.ts';
import { FactBook } from '../../src/treaty/fact-book.ts';
import type { AskedFact, Fact } from '../../src/treaty/facts.ts';
import { membershipsOf, type Membership } from '../../src/treaty/membership.ts';
import { mineBan } from '../../src/treaty/mine-ban.ts';
import { complianceOf, type Compliance } from '../../src/treaty/obligations.ts';
import type { FactRefusal } from '../../src/treaty/refusals.ts';
import { noStock, type StockRecord } from '../../src/treaty/stock-record.ts';

/** A record of the treaty in memory; facts are called f1, f2 … in the order recorded. */
export class TestTreaty {
  readonly book = new FactBook();
  readonly now: number;
  #position = 0n;

  /** @param today the day it is (noon in Greenwich) */
  constructor(today = '2026-11-24') {
    this.now = Date.parse(`${today}T12:00:00Z`);
  }

  get position(): bigint {
    return this.#position;
  }

  try(asked: AskedFact): FactDecision {
    const facts = this.book.standing(asked.state, this.#position);
    const common = this.book.standing(null, this.#position);
    return decideFact(asked, { law: mineBan, facts, common }, this.now);
  }

  /** Records a fact that must be allowed. */
  record(asked: AskedFact): Fact {
    const decision = this.try(asked);
    const { kind, state } = asked;
    assert(decision.outcome === 'accepted', `${kind} ${state}: ${JSON.stringify(decision)}`);
    return this.#take(asked);
  }

  /** Reverses a fact, or says why not. */
  reverse(entry: string): readonly FactRefusal[] {
    const all = [...this.book.states(this.#position), null].flatMap((state) =>
      this.book.recorded(state, this.#position),
    );
    const found = all.find(({ fact }) => fact.id === entry);
    const state = found?.fact.state ?? null;
    const common = this.book.standing(null, this.#position);
    const others = [...this.book.states(this.#position), null].map((other) =>
      this.book.standing(other, this.#position),
    );
    const record = { law: mineBan, facts: this.book.standing(state, this.#position), common };
    const isReversed = found !== undefined && found.reversedBy !== null;
    const refusals = reversalRefusals(entry, found?.fact, isReversed, record, others);
    if (refusals.length === 0) {
      this.#take({ kind: 'reversal', state, body: { entry, reason: 'recorded wrongly' } });
    }
    return refusals;
  }

  memberships(state: string): readonly Membership[] {
    return membershipsOf(this.book.standing(state, this.#position), mineBan);
  }

  /** A State on a day, as known now or at a position. */
  on(day: string, state: string, stock: StockRecord = noStock, known?: bigint): Compliance {
    const at = known ?? this.#position;
    const facts = this.book.standing(state, at);
    return complianceOf(mineBan, facts, this.book.standing(null, at), stock, day);
  }

  #take(asked: AskedFact): Fact {
    this.#position += 1n;
    const fact = {
      ...asked,
      id: `f${this.#position}`,
      position: this.#position,
      revision: Number(this.#position) - 1,
      recordedAt: new Date(this.now).toISOString(),
      actor: 'tests',
      idempotencyKey: `k${this.#position}`,
      requestHash: '',
    } as Fact;
    this.book.take(fact);
    return fact;
  }
}

/** The published facts that an empty ledger loads, as they stand in their file. */
export function publishedFacts(): readonly AskedFact[] {
  const file = new URL('../../src/compliance/published-facts.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { facts: AskedFact[] }).facts;
}
