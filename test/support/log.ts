import { strict as assert } from 'node:assert';
import { Journal } from '../../src/journal/journal.ts';
import { decide, type Command } from '../../src/ledger/decide.ts';
import type { Bodies, Kind } from '../../src/ledger/kinds.ts';
import { testNow } from './book.ts';
import { asStored } from './stored.ts';

/** The books of several States over one journal; entries are called e1, e2 … across all of them. */
export class TestLog {
  readonly journal = new Journal(':memory:');
  #position = 0n;

  /** Records an entry that must be allowed, and gives its id; of a correction all its entries. */
  post<K extends Kind>(state: string, kind: K, body: Bodies[K]): string {
    const book = this.journal.bookOf(state);
    const next = this.#position + 1n;
    const members = (n: number) => `e${next + 1n + BigInt(n)}`;
    const decision = decide({ id: `e${next}`, kind, body, members } as Command, book, testNow);
    assert(decision.outcome === 'decided', `not recorded: ${JSON.stringify(decision, null, 1)}`);
    const events = decision.entries.map((entry, n) => {
      this.#position += 1n;
      const { members: _members, ...decided } = entry as typeof entry & { members?: unknown };
      return asStored(decided, {
        state,
        revision: book.revision + 1 + n,
        position: this.#position,
      });
    });
    this.journal.apply(events);
    return `e${next}`;
  }

  /** What a State's list of differences says, as known now or at a position. */
  differences(state: string, effective: string, known = this.#position) {
    const id = this.journal.stateId(state);
    return this.journal.differences.page(id, { effective, known }, { limit: 100 }).items;
  }

  shipment(name: string, effective: string, known = this.#position) {
    return this.journal.shipments.of(name, { effective, known });
  }

  figures(state: string, effective: string, known = this.#position) {
    return this.journal.figures.of(this.journal.stateId(state), { effective, known });
  }
}
