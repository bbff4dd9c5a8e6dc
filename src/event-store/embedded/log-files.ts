import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../errors.ts';
import { checkLog } from './log-check.ts';
import { applicationId, fileNames, schema, schemaVersion } from './log-schema.ts';
import { damaged, reason } from './sqlite-errors.ts';
import { checkWal } from './wal-check.ts';

const magic = 'SQLite format 3\0';

/**
 * Makes sure that `folder` holds a sound log: an empty one is made where there is none, and one
 * that is there is read through. Returns its path. Throws `StoreRefused`.
 */
export async function prepareLog(folder: string): Promise<string> {
  const file = join(folder, fileNames.log);
  const stat = statSync(file, { throwIfNoEntry: false });
  const size = stat?.isFile() === true ? stat.size : 0;
  const beside = ['log.db-wal', 'log.db-journal'].filter((name) => isFilled(join(folder, name)));
  if (stat === undefined && beside.length === 0) {
    createLog(folder, file);
    return file;
  }
  if (size === 0) {
    const what = stat === undefined ? 'missing' : stat.isFile() ? 'empty (0 bytes)' : 'not a file';
    const and = beside.length > 0 ? ` while ${beside.join(' and ')} stands beside it` : '';
    throw damaged(folder, `log.db is ${what}${and}`);
  }
  if (beside.includes('log.db-journal')) {
    throw damaged(folder, 'log.db-journal stands beside log.db, and no ledger writes that');
  }
  if (readStart(folder, file) !== magic) throw damaged(folder, 'log.db is not a database');
  await checkExisting(folder, file);
  return file;
}

async function checkExisting(folder: string, file: string): Promise<void> {
  const wal = checkWal(`${file}-wal`);
  if (wal === 'damaged-header') {
    throw damaged(folder, 'the header of log.db-wal, which holds the last events, is damaged');
  }
  const last = await checkLog(folder, file, wal !== 'absent');
  if (wal === 'damaged-frame') {
    throw damaged(
      folder,
      `log.db-wal is damaged: position ${last + 1} is the first that can't be read`,
    );
  }
}

function isFilled(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function readStart(folder: string, file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const bytes = Buffer.alloc(magic.length);
      readSync(descriptor, bytes, 0, bytes.length, 0);
      return bytes.toString('latin1');
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new StoreRefused(`the ledger in ${folder} can't be read: ${reason(error)}`, {
      cause: error,
    });
  }
}

/** Makes the log beside its name and renames it, so that `log.db` never exists half made. */
function createLog(folder: string, file: string): void {
  const draft = `${file}.new`;
  try {
    for (const side of ['', '-wal', '-shm', '-journal']) rmSync(draft + side, { force: true });
    const database = new DatabaseSync(draft);
    try {
      database.exec(
        `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN; ` +
          `${Object.values(schema).join('; ')}; PRAGMA application_id = ${applicationId}; ` +
          `PRAGMA user_version = ${schemaVersion}; COMMIT`,
      );
    } finally {
      database.close();
    }
    syncToDisk(draft);
    renameSync(draft, file);
    syncToDisk(folder);
    syncToDisk(dirname(folder));
  } catch (error) {
    throw new StoreRefused(`no ledger can be made in ${folder}: ${reason(error)}`, {
      cause: error,
    });
  }
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
