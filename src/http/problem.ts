import { limits } from '../limits.ts';

/** Every kind of problem that the service answers with: its stable name, status and title. */
export const problems = {
  'not-readable': [400, 'The request can’t be read'],
  'idempotency-key-missing': [400, 'A write needs an Idempotency-Key'],
  unauthenticated: [401, 'No valid key or token'],
  forbidden: [403, 'This key may not do that'],
  'not-found': [404, 'There is nothing here'],
  'unknown-state': [404, 'Not the code of a State'],
  'method-not-allowed': [405, 'Not possible on this path'],
  refused: [409, 'The book refuses the entry'],
  'insufficient-stock': [409, 'The holding does not hold that many'],
  'breaks-later-day': [409, 'A later day would not come out'],
  'already-declared': [409, 'This stock was declared already'],
  'inflow-limit': [409, 'More than a book can count exactly'],
  'no-such-entry': [409, 'There is no such entry in this book'],
  'already-reversed': [409, 'The entry was reversed already'],
  'reversal-of-reversal': [409, 'A reversal is not reversed'],
  'count-rested-on': [409, 'A later count rests on this one'],
  'shipment-of-another': [409, 'The shipment is another State’s'],
  'other-receiver': [409, 'The shipment goes to another State'],
  'no-such-shipment': [409, 'The book has no entry of this shipment'],
  'not-dispatched': [409, 'More than was sent and is still out'],
  'not-lost': [409, 'More than control was lost of'],
  'no-such-difference': [409, 'There is no such difference in this book'],
  'difference-closed': [409, 'The difference is closed already'],
  'more-than-open': [409, 'More than is open of the difference'],
  'before-the-difference': [409, 'The difference came up later'],
  'other-holding': [409, 'The difference is of another holding'],
  'last-administrator': [409, 'The last key that can make keys'],
  'spelling-taken': [409, 'The spelling belongs to another type'],
  'no-such-act': [409, 'The Convention has no such act'],
  'no-extension': [409, 'This article can’t be extended'],
  'no-instrument': [409, 'No instrument of this State is recorded'],
  'second-instrument': [409, 'The State is bound already'],
  'before-opening': [409, 'The Convention was not open for signature yet'],
  'second-withdrawal': [409, 'A withdrawal is recorded already'],
  'not-a-party': [409, 'The State is no longer a party'],
  'unknown-meeting': [409, 'There is no such meeting'],
  'not-of-the-meeting': [409, 'The meeting was held at another time'],
  'shorter-than-deadline': [409, 'The deadline in force is not extended by this'],
  'longer-than-possible': [409, 'Longer than an extension may be'],
  'already-completed': [409, 'The article is completed already'],
  'name-taken': [409, 'The name is recorded already'],
  'no-such-fact': [409, 'There is no such fact'],
  'fact-reversed': [409, 'The fact was reversed already'],
  'fact-rested-on': [409, 'Later facts rest on this one'],
  'findings-not-acknowledged': [409, 'Errors are open that were not acknowledged'],
  'period-overlaps': [409, 'Another report is about some of these days'],
  'no-such-filing': [409, 'There is no such filing'],
  'cover-not-enough': [409, 'The cover page alone does not do'],
  'busy-book': [409, 'Others keep writing to this book'],
  'revision-differs': [412, 'The book is not at the revision given'],
  'too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'The body must be application/json'],
  invalid: [422, 'The body is not valid'],
  'idempotency-key-reused': [422, 'The Idempotency-Key belongs to another request'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'An error of the service'],
  'not-ready': [503, 'The service is catching up'],
  'not-yet-known': [503, 'The position has not been reached yet'],
  'storage-unavailable': [503, 'The store can’t take entries now: nothing was recorded'],
  'outcome-unknown': [503, 'It is not known whether the entry was recorded'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemName = keyof typeof problems;

export const problemNames = Object.keys(problems) as ProblemName[];

/** One thing wrong with a request; `pointer` says where (RFC 6901; `?name` for a parameter). */
export interface ProblemError {
  readonly pointer: string;
  readonly detail: string;
  readonly [more: string]: unknown;
}

/** The media type of problems (RFC 9457). */
export const problemMediaType = 'application/problem+json';

/** An answer that is not what was asked for: RFC 9457. */
export class Problem extends Error {
  readonly problem: ProblemName;
  readonly errors: readonly ProblemError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    problem: ProblemName,
    detail: string,
    more: { errors?: readonly ProblemError[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail);
    this.problem = problem;
    this.errors = more.errors ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  get status(): number {
    return problems[this.problem][0];
  }

  toJSON() {
    const [status, title] = problems[this.problem];
    const type = `urn:stockpile-ledger:${this.problem}`;
    return { type, title, status, detail: this.message, errors: this.errors };
  }
}

/** The JSON pointer (RFC 6901) to a field of what another pointer points to. */
export function atField(pointer: string, name: string): string {
  return `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A request with one parameter or header wrong. */
export function badParameter(name: string, detail: string): Problem {
  return new Problem('not-readable', `${name}: ${detail}`, {
    errors: [{ pointer: `?${name}`, detail }],
  });
}

/** A body with this wrong in it, each at its place. */
export function invalidBody(errors: readonly ProblemError[]): Problem {
  const count = `${errors.length} error${errors.length === 1 ? '' : 's'}`;
  return new Problem('invalid', `${count} in the body; nothing was recorded`, {
    errors: errors.slice(0, limits.errorsMax),
  });
}

/** Runs every step, so that what is wrong with each is said at once. @throws Problem */
export function allAtOnce<T extends Readonly<Record<string, () => unknown>>>(
  steps: T,
): { [K in keyof T]: ReturnType<T[K]> } {
  const problems: Problem[] = [];
  const results = Object.entries(steps).map(([name, step]) => {
    try {
      return [name, step()];
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems.push(error);
      return [name, undefined];
    }
  });
  const [first] = problems;
  if (first === undefined) {
    return Object.fromEntries(results) as { [K in keyof T]: ReturnType<T[K]> };
  }
  throw new Problem(first.problem, problems.map(({ message }) => message).join('; '), {
    errors: problems.flatMap(({ errors }) => errors),
  });
}
