import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Shape } from './history.ts';
import type { Built } from './ledgers.ts';

/** A folder to be filled with books, with their log or only with the journal. */
export interface Job {
  readonly folder: string;
  readonly shapes: readonly Shape[];
  readonly log: boolean;
}

/** Builds it in a process of its own. */
export function build(job: Job): Promise<Built> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'build.ts'), [JSON.stringify(job)]);
    child.on('message', (built) => resolve(built as Built));
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`building ${job.folder} ended with ${status}`)));
  });
}
