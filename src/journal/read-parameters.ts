import type { ProblemName } from '../http/problem.ts';
import { limits } from '../limits.ts';

/** The parameters that reads share, in words. */
export const twoTimes = {
  effective: 'The day asked about, at its end; today (UTC) unless said; the future is allowed',
  known: 'A position or an instant: answer as known then; now unless said',
};

export const holdings = {
  munition: 'Only this type, as declared',
  type: 'Only this type of the catalogue: every spelling that it ties together',
  lot: 'Only this lot; empty for "not recorded"',
  site: 'Only this site; empty for "not recorded"',
  institution: 'Only this institution; empty for "not recorded"',
};

export const paging = {
  limit: `Items of a page: ${limits.pageDefault} unless said, at most ${limits.pageMax}`,
  after: 'The `next` of the page before',
};

export const mustSee = {
  'Ledger-Min-Position': 'Answer only when this position has been taken; waits a bounded time',
};

export const stateProblems: readonly ProblemName[] = ['unknown-state', 'not-yet-known'];
