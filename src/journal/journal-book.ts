import type { DatabaseSync } from 'node:sqlite';
import type { StockAccount } from '../ledger/accounts.ts';
import type { Balance, Book, BookEntry, DayChange, EntryRef } from '../ledger/book.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { CountRef } from '../ledger/entry.ts';
import { decodeEntry } from '../ledger/event-codec.ts';
import { eventTypeOf } from '../ledger/event-types.ts';
import { holdingKey, type Holding } from '../ledger/holding.ts';
import type { Kind } from '../ledger/kinds.ts';
import { normaliseName } from '../ledger/names.ts';
import { dayNumber, dayText } from './schema.ts';
import { statement } from './statements.ts';

const balanceAt = `h.total - coalesce(
  (SELECT sum(change) FROM holding_days WHERE holding = h.id AND day > :day), 0)`;

const queries = {
  state: 'SELECT id, revision, inflow FROM states WHERE code = ?',
  holding: 'SELECT id, total FROM holdings WHERE state = ? AND key = ?',
  later: 'SELECT day, change FROM holding_days WHERE holding = ? AND day > ? ORDER BY day',
  entry: `SELECT e.kind, e.revision, e.event, r.id AS reversedBy
    FROM entries e LEFT JOIN entries r ON r.position = e.reversed_by
    WHERE e.id = ? AND e.state = ?`,
  outflows: `SELECT e.id AS entry, e.kind, e.effective AS effectiveDate, p.quantity
    FROM postings p INDEXED BY posting_holding JOIN entries e ON e.position = p.position
    WHERE p.holding = ? AND p.day > ? AND p.day <= ? AND p.quantity < 0
      AND e.reversed_by IS NULL AND e.kind <> 'reversal' ORDER BY p.day, p.position LIMIT ?`,
  vagueInflows: `SELECT e.id AS entry, e.kind, e.effective AS effectiveDate, p.quantity
    FROM postings p INDEXED BY posting_holding JOIN entries e ON e.position = p.position
    WHERE p.holding = ? AND p.day > ? AND e.first <= ? AND p.quantity > 0
      AND e.reversed_by IS NULL AND e.kind <> 'reversal' ORDER BY p.day, p.position LIMIT ?`,
  counts: `SELECT e.id AS entry, a.day, a.counted
    FROM assertions a JOIN entries e ON e.position = a.position
    WHERE a.holding = ? AND a.day >= ? AND e.reversed_by IS NULL`,
  completeCounts: `SELECT e.id AS entry, c.day, c.position, 0 AS counted
    FROM complete_counts c JOIN entries e ON e.position = c.position
    WHERE c.state = ? AND c.account = ? AND c.shipment = ? AND c.day >= ?
      AND e.reversed_by IS NULL`,
  declared: `SELECT e.id, d.day FROM declarations d JOIN entries e ON e.position = d.position
    WHERE d.holding = ? AND e.reversed_by IS NULL ORDER BY d.day`,
  holdingsOf: `SELECT h.*, ${balanceAt} AS balance FROM holdings h
    WHERE h.state = :state AND h.munition_key = :munition AND balance > 0
      AND (h.account LIKE 'held/%' OR h.account LIKE 'retained%' OR h.account = 'custody')
    LIMIT :limit`,
  holdingsIn: `SELECT h.*, ${balanceAt} AS balance FROM holdings h
    WHERE h.state = :state AND h.account = :account AND h.shipment IS :shipment AND balance > 0`,
} as const;

/** One State's book as the journal holds it, for decisions: always as known now. */
export class JournalBook implements Book {
  readonly state: string;
  readonly revision: number;
  readonly inflow: number;
  readonly #db: DatabaseSync;
  readonly #id: number;

  constructor(db: DatabaseSync, state: string) {
    this.#db = db;
    this.state = state;
    const row = this.#get('state', state);
    this.#id = Number(row?.['id'] ?? 0);
    this.revision = Number(row?.['revision'] ?? -1);
    this.inflow = Number(row?.['inflow'] ?? 0);
  }

  entry(id: string): BookEntry | undefined {
    const row = this.#get('entry', id, this.#id);
    if (row === undefined) return undefined;
    const { kind, revision, event, reversedBy } = row as unknown as {
      kind: Kind;
      revision: number;
      event: Uint8Array;
      reversedBy: string | null;
    };
    return { entry: decodeEntry({ type: eventTypeOf(kind), revision, data: event }), reversedBy };
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
    const complete = this.#all('completeCounts', this.#id, account, shipment ?? '', day);
    const counts = new Map<string, CountRef>();
    for (const count of [...complete, ...named] as {
      entry: string;
      day: number;
      counted: number;
    }[]) {
      counts.set(count.entry, { ...count, day: dayText(count.day) });
    }
    return [...counts.values()]
      .map(({ entry, day, counted }) => ({ entry, day, counted }))
      .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  }

  declaredOn(holding: Holding, except: ReadonlySet<string> = new Set()): Day | undefined {
    const row = this.#rowOf(holding);
    if (row === undefined) return undefined;
    for (const { id, day } of statement(this.#db, queries.declared).iterate(row.id)) {
      if (!except.has(String(id))) return dayText(Number(day));
    }
    return undefined;
  }

  holdingsOf(munition: string, day: Day, limit: number): readonly Balance[] {
    const values = { munition: normaliseName(munition), day: dayNumber(day), limit };
    return this.#balances('holdingsOf', values);
  }

  holdingsIn(account: StockAccount, shipment: string | null, day: Day): readonly Balance[] {
    return this.#balances('holdingsIn', { account, shipment, day: dayNumber(day) });
  }

  #balances(query: 'holdingsOf' | 'holdingsIn', values: Record<string, string | number | null>) {
    const rows = statement(this.#db, queries[query]).all({ state: this.#id, ...values });
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

  #rowOf(holding: Holding): { id: number; total: number } | undefined {
    const row = this.#get('holding', this.#id, holdingKey(holding));
    return row && { id: Number(row['id']), total: Number(row['total']) };
  }

  #get(query: keyof typeof queries, ...values: (string | number)[]) {
    return statement(this.#db, queries[query]).get(...values);
  }

  #all(query: keyof typeof queries, ...values: (string | number)[]) {
    return statement(this.#db, queries[query]).all(...values);
  }
}
