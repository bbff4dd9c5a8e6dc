import type { HoldingFilter } from '../../src/journal/asked.ts';
import type { StateFigures } from '../../src/journal/figures.ts';
import type { Difference } from '../../src/journal/differences.ts';
import { Journal } from '../../src/journal/journal.ts';
import type { Account, Figure } from '../../src/ledger/accounts.ts';
import type { RecordedEntry } from '../../src/ledger/entry.ts';
import type { Bodies, Kind } from '../../src/ledger/kinds.ts';
import type { Refusal } from '../../src/ledger/refusals.ts';
import { TestBook } from './book.ts';

/** When a scenario asks: effective on a day, as known after so many entries; all unless said. */
interface When {
  readonly on: string;
  readonly knownAfter?: number;
}

/** A State's book and its journal, told as given, when and then. */
export class Scenario {
  readonly #book = new TestBook('XXA');
  readonly #journal = new Journal(':memory:');

  /** What was recorded before. */
  given<K extends Kind>(kind: K, body: Bodies[K]): RecordedEntry {
    const before = this.#book.events.length;
    const entry = this.#book.post(kind, body);
    this.#journal.apply(this.#book.events.slice(before));
    return entry;
  }

  /** What is now recorded: it must be allowed. */
  when<K extends Kind>(kind: K, body: Bodies[K]): RecordedEntry {
    return this.given(kind, body);
  }

  /** What is now tried and refused, and why. */
  whenRefused<K extends Kind>(kind: K, body: Bodies[K]): readonly Refusal[] {
    return this.#book.refusals(kind, body);
  }

  /** The figures then. */
  then(when: When, filter: HoldingFilter = {}): StateFigures {
    return this.#journal.figures.of(this.#state, this.#at(when), filter);
  }

  /** Why a figure is what it is: "e1 inventory 2004 +100". */
  thenWhy(figure: Figure | Account, when: When, filter: HoldingFilter = {}): string[] {
    const page = { limit: 100 };
    const { items } = this.#journal.explanations.page(
      this.#state,
      figure,
      this.#at(when),
      filter,
      page,
    );
    return items.map(
      ({ entry, kind, effectiveDate, quantity, reversedBy }) =>
        `${entry} ${kind} ${effectiveDate} ${quantity > 0 ? '+' : '−'}${Math.abs(quantity)}` +
        (reversedBy === null ? '' : ` reversed by ${reversedBy}`),
    );
  }

  /** What does not agree then. */
  thenDifferences(when: When): readonly Difference[] {
    return this.#journal.differences.page(this.#state, this.#at(when), { limit: 100 }).items;
  }

  /** The entries then, with what reversed them. */
  thenEntries(when: When): (readonly [string, string, string | null])[] {
    const { items } = this.#journal.entries.page(this.#state, this.#at(when), { limit: 100 });
    return items.map(({ entry, reversedBy }) => [entry.id, entry.kind, reversedBy]);
  }

  get #state(): number {
    return this.#journal.stateId('XXA');
  }

  #at({ on, knownAfter = this.#book.events.length }: When) {
    return { effective: on, known: BigInt(knownAfter) };
  }
}
