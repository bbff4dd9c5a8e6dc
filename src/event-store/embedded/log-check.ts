import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { StoreRefused } from '../errors.ts';
import { isIntact, rowColumns, rowsOf } from './event-row.ts';
import { applicationId, schema, schemaVersion } from './log-schema.ts';
import { damaged, isNotADatabase, reason } from './sqlite-errors.ts';

/** Events checked before other work of the process gets its turn. */
const pieceEvents = 10_000;

/**
 * Reads the whole log and every index, and changes nothing, not even when it fails. Throws
 * `StoreRefused` naming the first position that is missing, altered or can't be read, or else
 * what is wrong; also for the file of another program or of a newer version of this one.
 * `walInUse` says that the write-ahead file beside the log holds something. Returns the last
 * position, 0 for an empty log.
 */
export async function checkLog(folder: string, file: string, walInUse: boolean): Promise<number> {
  // Without a write-ahead file the log is read as immutable, so that SQLite makes no side files.
  const url = pathToFileURL(file);
  if (!walInUse) url.searchParams.set('immutable', '1');
  const sharedMemory = `${file}-shm`;
  const hadSharedMemory = existsSync(sharedMemory);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(url, { readOnly: true, defensive: false });
    // Lets a file that was cut off be read as far as it goes, to say where it ends.
    database.exec('PRAGMA writable_schema = ON; PRAGMA cache_size = -4096');
    checkIdentity(folder, database);
    const last = await checkRows(folder, database);
    checkStructure(folder, database, last);
    checkRevisions(folder, database);
    return last;
  } catch (error) {
    throw error instanceof StoreRefused ? error : unreadable(folder, 0, error);
  } finally {
    database?.close();
    if (!hadSharedMemory) rmSync(sharedMemory, { force: true });
  }
}

function checkIdentity(folder: string, database: DatabaseSync): void {
  const found = readIdentity(folder, database);
  if (found.application !== applicationId) {
    throw new StoreRefused(
      `the folder ${folder} holds no ledger: log.db is the database of another program ` +
        `(application id ${String(found.application)}). Nothing was changed.`,
    );
  }
  if (found.version > schemaVersion) {
    throw new StoreRefused(
      `the ledger in ${folder} was written by a newer version of this program (format ` +
        `${found.version}; this one knows ${schemaVersion}). Nothing was changed; use the newer one.`,
    );
  }
  const wanted = Object.entries(schema);
  if (
    found.version !== schemaVersion ||
    found.texts.size !== wanted.length ||
    wanted.some(([name, text]) => found.texts.get(name) !== text)
  ) {
    throw damaged(folder, `log.db does not have the tables of format ${schemaVersion}`);
  }
}

function readIdentity(folder: string, database: DatabaseSync) {
  try {
    const texts = database.prepare('SELECT name, sql FROM sqlite_schema').all();
    return {
      application: database.prepare('PRAGMA application_id').get()?.['application_id'],
      version: Number(database.prepare('PRAGMA user_version').get()?.['user_version']),
      texts: new Map(texts.map((row) => [row['name'], row['sql']])),
    };
  } catch (error) {
    if (isNotADatabase(error)) throw damaged(folder, 'log.db is not a database', error);
    throw error;
  }
}

async function checkRows(folder: string, database: DatabaseSync): Promise<number> {
  const statement = database.prepare(
    `SELECT ${rowColumns} FROM events WHERE position > ? ORDER BY position LIMIT ${pieceEvents}`,
  );
  statement.setReturnArrays(true);
  let last = -1;
  for (let next = 0; next !== last; await turn()) {
    last = next;
    next = checkPiece(folder, statement, last);
  }
  return last;
}

/** Checks the rows that follow `after`; returns the position of the last one, or `after`. */
function checkPiece(folder: string, statement: StatementSync, after: number): number {
  let last = after;
  try {
    for (const row of rowsOf(statement, after)) {
      if (row[0] !== last + 1)
        throw damaged(folder, `the event at position ${last + 1} is missing`);
      if (!isIntact(row)) {
        throw damaged(folder, `the event at position ${row[0]} does not match its checksum`);
      }
      last = row[0];
    }
  } catch (error) {
    throw error instanceof StoreRefused ? error : unreadable(folder, last, error);
  }
  return last;
}

function checkStructure(folder: string, database: DatabaseSync, last: number): void {
  let found: string;
  try {
    found = String(database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check']);
  } catch (error) {
    found = reason(error);
  }
  if (found !== 'ok') {
    throw damaged(
      folder,
      `its structure is broken (${found}); the events up to position ${last} can be read`,
    );
  }
}

function checkRevisions(folder: string, database: DatabaseSync): void {
  const broken = database
    .prepare(
      'SELECT stream FROM events GROUP BY stream ' +
        'HAVING min(revision) <> 0 OR max(revision) <> count(*) - 1 LIMIT 1',
    )
    .get();
  if (broken === undefined) return;
  const stream = String(broken['stream']);
  const first = database
    .prepare(
      'SELECT position, revision, due FROM (SELECT position, revision, ' +
        'row_number() OVER (ORDER BY revision) - 1 AS due FROM events WHERE stream = ?) ' +
        'WHERE revision <> due LIMIT 1',
    )
    .get(stream);
  throw damaged(
    folder,
    `the event at position ${String(first?.['position'])} has revision ` +
      `${String(first?.['revision'])} of stream ${stream} where ${String(first?.['due'])} is due`,
  );
}

function unreadable(folder: string, last: number, cause: unknown): StoreRefused {
  return damaged(
    folder,
    `position ${last + 1} is the first that can't be read (${reason(cause)})`,
    cause,
  );
}
