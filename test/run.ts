/**
 * `npm test`: builds, then checks types, lint, format, architecture and that every branch of the pure
 * core is reached, and runs every test. Prints what each step took, and last the counts:
 * `tests: N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const checks = [
  'build',
  'check:types',
  'check:lint',
  'check:format',
  'check:architecture',
  'coverage',
];
const npm = process.env['npm_execpath'];
let failed = false;

function step(name: string, command: string, args: readonly string[]): void {
  const start = performance.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status !== 0) failed = true;
}

for (const check of checks) {
  const run = ['run', '--silent', check];
  if (npm === undefined) step(check, 'npm', run);
  else step(check, process.execPath, [npm, ...run]);
}

const folder = mkdtempSync(join(tmpdir(), 'stockpile-tests-'));
const output = join(folder, 'results.json');
const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
const report = ['--json', `--outputFile=${output}`, ...process.argv.slice(2)];
step('tests', process.execPath, [...jest, ...report]);

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}
try {
  const counts = JSON.parse(readFileSync(output, 'utf8')) as Counts;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts;
  // A file that can't even be loaded is a failed test, though jest counts none in it.
  const failures = numFailedTests + counts.numRuntimeErrorTestSuites;
  const skipped = numPendingTests + numTodoTests;
  const skips = skipped > 0 ? `, ${skipped} skipped` : '';
  console.log(`tests: ${numPassedTests} passed, ${failures} failed${skips}`);
} catch (error) {
  failed = true;
  console.log(`The tests left no result: ${String(error)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;
