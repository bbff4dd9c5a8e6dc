import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { megabytes, ms, percentile } from './numbers.ts';
import type { Section } from './report.ts';

/** Where and with what it was measured: numbers say little without it. */
export function machineSection(root: string, folder: string): Section {
  const own = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    dependencies: Record<string, string>;
  };
  const nest = own.dependencies['@nestjs/core'] ?? '';
  const [cpu] = cpus();
  const sync = syncTimes(folder);
  return {
    title: 'Measured with',
    how: 'Everything on one machine: the service, its clients and the disk.',
    rows: [
      { what: 'package', result: `${own.name} ${own.version}, Nest ${nest} on Fastify` },
      { what: 'Node', result: process.version },
      { what: 'SQLite', result: process.versions['sqlite'] ?? '' },
      { what: 'processor', result: `${cpu?.model.trim() ?? 'unknown'}, ${cpus().length} cores` },
      { what: 'memory', result: megabytes(totalmem()) },
      { what: 'kernel', result: `${process.platform} ${release()}` },
      { what: 'file system', result: fileSystemOf(folder) },
      { what: 'write of 4 kB and fdatasync, p50', result: ms(percentile(sync, 0.5)) },
      { what: 'write of 4 kB and fdatasync, p99', result: ms(percentile(sync, 0.99)) },
      { what: 'day', result: new Date().toISOString().slice(0, 10) },
    ],
  };
}

function syncTimes(folder: string): number[] {
  const file = join(folder, 'sync-test');
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  const times: number[] = [];
  for (let n = 0; n < 200; n++) {
    const start = performance.now();
    writeSync(descriptor, block);
    fdatasyncSync(descriptor);
    times.push(performance.now() - start);
  }
  closeSync(descriptor);
  rmSync(file);
  return times;
}

/** The type of the file system that the folder is on, where the system tells. */
function fileSystemOf(folder: string): string {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((row) => row.split(' '))
      .filter(([, at = '-']) => at === '/' || `${folder}/`.startsWith(`${at}/`))
      .sort(([, a = ''], [, b = '']) => b.length - a.length);
    return mounts[0]?.[2] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}
