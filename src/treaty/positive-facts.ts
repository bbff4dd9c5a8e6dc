import { given } from './calendar.ts';
import { lastDayEver, parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import type { Fact } from './facts.ts';
import type { Case } from './obligation.ts';

/** The fact that says that the record of an article is complete for these days, if one does. */
export function isCovered(
  { facts }: Pick<Case, 'facts'>,
  article: string,
  from: Day,
  to: Day,
): Fact<'coverage'> | undefined {
  return facts
    .of('coverage')
    .find(
      ({ body }) =>
        body.article === article &&
        parseEffectiveDate(body.from).first <= from &&
        to <= parseEffectiveDate(body.to).last,
    );
}

/**
 * A source's word that an article was not met by its due day. It speaks of every day after that, not
 * only of those after it was said; what was said before the due day is about an earlier deadline.
 */
export function breachOf(
  { facts, on }: Case,
  { article }: { readonly article: string },
  due: Day,
): Fact<'breach'> | undefined {
  if (on <= due) return undefined;
  return facts
    .of('breach')
    .find(
      ({ body }) => body.article === article && (given(body.statedOn)?.last ?? lastDayEver) > due,
    );
}
