import { daysAfter, given } from './calendar.ts';
import { lastDayEver, parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import type { Fact } from './facts.ts';
import { hasPassed, type Case } from './obligation.ts';

/**
 * The facts that say, together, that the record of an article is complete for all of these days;
 * none where one day is left on which something may have been done that is not in it.
 */
export function coverageOf(
  { facts }: Pick<Case, 'facts'>,
  article: string,
  from: Day,
  to: Day,
): readonly Fact<'coverage'>[] {
  const first = ({ body }: Fact<'coverage'>): Day => parseEffectiveDate(body.from).first;
  const all = facts.of('coverage').filter(({ body }) => body.article === article);
  const used: Fact<'coverage'>[] = [];
  let next = from;
  for (const fact of all.sort((a, b) => first(a).localeCompare(first(b)))) {
    const { last } = parseEffectiveDate(fact.body.to);
    if (first(fact) > next || last < next || next > to) continue;
    used.push(fact);
    next = daysAfter(last, 1);
  }
  return next > to ? used : [];
}

/**
 * A source's word that an article was not met by its due day. It speaks of every day after that, not
 * only of those after it was said; what was said before the due day is about an earlier deadline.
 */
export function breachOf(
  the: Case,
  { article }: { readonly article: string },
  due: Day,
  period?: string,
): Fact<'breach'> | undefined {
  if (!hasPassed(the, due)) return undefined;
  return the.facts
    .of('breach')
    .find(
      ({ body }) =>
        body.article === article &&
        body.period === period &&
        (given(body.statedOn)?.last ?? lastDayEver) > due,
    );
}
