import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { digits, megabytes } from '../output/numbers.ts';
import { against, type Row, type Section } from '../output/report.ts';

const root = join(import.meta.dirname, '..', '..');
const goal = { atMost: 150 * 1024 * 1024 };

/** What the service keeps in memory when nobody asks it anything. */
export async function measureMemory({ sizes, folder, ledgers }: Context): Promise<Section> {
  const { quietSeconds } = sizes;
  const empty = await atRest(join(folder, 'empty'), quietSeconds);
  const long = await atRest(ledgers.long.folder, quietSeconds);
  const entries = digits(ledgers.long.entries);
  return {
    title: 'Memory at rest',
    how:
      'Resident set of `stockpile serve` on the built journal, ' +
      `${quietSeconds} s after it was ready, as the kernel counts it.`,
    rows: [...rowsOf('an empty ledger', empty), ...rowsOf(`${entries} entries`, long)],
  };
}

interface AtRest {
  readonly readyMs: number;
  readonly rss: number;
  readonly own: number;
  readonly peak: number;
}

function rowsOf(what: string, { readyMs, rss, own, peak }: AtRest): Row[] {
  const more = `${megabytes(own)} of it its own, peak ${megabytes(peak)}`;
  return [
    against(what, rss, goal, megabytes, more),
    { what: `${what}: from start to ready`, result: `${digits(readyMs / 1000)} s` },
  ];
}

async function atRest(data: string, quietSeconds: number): Promise<AtRest> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, 'bin', 'stockpile.js'), 'serve'], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      STOCKPILE_DATA: data,
      STOCKPILE_BOOTSTRAP_KEY: 'bench-key-0123456789abcdef',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (piece: Buffer) => {
        said += piece.toString();
        const found = /Listening on (\S+?),/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`the service ended:\n${said}`)));
    });
    while (!(await fetch(`${url}/health/ready`)).ok) await delay(100);
    const readyMs = performance.now() - start;
    await delay(quietSeconds * 1000);
    return { readyMs, ...memoryOf(child.pid ?? 0) };
  } finally {
    child.kill();
    await ended;
  }
}

function memoryOf(pid: number): Omit<AtRest, 'readyMs'> {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? Number.NaN) * 1024;
  return { rss: bytes('VmRSS'), own: bytes('RssAnon'), peak: bytes('VmHWM') };
}
