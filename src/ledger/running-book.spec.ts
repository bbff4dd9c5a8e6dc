import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import { emptyBook } from './book.ts';
import { decodeEntry } from './event-codec.ts';
import { holding } from './holding.ts';
import { evolve, RunningBook } from './running-book.ts';

const m14InStock = holding('held/stockpile', { munition: 'M14' });

/** A history in which everything occurs that a book is asked about. */
function history() {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('inventory', { ...declared('2005-06', 50), adds: true });
  book.post('destruction', destroyed('2006-05-01', 10));
  book.post('count', counted('2007', 120));
  book.post('destruction', destroyed('2008', 20));
  book.post('reversal', { entry: 'e5', reason: 'not there' });
  book.post('movement', {
    effectiveDate: '2009',
    account: 'held/stockpile',
    lines: m14(30, { toSite: 'North' }),
  });
  book.post('count', { ...counted('2010', 90), complete: true, lines: m14(90) });
  book.post('inventory', { ...declared('2011', 5, { lot: 'A' }) });
  book.post('reversal', { entry: 'e9', reason: 'nor that' });
  return { book: book.book, entries: book.events.map((e) => decodeEntry(e)) };
}

/** Shipments and explanations, some of them reversed. */
function dealings() {
  const book = new TestBook();
  const date = { effectiveDate: '2008' };
  const lost = { account: 'gone/lost', reason: 'r' } as const;
  const explain = (quantity: number) =>
    book.post('explanation', { ...date, ...lost, difference: 'e2.0', lines: m14(quantity) });
  book.post('inventory', declared('2004', 100));
  book.post('count', counted('2006', 90));
  explain(4);
  explain(1);
  book.post('reversal', { entry: 'e4', reason: 'r' });
  const sent = { ...date, from: 'held/stockpile', to: 'XXB', purpose: 'other' } as const;
  book.post('transfer', { ...sent, titlePasses: false, shipment: 'S-1', lines: m14(20) });
  const received = { ...date, sender: 'XXC', heldAs: 'custody' } as const;
  book.post('receipt', { ...received, shipment: 'S-9', lines: m14(8) });
  book.post('return', { ...date, shipment: 'S-1', lines: m14(5) });
  const stolen = { ...date, from: 'held/stockpile', cause: 'stolen', explains: 'e2.0' } as const;
  book.post('loss', { ...stolen, lines: m14(2) });
  book.post('reversal', { entry: 'e8', reason: 'r' });
  book.post('explanation', { ...date, shipment: 's-1', reason: 'r' });
  return { book: book.book, entries: book.events.map((e) => decodeEntry(e)) };
}

/** What a decision may ask about shipments and explanations. */
function dealt(book: RunningBook) {
  const shipments = ['S-1', 's-1', 'S-9', 'S-0'];
  const abroad = holding('held/dispatched', { munition: 'M14' }, { shipment: 'S-1' });
  return {
    owners: shipments.map((shipment) => book.shipmentOwner(shipment)),
    sent: shipments.map((shipment) =>
      book.dispatches(shipment).map(({ entry, to, quantity }) => [entry, to, quantity]),
    ),
    known: shipments.map((shipment) => book.knowsShipment(shipment)),
    explained: ['e2.0', 'e2.1', 'shipment:s-1'].map((id) =>
      book.explanationsOf(id).map(({ entry, quantity }) => [entry, quantity]),
    ),
    touching: [m14InStock, abroad].map((h) => book.touching(h).map(({ id }) => id)),
    abroad: book.holdingsIn('held/dispatched', 's-1', '2026-01-01').map((b) => b.balance),
    elsewhere: book.holdingsIn('held/dispatched', 'S-2', '2026-01-01'),
    custody: book.holdingsIn('custody', 'S-9', '2026-01-01').map((b) => b.balance),
  };
}

