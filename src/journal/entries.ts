import type { DatabaseSync } from 'node:sqlite';
import type { RecordedEntry } from '../ledger/entry.ts';
import { decodeEntry } from '../ledger/event-codec.ts';
import type { Day } from '../ledger/effective-date.ts';
import type { Kind } from '../ledger/kinds.ts';
import type { Page, TwoTimes } from './asked.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { standing } from './open-questions.ts';
import { dayNumber } from './schema.ts';
import { statement } from './statements.ts';

/** An entry as the journal holds it. */
export interface JournalEntry {
  readonly entry: RecordedEntry;
  readonly position: string;
  /** The entry that reversed it, as known at the position asked. */
  readonly reversedBy: string | null;
}

interface Row {
  readonly position: string;
  readonly type: string;
  readonly revision: number;
  readonly event: Uint8Array;
  readonly reversedBy: string | null;
}

const select = `
  SELECT CAST(e.position AS TEXT) AS position, e.type, e.revision, e.event, r.id AS reversedBy
  FROM entries e LEFT JOIN entries r ON r.position = e.reversed_by AND r.position <= :known`;

/** Reads entries back, with their postings and what became of them. */
export class EntryReader {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** The entries of a State in the order recorded. @throws BadCursor */
  page(
    state: number,
    at: TwoTimes,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Page<JournalEntry> {
    const [after] = cursor ? decodeCursor(cursor, 'n') : [-1];
    const query = `${select} WHERE e.state = :state AND e.revision > :after AND e.day <= :day
      AND e.position <= :known ORDER BY e.revision LIMIT :limit`;
    const rows = statement(this.#db, query).all({
      state,
      after: Number(after),
      day: dayNumber(at.effective),
      known: at.known,
      limit: limit + 1,
    }) as unknown as Row[];
    const items = rows.slice(0, limit).map(read);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items, next: more ? encodeCursor([last.entry.revision]) : null };
  }

  /** Entries of these kinds of the days from one on, that stand, in the order of their days. */
  standing(
    state: number,
    kinds: readonly Kind[],
    from: Day,
    at: TwoTimes,
  ): readonly RecordedEntry[] {
    const query = `${select} WHERE e.state = :state AND e.day BETWEEN :from AND :day
      AND e.kind IN (SELECT value FROM json_each(:kinds)) AND ${standing('e')}
      ORDER BY e.day, e.position`;
    const rows = statement(this.#db, query).all({
      state,
      from: dayNumber(from),
      day: dayNumber(at.effective),
      known: at.known,
      kinds: JSON.stringify(kinds),
    }) as unknown as Row[];
    return rows.map((row) => read(row).entry);
  }

  one(state: number, id: string, known: bigint): JournalEntry | undefined {
    const query = `${select} WHERE e.id = :id AND e.state = :state AND e.position <= :known`;
    const row = statement(this.#db, query).get({ state, id, known });
    return row && read(row as unknown as Row);
  }
}

function read({ position, type, revision, event, reversedBy }: Row): JournalEntry {
  const entry = decodeEntry({ type, revision, data: event });
  return { entry, position, reversedBy };
}
