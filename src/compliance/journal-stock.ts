import type { TwoTimes } from '../journal/asked.ts';
import type { StateFigures } from '../journal/figures.ts';
import type { Journal } from '../journal/journal.ts';
import type { Day } from '../ledger/effective-date.ts';
import { noStock, type Find, type RetainedYear, type StockOnDay } from '../treaty/stock-record.ts';
import type { StockRecord } from '../treaty/stock-record.ts';
import { findsOf } from './finds.ts';

/** Accounts that show, when they are not zero, that the ledger knows of stock under Article 4. */
const ofStock = (account: string): boolean =>
  account.startsWith('held/') ||
  account === 'difference/shortage' ||
  (account.startsWith('gone/') && !notOfStock.has(account));

const notOfStock = new Set([
  'gone/destroyed-article-5',
  'gone/destroyed-retained',
  'gone/destroyed-for-others',
  'gone/consumed',
  'gone/lost-for-others',
  'gone/passed-on',
  'gone/returned',
]);

/** What the journal says of one State's stock, as known at a position: each figure asked once. */
export function journalStock(journal: Journal, state: string, known: bigint): StockRecord {
  const id = journal.stateId(state);
  if (journal.revisionAt(id, known) < 0) return noStock;
  const at = (effective: Day): TwoTimes => ({ effective, known });
  return {
    on: kept((day: Day) => stockOf(journal.figures.of(id, at(day)))),
    changes: kept((after: Day, by: Day): readonly Day[] =>
      journal.foundStock.changes(id, after, at(by)),
    ),
    found: kept((after: Day, by: Day): readonly Find[] => findsOf(journal, id, after, at(by))),
    retained: kept((by: Day): readonly RetainedYear[] => journal.retained.years(id, at(by))),
  };
}

function stockOf({ remaining, custody, accounts }: StateFigures): StockOnDay {
  const known = Object.entries(accounts).some(([name, sum]) => sum !== 0 && ofStock(name));
  return { known, remaining, custody, unverifiable: accounts['held/unverifiable'] ?? 0 };
}

/** The same question is asked of the journal once. */
function kept<A extends readonly string[], T>(ask: (...asked: A) => T): (...asked: A) => T {
  const answers = new Map<string, T>();
  return (...asked) => {
    const key = asked.join(' ');
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(...asked);
    answers.set(key, answer);
    return answer;
  };
}
