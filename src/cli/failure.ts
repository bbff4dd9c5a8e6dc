/** A problem document of the service (RFC 9457). */
export interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

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

/** A problem document in plain lines: the title, what it says, then each error with its pointer. */
export function describeProblem(problem: Problem, status: number): string {
  const lines = [`${problem.title ?? 'The service refused the request'} (${status})`];
  if (problem.detail !== undefined && problem.detail !== problem.title) lines.push(problem.detail);
  for (const { pointer, detail } of problem.errors ?? []) {
    const where = pointer === undefined || pointer === '' ? '' : `${pointer}: `;
    lines.push(`  ${where}${detail ?? ''}`);
  }
  return lines.join('\n');
}
