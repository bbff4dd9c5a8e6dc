import type { StockAccount } from './accounts.ts';
import { isStock } from './accounts.ts';
import {
  isIn,
  type Balance,
  type Book,
  type BookEntry,
  type DayChange,
  type Dispatch,
  type EntryRef,
} from './book.ts';
import { parseEffectiveDate, type Day } from './effective-date.ts';
import { dayOf, effectiveDateOf, type CountRef, type RecordedEntry } from './entry.ts';
import { explainedBy } from './differences.ts';
import { bareHolding, holding, holdingKey, nameKey, type Holding } from './holding.ts';
import { normaliseName } from './names.ts';
import { changesByHolding, inflowOf } from './posting.ts';
import { shipmentIn } from './shipments.ts';

interface Change {
  readonly entry: RecordedEntry;
  readonly quantity: number;
}

/**
 * A book that goes on from another one: entries recorded here lie over what `base` knows. Over
 * `emptyBook` it is a whole book in memory; over the journal it holds the few entries that the
 * journal has not yet taken.
 */
export class RunningBook implements Book {
  readonly #base: Book;
  readonly #entries = new Map<string, RecordedEntry>();
  readonly #reversedBy = new Map<string, string>();
  readonly #changes = new Map<string, { holding: Holding; changes: Change[] }>();
  readonly #counts: Extract<RecordedEntry, { kind: 'count' }>[] = [];
  readonly #shipments = new Map<string, RecordedEntry[]>();
  readonly #explanations: { difference: string; entry: RecordedEntry; quantity: number }[] = [];
  #revision: number;
  #inflow: number;

  constructor(base: Book) {
    this.#base = base;
    this.#revision = base.revision;
    this.#inflow = base.inflow;
  }

  get state(): string {
    return this.#base.state;
  }
  get revision(): number {
    return this.#revision;
  }
  get inflow(): number {
    return this.#inflow;
  }

  /** Takes one more entry. Never throws: an entry that was recorded can't be refused. */
  record(entry: RecordedEntry): void {
    this.#entries.set(entry.id, entry);
    for (const [key, { holding, change }] of changesByHolding(entry.postings)) {
      const known = this.#changes.get(key) ?? { holding: bareHolding(holding), changes: [] };
      known.changes.push({ entry, quantity: change });
      this.#changes.set(key, known);
    }
    if (entry.kind === 'reversal') this.#reversedBy.set(entry.body.entry, entry.id);
    if (entry.kind === 'count') this.#counts.push(entry);
    const shipment = shipmentIn(entry);
    if (shipment !== undefined) {
      const key = nameKey(shipment);
      this.#shipments.set(key, [...(this.#shipments.get(key) ?? []), entry]);
    }
    for (const { difference, quantity } of explainedBy(entry)) {
      this.#explanations.push({ difference, entry, quantity });
    }
    this.#revision = entry.revision;
    this.#inflow += inflowOf(entry.postings);
  }

  entry(id: string): BookEntry | undefined {
    const reversedBy = this.#reversedBy.get(id);
    const entry = this.#entries.get(id);
    if (entry) return { entry, reversedBy: reversedBy ?? null };
    const below = this.#base.entry(id);
    return below && { ...below, reversedBy: reversedBy ?? below.reversedBy };
  }

