import type { Find, RetainedYear, StockOnDay, StockRecord } from '../../src/treaty/stock-record.ts';

/**
 * A toy ledger: a list of postings, added up from the start for every question. The simulation is
 * given the same list and keeps its own running figures, so neither knows the other's sums.
 */
export interface Posting {
  readonly entry: string;
  /** As given, and the last day of it as the generator chose it. */
  readonly date: string;
  readonly day: string;
  readonly what:
    | 'declared'
    | 'found'
    | 'destroyed'
    | 'out-of-control'
    | 'custody-in'
    | 'custody-out'
    | 'retained'
    | 'used';
  readonly quantity: number;
  /** The entry that found what is destroyed here. */
  readonly find?: string;
  readonly reason?: string;
}

/** What the postings say, as the port through which the treaty's rules ask. */
export function toyStock(postings: readonly Posting[]): StockRecord {
  const sum = (by: string, ...what: readonly Posting['what'][]): number =>
    postings
      .filter((p) => p.day <= by && what.includes(p.what))
      .reduce((total, { quantity }) => total + quantity, 0);
  const on = (by: string): StockOnDay => ({
    known: postings.some(({ day }) => day <= by),
    remaining: sum(by, 'declared', 'found') - sum(by, 'destroyed'),
    unverifiable: sum(by, 'out-of-control'),
    custody: sum(by, 'custody-in') - sum(by, 'custody-out'),
  });
  const left = ({ entry, quantity }: Posting, by: string): number =>
    postings
      .filter((p) => p.find === entry && p.day <= by)
      .reduce((rest, p) => rest - p.quantity, quantity);
  const found = (after: string, by: string): readonly Find[] =>
    postings
      .filter((p) => p.what === 'found' && p.day > after && p.day <= by)
      .map((p) => ({
        entry: p.entry,
        effectiveDate: p.date,
        day: p.day,
        quantity: p.quantity,
        left: (day) => left(p, day),
      }));
  const retained = (by: string): readonly RetainedYear[] => {
    const all = postings.filter((p) => ['retained', 'used'].includes(p.what) && p.day <= by);
    const held = (day: string) =>
      sum(day < by ? day : by, 'retained') - sum(day < by ? day : by, 'used');
    const years: RetainedYear[] = [];
    for (let year = 1990; year <= Number(by.slice(0, 4)); year++) {
      const own = all.filter(({ day }) => day.startsWith(`${year}-`));
      years.push({
        year,
        held: held(`${year}-12-31`),
        rise: Math.max(0, held(`${year}-12-31`) - held(`${year - 1}-12-31`)),
        withoutReason: own
          .filter((p) => p.what === 'retained' && p.reason === undefined)
          .map(({ entry }) => entry),
        accounted: own.some((p) => p.what === 'used'),
      });
    }
    return years;
  };
  const changes = (after: string, by: string): readonly string[] =>
    [...new Set(postings.map(({ day }) => day))].filter((day) => day > after && day <= by).sort();
  return { on, changes, found, retained };
}
