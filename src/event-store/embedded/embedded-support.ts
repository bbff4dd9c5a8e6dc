import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { events } from '../contract-support.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';

const made: string[] = [];

/** A new empty folder; `removeFolders` removes it. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function copyOf(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** A closed store with `count` events in three streams. */
export async function filledFolder(count: number): Promise<string> {
  const folder = newFolder();
  const store = await EmbeddedEventStore.open(folder);
  const next = [0, 0, 0];
  const appends = events(count).map((one, index) => {
    const revision = next[index % 3]!++;
    const expected = revision === 0 ? 'no-stream' : revision - 1;
    return store.append(`stockpile-${index % 3}`, expected, [one]);
  });
  await Promise.all(appends);
  await store.close();
  return folder;
}

/**
 * Name and content of every file of a folder but the lock's; of `-shm`, which SQLite makes anew from
 * the others whenever it likes, only the name.
 */
export function fingerprint(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('lock.'))
    .sort()
    .map((name) => {
      if (name.endsWith('-shm')) return name;
      const content = readFileSync(join(folder, name));
      return `${name} ${createHash('sha256').update(content).digest('hex')}`;
    });
}

/** A process that opens the folder, runs `work` with `store`, and then stays until it is killed. */
export async function processWithStore(folder: string, work = ''): Promise<ChildProcess> {
  const engine = new URL('./embedded-event-store.ts', import.meta.url).href;
  const script = `
    import { EmbeddedEventStore } from ${JSON.stringify(engine)};
    const store = await EmbeddedEventStore.open(${JSON.stringify(folder)});
    ${work}
    process.stdout.write('ready');
    setInterval(() => undefined, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the process ended too early'))),
  ]);
  return child;
}

export async function killed(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
