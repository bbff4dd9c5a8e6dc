/**
 * `npm run test:engine`: runs the contract, the scenarios and the HTTP tests on the cluster engine,
 * and the tests that kill a service and the servers. A server is found in this order:
 *
 * 1. `STOCKPILE_TEST_EVENTSTOREDB=esdb://…`: that one
 * 2. `STOCKPILE_TEST_EVENTSTOREDB=<command>`: one that the command starts and keeps in the
 *    foreground, insecure, on 127.0.0.1 at `PORT` (and `REPLICATION_PORT`), with its data in `FOLDER`,
 *    taking appends of 16,000,000 bytes; of three it is told `CLUSTER_SIZE=3` and the others' `SEEDS`
 * 3. the official image, where Docker runs
 *
 * Without any it says so and skips.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inDocker } from './docker.ts';
import { Nodes } from './nodes.ts';

interface Found {
  readonly connection: string;
  readonly stop: () => unknown;
}

const given = process.env['STOCKPILE_TEST_EVENTSTOREDB'] ?? '';

async function find(): Promise<Found | undefined> {
  if (given.startsWith('esdb')) return { connection: given, stop: () => undefined };
  if (given === '') return inDocker();
  const nodes = await Nodes.start(given, 1);
  return { connection: nodes.connection, stop: () => nodes.stop() };
}

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

function runTests(connection: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-engine-'));
  const output = join(folder, 'results.json');
  const suites = ['test/engine/*.engine.ts', 'test/scenarios/*.spec.ts', 'test/http/*.spec.ts'];
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'],
      ...['--maxWorkers', '2', '--testTimeout', '120000', '--json', `--outputFile=${output}`],
      ...['--testMatch', ...[...suites, 'test/crash/kill.spec.ts'].map((suite) => `**/${suite}`)],
      ...process.argv.slice(2),
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        STOCKPILE_TEST_EVENTSTOREDB: connection,
        STOCKPILE_TEST_EVENTSTOREDB_COMMAND: given.startsWith('esdb') ? '' : given,
      },
    },
  );
  const counts = JSON.parse(readFileSync(output, 'utf8')) as Counts;
  rmSync(folder, { recursive: true, force: true });
  const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
  const skips = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
  console.log(`tests: ${counts.numPassedTests} passed, ${failed} failed${skips}`);
  return status === 0;
}

const found = await find();
if (found === undefined) {
  console.log(
    'SKIPPED: no EventStoreDB server to test against. Set STOCKPILE_TEST_EVENTSTOREDB to a ' +
      'connection string (esdb://…) or to a command that starts one, or start Docker.',
  );
  console.log('tests: 0 passed, 0 failed');
} else {
  try {
    if (!runTests(found.connection)) process.exitCode = 1;
  } finally {
    await found.stop();
  }
}
