import { placeOf, type Shape } from '../data/history.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { decide } from '../../src/ledger/decide.ts';
import { RunningBook } from '../../src/ledger/running-book.ts';

/** Decides to destroy one mine, over the journal's book, as a write of the service does. */
export function destroyOne(journal: Journal, shape: Shape, place: number, day: string): void {
  const book = new RunningBook(journal.bookOf(shape.state));
  const id = '6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10';
  book.entry(id);
  const body = {
    effectiveDate: day,
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range East',
    method: 'open detonation',
    lines: [{ ...placeOf(shape, place), quantity: 1 }],
  } as const;
  const decision = decide({ id, kind: 'destruction', body }, book, Date.now());
  if (decision.outcome !== 'decided') throw new Error(JSON.stringify(decision));
}