  balance(holding: Holding, day: Day): number {
    return this.#of(holding)
      .filter((c) => dayOf(c.entry) <= day)
      .reduce((sum, c) => sum + c.quantity, this.#base.balance(holding, day));
  }

  changesAfter(holding: Holding, day: Day): readonly DayChange[] {
    const below = this.#base.changesAfter(holding, day);
    const own = this.#of(holding).filter((c) => dayOf(c.entry) > day);
    if (own.length === 0) return below;
    const byDay = new Map(below.map(({ day, change }) => [day, change]));
    for (const c of own) byDay.set(dayOf(c.entry), (byDay.get(dayOf(c.entry)) ?? 0) + c.quantity);
    return [...byDay]
      .map(([day, change]) => ({ day, change }))
      .sort((a, b) => (a.day < b.day ? -1 : 1));
  }

  outflows(holding: Holding, after: Day, through: Day, limit: number): readonly EntryRef[] {
    const own = this.#of(holding).filter(
      ({ entry, quantity }) =>
        quantity < 0 && dayOf(entry) > after && dayOf(entry) <= through && this.#stands(entry),
    );
    return firstOf(this.#standing(this.#base.outflows(holding, after, through, limit)), own, limit);
  }

  vagueInflows(holding: Holding, day: Day, limit: number): readonly EntryRef[] {
    const own = this.#of(holding).filter(
      ({ entry, quantity }) =>
        quantity > 0 && dayOf(entry) > day && entry.effective.first <= day && this.#stands(entry),
    );
    return firstOf(this.#standing(this.#base.vagueInflows(holding, day, limit)), own, limit);
  }

  counts(asked: Holding, from: Day): readonly CountRef[] {
    const key = holdingKey(asked);
    const own = this.#counts
      .filter((count) => dayOf(count) >= from && this.#stands(count))
      .flatMap((count): CountRef[] => {
        const { account, shipment, lines, complete } = count.body;
        const line = lines.find((l) => holdingKey(holding(account, l, { shipment })) === key);
        if (line === undefined && !(complete && isIn(asked, account, shipment ?? null))) return [];
        return [{ entry: count.id, day: dayOf(count), counted: line?.quantity ?? 0 }];
      });
    return [...this.#standing(this.#base.counts(asked, from)), ...own].sort((a, b) =>
      a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
    );
  }

  declaredOn(holding: Holding, except: ReadonlySet<string> = new Set()): readonly Day[] {
    const own = this.#of(holding)
      .filter(({ entry }) => entry.kind === 'inventory' && entry.body.basis === 'declared')
      .filter(({ entry }) => this.#stands(entry) && !except.has(entry.id))
      .map(({ entry }) => dayOf(entry));
    const below = this.#base.declaredOn(holding, new Set([...except, ...this.#reversedBy.keys()]));
    return [...new Set([...below, ...own])].sort();
  }

  holdingsOf(munition: string, day: Day, limit: number): readonly Balance[] {
    const name = normaliseName(munition);
    return this.#over(
      this.#base.holdingsOf(munition, day, limit),
      (h) => isStock(h.account) && normaliseName(h.munition) === name,
      day,
    ).slice(0, limit);
  }

  touching(holding: Holding): readonly RecordedEntry[] {
    const own = this.#of(holding).map(({ entry }) => entry);
    return [...this.#base.touching(holding), ...own].filter((entry) => this.#stands(entry));
  }

  shipmentOwner(shipment: string): string | undefined {
    const below = this.#base.shipmentOwner(shipment);
    if (below !== undefined) return below;
    const own = this.#shipments.get(nameKey(shipment)) ?? [];
    return own.some(({ kind }) => kind === 'transfer') ? this.state : undefined;
  }

  dispatches(shipment: string): readonly Dispatch[] {
    const own = (this.#shipments.get(nameKey(shipment)) ?? [])
      .filter((entry) => entry.kind === 'transfer')
      .filter((entry) => this.#stands(entry))
      .map(dispatchOf);
    return [...this.#standing(this.#base.dispatches(shipment)), ...own];
  }

  knowsShipment(shipment: string): boolean {
    return this.#shipments.has(nameKey(shipment)) || this.#base.knowsShipment(shipment);
  }

  explanationsOf(difference: string): readonly EntryRef[] {
    const own = this.#explanations
      .filter((e) => e.difference === difference && this.#stands(e.entry))
      .map(refTo);
    return [...this.#standing(this.#base.explanationsOf(difference)), ...own];
  }

  holdingsIn(account: StockAccount, shipment: string | null, day: Day): readonly Balance[] {
    return this.#over(
      this.#base.holdingsIn(account, shipment, day),
      (h) => isIn(h, account, shipment),
      day,
    );
  }

  /** Balances of the base and of holdings touched here, with what was recorded here. */
  #over(below: readonly Balance[], mine: (h: Holding) => boolean, day: Day): Balance[] {
    const all = new Map(below.map((b) => [holdingKey(b.holding), b]));
    for (const [key, { holding }] of this.#changes) {
      if (mine(holding)) all.set(key, { holding, balance: this.balance(holding, day) });
    }
    return [...all.values()].filter(({ balance }) => balance !== 0);
  }

  #of(holding: Holding): readonly Change[] {
    return this.#changes.get(holdingKey(holding))?.changes ?? [];
  }

  #stands(entry: { id: string; kind: string }): boolean {
    return entry.kind !== 'reversal' && !this.#reversedBy.has(entry.id);
  }

  #standing<R extends { entry: string }>(refs: readonly R[]): R[] {
    return refs.filter(({ entry }) => !this.#reversedBy.has(entry));
  }
}

function refTo({ entry, quantity }: Change): EntryRef {
  return { entry: entry.id, kind: entry.kind, effectiveDate: effectiveDateOf(entry), quantity };
}

function dispatchOf(entry: Extract<RecordedEntry, { kind: 'transfer' }>): Dispatch {
  const quantity = entry.body.lines.reduce((sum, line) => sum + line.quantity, 0);
  return { ...refTo({ entry, quantity }), to: entry.body.to };
}

/** The first by day of the entries of the base and of those recorded here. */
function firstOf(below: readonly EntryRef[], own: readonly Change[], limit: number): EntryRef[] {
  return [...below, ...own.map(refTo)]
    .map((ref) => ({ ref, day: parseEffectiveDate(ref.effectiveDate).last }))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
    .map(({ ref }) => ref)
    .slice(0, limit);
}

/** The book after one more entry; the same book, grown. Never throws. */
export function evolve(book: RunningBook, entry: RecordedEntry): RunningBook {
  book.record(entry);
  return book;
}
