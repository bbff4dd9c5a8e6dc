import { expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import type { StoredEvent } from '../event-store/event-store.ts';
import type { Book } from '../ledger/book.ts';
import { holding, type Holding } from '../ledger/holding.ts';
import { whyNotReversed } from '../ledger/reversal.ts';
import { Journal } from './journal.ts';

/** A history with something of everything that a book is asked about. */
function history(): readonly StoredEvent[] {
  const book = new TestBook();
  const sent = { from: 'held/stockpile', to: 'XXB', titlePasses: false } as const;
  book.post('inventory', declared('2004', 100));
  book.post('inventory', { ...declared('2004', 40, { lot: 'A' }), basis: 'seized' });
  book.post('destruction', destroyed('2006-05-01', 60));
  book.post('reversal', { entry: 'e3', reason: 'other lot' });
  book.post('destruction', destroyed('2006-05-01', 10, { lot: 'A' }));
  book.post('count', counted('2007', 95));
  book.post('explanation', {
    effectiveDate: '2008',
    difference: 'e6.0',
    account: 'gone/lost',
    reason: 'flood',
    lines: m14(2),
  });
  book.post('count', { ...counted('2009', 29, { lot: 'A' }), complete: true });
  book.post('reversal', { entry: 'e8', reason: 'not counted at all' });
  book.post('transfer', {
    ...{ effectiveDate: '2010', purpose: 'destruction', shipment: 'S', lines: m14(20) },
    ...sent,
  });
  book.post('inventory', { ...declared('2005', 7), basis: 'newly-found' });
  book.post('reversal', { entry: 'e7', reason: 'found' });
  return book.events;
}

const stock = holding('held/stockpile', { munition: 'M14' });
const asked: readonly Holding[] = [
  stock,
  holding('held/stockpile', { munition: 'M14', lot: 'A' }),
  holding('held/dispatched', { munition: 'M14' }, { shipment: 'S' }),
  holding('difference/shortage', { munition: 'M14' }, { difference: 'e6.0' }),
];

/** Everything that a book can be asked, but for what bounds what may come in: that is of now. */
function answers(book: Book, ids: readonly string[]): unknown {
  const days = ['2003-12-31', '2006-04-30', '2006-05-01', '2007-12-31', '2026-01-01'];
  return {
    revision: book.revision,
    entries: ids.map((id) => [book.entry(id), whyNotReversed(id, book)]),
    explanations: book.explanationsOf('e6.0'),
    shipment: [book.shipmentOwner('S'), book.knowsShipment('S'), book.dispatches('s')],
    holdings: asked.map((h) => [book.declaredOn(h), book.touching(h).map(({ id }) => id)]),
    days: days.map((day) => [
      book.holdingsOf('M14', day, 20),
      book.holdingsIn('held/stockpile', null, day),
      asked.map((h) => [
        [book.balance(h, day), book.changesAfter(h, day), book.counts(h, day)],
        [book.outflows(h, day, '2026-01-01', 20), book.vagueInflows(h, day, 20)],
      ]),
    ]),
  };
}

it('A book as known at a position is the book that the journal had there', () => {
  const events = history();
  const ids = events.map(({ id }) => id);
  const journal = new Journal(':memory:');
  journal.apply(events);
  const then = new Journal(':memory:');
  for (const event of events) {
    then.apply([event]);
    const known = answers(journal.bookOf('XXA', event.position), ids);
    expect(known).toEqual(answers(then.bookOf('XXA'), ids));
  }
  const before = journal.bookOf('XXA', 0n);
  expect([before.revision, before.balance(stock, '2026-01-01'), before.entry('e1')]).toEqual([
    ...[-1, 0, undefined],
  ]);
});
