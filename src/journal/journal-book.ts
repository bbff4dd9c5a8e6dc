import type { DatabaseSync } from 'node:sqlite';
import type { StockAccount } from '../ledger/accounts.ts';
import type { Balance, Book, BookEntry, DayChange, Dispatch, EntryRef } from '../ledger/book.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { CountRef, RecordedEntry } from '../ledger/entry.ts';
import { decodeEntry } from '../ledger/event-codec.ts';
import { holdingKey, nameKey, type Holding } from '../ledger/holding.ts';
import { normaliseName } from '../ledger/names.ts';
import { bookQueries } from './book-queries.ts';
import { dayNumber, dayText } from './schema.ts';
import { statement } from './statements.ts';

const now = bookQueries('now');
const then = bookQueries('then');

interface HoldingRow {
  readonly id: number;
  readonly total: number;
}

interface CountRow {
  readonly entry: string;
  readonly revision: number;
  readonly day: number;
  readonly counted: number;
}

/**
 * One State's book as the journal holds it: as known now, for decisions, or at an earlier position.
 * It is good until the journal takes the next event.
 */
export class JournalBook implements Book {
  readonly state: string;
  readonly revision: number;
  readonly inflow: number;
  readonly #db: DatabaseSync;
  /** Parameters of every query beside its own. */
  readonly #time: { readonly known?: bigint };
  readonly #queries: Readonly<Record<keyof typeof now, string>>;
  readonly #id: number;
  readonly #rows = new Map<string, HoldingRow | undefined>();

  /** @param known the position of an earlier moment */
  constructor(db: DatabaseSync, state: string, known?: bigint) {
    this.#db = db;
    this.#time = known === undefined ? {} : { known };
    this.#queries = known === undefined ? now : then;
    this.state = state;
    const row = this.#get('state', state);
    this.#id = Number(row?.['id'] ?? 0);
    this.revision = Number(row?.['revision'] ?? -1);
    this.inflow = Number(row?.['inflow'] ?? 0);
  }

  entry(id: string): BookEntry | undefined {
    const row = this.#get('entry', id, this.#id);
    if (row === undefined) return undefined;
    const { type, revision, event, reversedBy } = row as unknown as {
      type: string;
      revision: number;
      event: Uint8Array;
      reversedBy: string | null;
    };
    return { entry: decodeEntry({ type, revision, data: event }), reversedBy };
  }

  balance(holding: Holding, day: Day): number {
    const row = this.#rowOf(holding);
    if (row === undefined) return 0;
    return this.#later(row.id, day).reduce((sum, { change }) => sum - change, row.total);
  }

  changesAfter(holding: Holding, day: Day): readonly DayChange[] {
    const row = this.#rowOf(holding);
    return row === undefined ? [] : this.#later(row.id, day);
  }

  outflows(holding: Holding, after: Day, through: Day, limit: number): readonly EntryRef[] {
    const row = this.#rowOf(holding);
    const days = [dayNumber(after), dayNumber(through)] as const;
    return row ? (this.#all('outflows', row.id, ...days, limit) as unknown as EntryRef[]) : [];
  }

  vagueInflows(holding: Holding, day: Day, limit: number): readonly EntryRef[] {
    const row = this.#rowOf(holding);
    const d = dayNumber(day);
    return row ? (this.#all('vagueInflows', row.id, d, d, limit) as unknown as EntryRef[]) : [];
  }

  counts(holding: Holding, from: Day): readonly CountRef[] {
    const row = this.#rowOf(holding);
    const day = dayNumber(from);
    const { account, shipment } = holding;
    const named = row === undefined ? [] : this.#all('counts', row.id, day);
    const complete = this.#all('completeCounts', this.#id, account, nameKey(shipment), day);
    const counts = new Map<string, CountRow>();
    for (const count of [...complete, ...named] as unknown as CountRow[]) {
      counts.set(count.entry, count);
    }
    return [...counts.values()]
      .sort((a, b) => a.day - b.day || a.revision - b.revision)
      .map(({ entry, day, counted }) => ({ entry, day: dayText(day), counted }));
  }

  declaredOn(holding: Holding, except: ReadonlySet<string> = new Set()): readonly Day[] {
    const row = this.#rowOf(holding);
    const declared = row === undefined ? [] : this.#all('declared', row.id);
    return [
      ...new Set(
        declared.filter(({ id }) => !except.has(String(id))).map(({ day }) => dayText(Number(day))),
      ),
    ];
  }

  holdingsOf(munition: string, day: Day, limit: number): readonly Balance[] {
    const values = { munition: normaliseName(munition), day: dayNumber(day), limit };
    return this.#balances('holdingsOf', values);
  }

  holdingsIn(account: StockAccount, shipment: string | null, day: Day): readonly Balance[] {
    const values = { account, shipment: nameKey(shipment), day: dayNumber(day) };
    return this.#balances('holdingsIn', values);
  }

  touching(holding: Holding): readonly RecordedEntry[] {
    const row = this.#rowOf(holding);
    const rows = row === undefined ? [] : this.#all('touching', row.id);
    return (rows as unknown as { type: string; revision: number; event: Uint8Array }[]).map(
      ({ type, revision, event }) => decodeEntry({ type, revision, data: event }),
    );
  }

  shipmentOwner(shipment: string): string | undefined {
    return this.#get('shipmentOwner', nameKey(shipment))?.['code'] as string | undefined;
  }

  dispatches(shipment: string): readonly Dispatch[] {
    return this.#all('dispatches', nameKey(shipment), this.#id) as unknown as Dispatch[];
  }

  knowsShipment(shipment: string): boolean {
    return this.#get('knowsShipment', nameKey(shipment), this.#id) !== undefined;
  }

  explanationsOf(difference: string): readonly EntryRef[] {
    return this.#all('explanationsOf', difference, this.#id) as unknown as EntryRef[];
  }

  #balances(query: 'holdingsOf' | 'holdingsIn', values: Record<string, string | number | null>) {
    const rows = statement(this.#db, this.#queries[query]).all({
      ...this.#time,
      state: this.#id,
      ...values,
    });
    return (rows as unknown as (Holding & { balance: number })[]).map((row): Balance => {
      const { account, munition, lot, site, institution, shipment, difference, balance } = row;
      const holding = { account, munition, lot, site, institution, shipment, difference };
      return { holding, balance };
    });
  }

  #later(holding: number, day: Day): DayChange[] {
    return this.#all('later', holding, dayNumber(day)).map((row) => ({
      day: dayText(Number(row['day'])),
      change: Number(row['change']),
    }));
  }

  #rowOf(holding: Holding): HoldingRow | undefined {
    const key = holdingKey(holding);
    if (!this.#rows.has(key)) {
      const row = this.#get('holding', this.#id, key);
      this.#rows.set(key, row && { id: Number(row['id']), total: Number(row['total']) });
    }
    return this.#rows.get(key);
  }

  #get(query: keyof typeof now, ...values: (string | number)[]) {
    return statement(this.#db, this.#queries[query]).get(this.#time, ...values);
  }

  #all(query: keyof typeof now, ...values: (string | number)[]) {
    return statement(this.#db, this.#queries[query]).all(this.#time, ...values);
  }
}
