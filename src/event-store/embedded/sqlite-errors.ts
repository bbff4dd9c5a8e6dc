import { isNativeError } from 'node:util/types';
import { StoreRefused } from '../errors.ts';

const primary = { busy: 5, locked: 6, readonly: 8, full: 13, notADatabase: 26 } as const;

/** SQLite's primary result code of an error, or undefined when SQLite did not throw it. */
export function resultCode(error: unknown): number | undefined {
  if (!isNativeError(error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === primary.busy || code === primary.locked;
}

export function isNotADatabase(error: unknown): boolean {
  return resultCode(error) === primary.notADatabase;
}

/** Whether there was no space for what was written. */
export function isFull(error: unknown): boolean {
  return resultCode(error) === primary.full;
}

/**
 * Whether a failed COMMIT has certainly recorded nothing: SQLite gave up before the frame that
 * makes a transaction valid was written. After any other failure only a restart can tell.
 */
export function hasCertainlyNotCommitted(error: unknown): boolean {
  const code = resultCode(error);
  return isBusy(error) || isFull(error) || code === primary.readonly;
}

/** Whether the same step may succeed later without a restart. */
export const mayPass = hasCertainlyNotCommitted;

/** The words of an error, for a message that names a cause. */
export function reason(error: unknown): string {
  return isNativeError(error) ? error.message : String(error);
}

/** A refusal to open a damaged ledger: what is wrong, and what to do. */
export function damaged(folder: string, what: string, cause?: unknown): StoreRefused {
  return new StoreRefused(
    `the ledger in ${folder} is damaged: ${what}. Nothing was changed. Keep the damaged files for ` +
      'examination and restore the folder from a backup.',
    { cause },
  );
}
