import everything from './jest.config.js';

/** The folders that are pure: every branch in them is reached, and every mutant of them is tried. */
export const pure = ['ledger'];

/** The suites that judge the pure folders, within seconds. */
export const suites = [
  ...pure.map((folder) => `src/${folder}/**/*.spec.ts`),
  'test/{table,scenarios}/**/*.spec.ts',
];

export default {
  ...everything,
  // In another order every time: a test that leans on one before it would blame mutants falsely.
  randomize: true,
  testMatch: suites.map((suite) => `<rootDir>/${suite}`),
  collectCoverageFrom: pure.flatMap((folder) => [
    `src/${folder}/**/*.ts`,
    `!src/${folder}/**/*.spec.ts`,
  ]),
  coverageReporters: [['text', { skipFull: true }], 'html'],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
};
