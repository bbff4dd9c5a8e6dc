import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import type { NewEvent, StoredEvent } from '../event-store.ts';
import { StoreRefused } from '../errors.ts';
import { checksumOf, rowColumns, rowsOf, toStoredEvent } from './event-row.ts';
import { mayPass, reason } from './sqlite-errors.ts';

/** Pages that may wait in the write-ahead file before they are moved into the database. */
const walPagesMax = 1_000;

/**
 * The open log: its statements, prepared once. Everything is synchronous, so that nothing in the
 * process sees a transaction between its begin and its end.
 */
export class LogFile {
  readonly database: DatabaseSync;
  private readonly statements: ReturnType<typeof prepareStatements>;
  private last: number;

  /** Opens a log that `prepareLog` has passed. Throws `StoreRefused`. */
  static open(folder: string, file: string): LogFile {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(file);
      database.exec(
        'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -16384',
      );
      const log = new LogFile(database);
      // Each run starts with an empty write-ahead file: its check relies on that.
      log.moveIntoDatabase('TRUNCATE');
      return log;
    } catch (error) {
      database?.close();
      throw new StoreRefused(`the ledger in ${folder} can't be opened: ${reason(error)}`, {
        cause: error,
      });
    }
  }

  private constructor(database: DatabaseSync) {
    this.database = database;
    this.statements = prepareStatements(database);
    this.last = this.readHead();
  }

  /** Position of the last event, 0 for an empty log. */
  get head(): number {
    return this.last;
  }

  get isOpen(): boolean {
    return this.database.isOpen;
  }

  get inTransaction(): boolean {
    return this.database.isTransaction;
  }

  /** Revision of the last event of a stream, −1 when there is none. */
  lastRevision(stream: string): number {
    const row = this.statements.lastRevision.get(stream) as unknown as [number | null];
    return row[0] ?? -1;
  }

  /** Where the event with this id stands, or undefined. */
  positionOf(id: string): number | undefined {
    return (this.statements.positionOf.get(id) as unknown as [number] | undefined)?.[0];
  }

  /** Adds an event as the next of the log, within a transaction that it begins when needed. */
  write(stream: string, revision: number, event: NewEvent): StoredEvent {
    if (!this.inTransaction) this.statements.begin.run();
    const position = this.last + 1;
    const { id, type, data } = event;
    const checksum = checksumOf(position, stream, revision, id, type, data);
    this.statements.insert.run(position, stream, revision, id, type, data, checksum);
    this.last = position;
    return { position: BigInt(position), stream, revision, id, type, data };
  }

  commit(): void {
    this.statements.commit.run();
  }

  /** Undoes the transaction, if SQLite has not done so itself. */
  rollback(): void {
    if (this.inTransaction) this.statements.rollback.run();
    this.last = this.readHead();
  }

  readStream(stream: string, from: number, limit: number): StoredEvent[] {
    return rowsOf(this.statements.readStream, stream, from, limit).map(toStoredEvent).toArray();
  }

  /** Events behind a position: at most `limit`, and no more once `bytesMax` are reached. */
  readAll(after: number, limit: number, bytesMax = Infinity): StoredEvent[] {
    const events: StoredEvent[] = [];
    let bytes = 0;
    for (const row of rowsOf(this.statements.readAll, after, limit)) {
      const event = toStoredEvent(row);
      events.push(event);
      bytes += event.data.length;
      if (bytes >= bytesMax) break;
    }
    return events;
  }

  /**
   * Moves the write-ahead file into the database when it has grown. Throws when that fails in a
   * way that a later try can't mend.
   */
  tidy(): void {
    const row = this.statements.walPages.get() as unknown as [number, number, number];
    if (row[1] < walPagesMax) return;
    try {
      this.moveIntoDatabase('PASSIVE');
    } catch (error) {
      if (!mayPass(error)) throw error;
    }
  }

  /** Moves the write-ahead file into the database and closes it. */
  close(): void {
    try {
      this.moveIntoDatabase('TRUNCATE');
    } finally {
      this.database.close();
    }
  }

  private moveIntoDatabase(how: 'PASSIVE' | 'TRUNCATE'): void {
    this.database.prepare(`PRAGMA wal_checkpoint(${how})`).get();
  }

  private readHead(): number {
    return (this.statements.head.get() as unknown as [number | null])[0] ?? 0;
  }
}

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => {
    const statement = database.prepare(sql);
    statement.setReturnArrays(true);
    return statement;
  };
  return {
    begin: prepare('BEGIN IMMEDIATE'),
    commit: prepare('COMMIT'),
    rollback: prepare('ROLLBACK'),
    head: prepare('SELECT max(position) FROM events'),
    lastRevision: prepare('SELECT max(revision) FROM events WHERE stream = ?'),
    positionOf: prepare('SELECT position FROM events WHERE id = ?'),
    insert: prepare(`INSERT INTO events (${rowColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`),
    readStream: prepare(
      `SELECT ${rowColumns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    ),
    readAll: prepare(
      `SELECT ${rowColumns} FROM events WHERE position > ? ORDER BY position LIMIT ?`,
    ),
    walPages: prepare('PRAGMA wal_checkpoint(NOOP)'),
  };
}
