import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isNativeError } from 'node:util/types';
import { StoreRefused } from '../errors.ts';
import { fileNames } from './log-schema.ts';
import { isBusy, reason } from './sqlite-errors.ts';

const explanations: Readonly<Record<string, string>> = {
  EEXIST: 'it is a file, not a folder',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

/** Lets go of the folder. */
export interface FolderLock {
  release(): void;
}

/**
 * Makes the folder if there is none, and holds it against every other process and every other
 * store of this one. The operating system lets go of it when the process ends, however it ends.
 * Throws `StoreRefused` when the folder can't be written or is held already.
 */
export function lockFolder(folder: string): FolderLock {
  makeWritable(folder);
  const file = join(folder, fileNames.lock);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const held = database;
    // The transaction is never committed: it writes nothing and only holds SQLite's file lock.
    held.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    tellHolder(folder);
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      const message = `another process has this ledger open (folder ${folder})`;
      throw new StoreRefused(message + holderOf(folder));
    }
    throw new StoreRefused(
      `the ledger in ${folder} can't be locked: ${fileNames.lock}: ${reason(error)}. That file ` +
        'holds nothing: if no other process uses the folder, it may be deleted.',
      { cause: error },
    );
  }
}

/** Writes beside the lock who holds it: a help for people, on which nothing rests. */
function tellHolder(folder: string): void {
  try {
    writeFileSync(join(folder, fileNames.holder), `${process.pid}\n`);
  } catch {
    // A ledger on a full disk can be read all the same, and the file is left empty.
  }
}

function holderOf(folder: string): string {
  try {
    const pid = readFileSync(join(folder, fileNames.holder), 'utf8').trim();
    return /^\d+$/.test(pid) ? `: process ${pid}` : '';
  } catch {
    return '';
  }
}

/** Not mkdir's own recursion, which never returns where the system answers ENOENT (as /proc does). */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

function makeWritable(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : '';
    throw new StoreRefused(
      `the folder ${folder} can't hold a ledger: ${explanations[code] ?? reason(error)}`,
      { cause: error },
    );
  }
}
