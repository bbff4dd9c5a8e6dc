/** A process of its own that builds one ledger, so that two can be built at once. */
import { buildJournal, buildLedger } from './ledgers.ts';
import type { Job } from './jobs.ts';

const { folder, shapes, log } = JSON.parse(process.argv[2] ?? '') as Job;
const built = log ? await buildLedger(folder, shapes) : buildJournal(folder, shapes);
process.send?.(built);