/** All that a decision may ask. */
function answers(book: RunningBook) {
  const days = ['2003-01-01', '2004-12-31', '2006-05-01', '2007-12-30', '2009-12-31', '2020-01-01'];
  const places = [
    m14InStock,
    holding('held/stockpile', { munition: 'm14', site: 'north' }),
    holding('held/stockpile', { munition: 'M14', lot: 'A' }),
    holding('retained', { munition: 'M14' }),
  ];
  return {
    state: book.state,
    revision: book.revision,
    inflow: book.inflow,
    entries: ['e1', 'e5', 'e6', 'none'].map((id) => book.entry(id)),
    places: places.map((place) => ({
      declared: book.declaredOn(place),
      exceptOne: book.declaredOn(place, new Set(['e1'])),
      days: days.map((day) => ({
        balance: book.balance(place, day),
        later: book.changesAfter(place, day),
        outflows: book.outflows(place, day, '2015-01-01', 9),
        few: book.outflows(place, day, '2015-01-01', 1),
        vague: book.vagueInflows(place, day, 9),
        counts: book.counts(place, day),
      })),
    })),
    of: days.map((day) => book.holdingsOf(' m14', day, 9)),
    in: days.map((day) => book.holdingsIn('held/stockpile', null, day)),
  };
}

describe('A book in memory', () => {
  const holdingSums = (of: RunningBook) =>
    of.holdingsOf('M14', '2020-01-01', 9).map(({ holding, balance }) => [holding.site, balance]);

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])(
    'answers the same when its first %i entries are known to another book below it',
    (n) => {
      const { book, entries } = history();
      let below = new RunningBook(emptyBook('XXA'));
      for (const entry of entries.slice(0, n)) below = evolve(below, entry);
      let above = new RunningBook(below);
      for (const entry of entries.slice(n)) above = evolve(above, entry);
      expect(answers(above)).toEqual(answers(book));
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])(
    'knows shipments and explanations, whether or not its first %i entries lie below it',
    (n) => {
      const { entries } = dealings();
      let below = new RunningBook(emptyBook('XXA'));
      for (const entry of entries.slice(0, n)) below = evolve(below, entry);
      let above = new RunningBook(below);
      for (const entry of entries.slice(n)) above = evolve(above, entry);
      expect(dealt(above)).toEqual({
        owners: ['XXA', 'XXA', undefined, undefined],
        sent: [[['e6', 'XXB', 20]], [['e6', 'XXB', 20]], [], []],
        known: [true, true, true, false],
        explained: [
          [
            ['e3', 4],
            ['e9', 2],
          ],
          [],
          [['e11', 0]],
        ],
        touching: [['e1', 'e2', 'e6'], ['e6']],
        abroad: [20],
        elsewhere: [],
        custody: [8],
      });
    },
  );

  it('holds what its entries make of it', () => {
    const { book } = history();
    expect(holdingSums(book)).toEqual([[null, 90]]);
    expect(book.balance(m14InStock, '2004-12-30')).toBe(0);
    expect(book.balance(m14InStock, '2004-12-31')).toBe(100);
    expect(book.balance(m14InStock, '2007-12-30')).toBe(140);
    expect(book.declaredOn(m14InStock)).toEqual(['2004-12-31', '2005-06-30']);
    expect(book.revision).toBe(9);
    expect(book.inflow).toBe(150);
  });

  it('names as outflows what still stands, after one day and through another', () => {
    const { book } = history();
    const named = (after: string, through: string) =>
      book.outflows(m14InStock, after, through, 9).map(({ entry }) => entry);
    expect(named('2004-12-31', '2026-01-01')).toEqual(['e3', 'e4', 'e7']);
    expect(named('2006-05-01', '2007-12-31')).toEqual(['e4']);
    expect(named('2006-04-30', '2006-05-01')).toEqual(['e3']);
  });

  it('is empty before its first entry', () => {
    const empty = new RunningBook(emptyBook('XXA'));
    expect([empty.revision, empty.inflow, empty.entry('e1')]).toEqual([-1, 0, undefined]);
    expect(empty.balance(m14InStock, '2026-01-01')).toBe(0);
    expect(empty.counts(m14InStock, '1900-01-01')).toEqual([]);
    expect(empty.holdingsIn('held/stockpile', null, '2026-01-01')).toEqual([]);
  });

  it('takes every entry that was recorded, even one that no decision would have allowed', () => {
    const impossible = new RunningBook(emptyBook('XXA'));
    const [, , destruction, , , reversal] = history().entries;
    for (const entry of [reversal, destruction, destruction, reversal]) {
      if (entry) expect(() => evolve(impossible, entry)).not.toThrow();
    }
    expect(impossible.balance(m14InStock, '2026-01-01')).toBe(-20 + 40);
  });
});
