import { normaliseName } from '../ledger/names.ts';
import type { StandingFacts } from './fact-book.ts';
import type { Fact } from './facts.ts';

/** The meeting of a name, a title or an id. */
export function meetingOf(common: StandingFacts, named: string): Fact<'meeting'> | undefined {
  const key = normaliseName(named);
  return common
    .of('meeting')
    .find(
      ({ id, body }) =>
        id === named ||
        normaliseName(body.name) === key ||
        (body.title !== undefined && normaliseName(body.title) === key),
    );
}
