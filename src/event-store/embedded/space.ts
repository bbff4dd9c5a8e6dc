import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that must fit, at least, before the disk is taken for one with space. */
const enough = 64 * 1024;

/** Whether the disk of a folder has space again: tried by writing, as quotas don't show otherwise. */
export function hasSpace(folder: string): boolean {
  const path = join(folder, 'space.tmp');
  try {
    const file = openSync(path, 'w');
    try {
      const written = writeSync(file, Buffer.alloc(enough));
      fsyncSync(file);
      return written === enough;
    } finally {
      closeSync(file);
    }
  } catch {
    // Whatever keeps this from being written keeps an entry from it too.
    return false;
  } finally {
    rmSync(path, { force: true });
  }
}
