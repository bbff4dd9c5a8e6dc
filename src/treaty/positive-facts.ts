import { given } from './calendar.ts';
import { parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
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

/** A source's word that this article was not met, by the day judged. */
export function breachOf({ facts, on }: Case, { article }: { readonly article: string }) {
  return facts
    .of('breach')
    .find(
      ({ body }) =>
        body.article === article &&
        body.period === undefined &&
        (given(body.statedOn)?.last ?? '') <= on,
    );
}
