import { plain, quantity, signed } from './table.ts';

/** A problem document of the service (RFC 9457). */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly errors?: readonly ProblemError[];
}

/** One thing wrong; of a refusal with the entries that stand in the way, and where such mines are. */
export interface ProblemError {
  readonly pointer?: string;
  readonly detail?: string;
  readonly entries?: readonly NamedEntry[];
  readonly holdings?: readonly {
    readonly holding: NamedHolding;
    readonly balance: number;
  }[];
}

interface NamedEntry {
  readonly entry: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly quantity: number;
}

type NamedHolding = Readonly<Record<string, string | null>>;

/** The command was understood and did not succeed: exit status 1. */
export class Refused extends Error {
  override readonly name: string = 'Refused';

  constructor(
    message: string,
    readonly problem?: Problem,
  ) {
    super(message);
  }
}

/** The command line itself is wrong: exit status 2. */
export class Misuse extends Error {
  override readonly name: string = 'Misuse';
}

/**
 * A problem document in plain lines: the title, what it says, then each error with its pointer and
 * what it names. Holdings that several errors name alike are listed with the first.
 */
export function describeProblem(problem: Problem, status: number): string {
  const lines = [`${problem.title ?? 'The service refused the request'} (${status})`];
  if (problem.detail !== undefined && problem.detail !== problem.title) lines.push(problem.detail);
  let before = '';
  for (const { pointer, detail, entries = [], holdings = [] } of problem.errors ?? []) {
    const where = pointer === undefined || pointer === '' ? '' : `${pointer}: `;
    lines.push(plain(`  ${where}${detail ?? ''}`));
    lines.push(...entries.map((entry) => plain(`    entry ${describeEntry(entry)}`)));
    const named = holdings.map(({ holding, balance }) =>
      plain(`    held: ${quantity(balance)} in ${describeHolding(holding)}`),
    );
    if (named.join() !== before) lines.push(...named);
    else if (named.length > 0) lines.push('    held: as named above');
    before = named.join();
  }
  return lines.join('\n');
}

function describeEntry({ entry, kind, effectiveDate, quantity: change }: NamedEntry): string {
  return `${entry}: ${kind} of ${effectiveDate}, ${signed(change)}`;
}

function describeHolding({ account, ...place }: NamedHolding): string {
  const parts = Object.entries(place).filter(([, value]) => value !== null);
  return [account, ...parts.map(([name, value]) => `${name} ${value}`)].join(', ');
}
