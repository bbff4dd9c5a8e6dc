import { pure, suites } from './jest.core.config.js';

/**
 * `npm run mutation`: breaks the pure core in every way Stryker knows, one at a time, and asks its
 * suites to notice. Fails under 90 in a hundred. The survivors are judged in docs/mutation.md.
 *
 * @type {import('@stryker-mutator/api/core').PartialStrykerOptions}
 */
export default {
  mutate: [
    ...pure.flatMap((folder) => [`src/${folder}/**/*.ts`, `!src/${folder}/**/*.spec.ts`]),
    // Lists of names and types: a test could only repeat them.
    '!src/ledger/kinds.ts',
    '!src/ledger/refusals.ts',
  ],
  testRunner: 'jest',
  jest: {
    configFile: 'jest.core.config.js',
    config: { testMatch: ['<rootDir>/test/support/all-in-one.ts'], globals: { suites } },
    enableFindRelatedTests: false,
  },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Each run leaves its modules in memory: Node does not let go of ES modules in a vm.
  maxTestRunnerReuse: 40,
  timeoutMS: 30_000,
  ignorePatterns: ['coverage', 'data', 'dist', 'docker', 'docs'],
  tempDirName: '.stryker-tmp',
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { logTests: false },
  htmlReporter: { fileName: 'coverage/mutation.html' },
  jsonReporter: { fileName: 'coverage/mutation.json' },
  incrementalFile: 'coverage/mutation-incremental.json',
  thresholds: { high: 95, low: 90, break: 90 },
};
