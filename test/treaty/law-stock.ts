import type { Day } from '../../src/ledger/effective-date.ts';
import type { Find, RetainedYear, StockRecord } from '../../src/treaty/stock-record.ts';

/** Figures of a State as the ledger would give them, from the few changes that a rule looks at. */
export class LawStock implements StockRecord {
  readonly #changes: { day: Day; of: string; quantity: number }[] = [];
  readonly #finds: Omit<Find, 'left'>[] = [];
  readonly #years: RetainedYear[] = [];

  /** @param of `held`, `unverifiable` (still held), `custody`, or the name of a find (held too) */
  change(day: Day, of: string, quantity: number): void {
    this.#changes.push({ day, of, quantity });
  }

  /** A find, on a day or in a month: it is counted on its last day. */
  find(entry: string, effectiveDate: string, day: Day, quantity: number): void {
    this.#finds.push({ entry, effectiveDate, day, quantity });
    this.change(day, entry, quantity);
  }

  retain(year: RetainedYear): void {
    this.#years.push(year);
  }

  on(day: Day) {
    const finds = this.#finds.map(({ entry }) => this.#sum(entry, day));
    const held = finds.reduce((sum, left) => sum + left, this.#sum('held', day));
    return {
      known: this.#changes.some((change) => change.of !== 'custody' && change.day <= day),
      remaining: held + this.#sum('unverifiable', day),
      unverifiable: this.#sum('unverifiable', day),
      custody: this.#sum('custody', day),
    };
  }

  changes(after: Day, by: Day): readonly Day[] {
    const days = new Set(this.#changes.map(({ day }) => day));
    return [...days].filter((day) => day > after && day <= by).sort();
  }

  found(after: Day, by: Day): readonly Find[] {
    return this.#finds
      .filter(({ day }) => day > after && day <= by)
      .map((find) => ({ ...find, left: (day: Day) => this.#sum(find.entry, day) }));
  }

  retained(): readonly RetainedYear[] {
    return this.#years;
  }

  #sum(of: string, day: Day): number {
    return this.#changes
      .filter((change) => change.of === of && change.day <= day)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }
}
