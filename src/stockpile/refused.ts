import { Problem } from '../http/problem.ts';
import type { Fault, Refusal } from '../ledger/refusals.ts';
import { limits } from '../limits.ts';

/** The body is wrong in itself. */
export function invalidProblem(faults: readonly Fault[]): Problem {
  const errors = faults.slice(0, limits.errorsMax).map((fault) => ({ ...fault }));
  const more = faults.length > errors.length ? ` (the first ${errors.length} are named)` : '';
  const detail = `${count(faults.length, 'error')} in the body${more}; nothing was recorded`;
  return new Problem('invalid', detail, { errors });
}

/** The book refuses: by the one reason there is, or as `refused` when there are several. */
export function refusedProblem(refusals: readonly Refusal[]): Problem {
  const codes = new Set(refusals.map(({ code }) => code));
  const [only = 'refused'] = codes;
  const errors = refusals.slice(0, limits.errorsMax).map((refusal) => ({ ...refusal }));
  const detail = `The book refuses the entry for ${count(refusals.length, 'reason')}; nothing was recorded`;
  return new Problem(codes.size === 1 ? only : 'refused', detail, { errors });
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
