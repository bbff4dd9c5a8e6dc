import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const page = Buffer.alloc(4_096, 1);

/** A small disk of its own, which can be filled up to the last page. */
export class SmallDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Mounts one; undefined where this machine does not allow it. */
  static mount(megabytes: number): SmallDisk | undefined {
    const folder = mkdtempSync(join(tmpdir(), 'stockpile-disk-'));
    const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder];
    if (spawnSync('mount', options).status === 0) return new SmallDisk(folder);
    rmSync(folder, { recursive: true });
    return undefined;
  }

  /** Where a ledger lies on it. */
  get data(): string {
    return join(this.folder, 'data');
  }

  /** Fills it, so that this many pages are left. */
  fill(pagesLeft = 0): void {
    this.clear();
    const ballast = openSync(join(this.folder, 'ballast'), 'w');
    const pages = Number(statfsSync(this.folder).bavail) - pagesLeft;
    try {
      for (let n = 0; n < pages; n++) writeSync(ballast, page);
    } catch (error) {
      // The service took the rest at the same time.
      if ((error as { code?: string }).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(ballast);
    }
  }

  /** Gives the space back. */
  clear(): void {
    rmSync(join(this.folder, 'ballast'), { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['-l', this.folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Sets how large files a running process may write; beyond that, writing is an I/O error. */
export function limitFileSize(pid: number, bytes: number | 'unlimited'): void {
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
  if (status !== 0) throw new Error(`prlimit: ${String(stderr)}`);
}

export function canLimitFileSize(): boolean {
  return spawnSync('prlimit', ['--pid', String(process.pid), '--fsize']).status === 0;
}

/** Whether strace is here, can make system calls fail, and may attach to a process of ours. */
export function canFailSystemCalls(): boolean {
  const { pid = 0 } = spawn('sleep', ['0.2'], { stdio: 'ignore' });
  const options = ['-f', '-e', 'inject=fsync:error=EIO', '-p', String(pid)];
  return spawnSync('strace', options).status === 0;
}

/**
 * Makes system calls of a running process fail, as `strace --inject` has it, such as
 * `fsync:error=EIO`. Call what it returns to let them succeed again: it tells how many failed.
 */
export async function failSystemCalls(pid: number, inject: string): Promise<() => Promise<number>> {
  const [call = ''] = inject.split(':');
  const options = ['-e', `trace=${call}`, '-e', `inject=${inject}`];
  const strace = spawn('strace', ['-f', '-p', String(pid), ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  strace.stderr.on('data', (piece: Buffer) => (said += piece.toString('utf8')));
  const ended = once(strace, 'close');
  // It says to which process it is attached.
  await Promise.race([once(strace.stderr, 'data'), ended]);
  return async () => {
    strace.kill('SIGINT');
    await ended;
    return said.split('(INJECTED)').length - 1;
  };
}
