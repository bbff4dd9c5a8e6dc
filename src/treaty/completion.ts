import type { Day } from '../ledger/effective-date.ts';
import { given } from './calendar.ts';
import type { Fact } from './facts.ts';

/** The day by whose end it was completed: of a month its last; the declaration's where none is given. */
export function completedBy({ body }: Pick<Fact<'completion'>, 'body'>): Day {
  return given(body.completedOn ?? body.declaredOn)?.last ?? '9999-12-31';
}

/** What a completion says of its day, in words. */
export function completionInWords({ body }: Fact<'completion'>): string {
  const { completedOn, declaredOn } = body;
  return completedOn === undefined ? `Declared complete ${declaredOn}` : `Completed ${completedOn}`;
}

/** The completions of an article, the first of them first. */
export function completionsOf(
  all: readonly Fact<'completion'>[],
  article: string,
): readonly Fact<'completion'>[] {
  return all
    .filter(({ body }) => body.article === article)
    .sort((a, b) => completedBy(a).localeCompare(completedBy(b)));
}
