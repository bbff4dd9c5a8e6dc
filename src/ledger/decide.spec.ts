import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import type { RecordedEntry } from './entry.ts';
import { kinds } from './kinds.ts';

/** One entry of every kind, each possible where it stands. */
function everyKind(): RecordedEntry[] {
  const book = new TestBook();
  const date = { effectiveDate: '2006' };
  return [
    book.post('inventory', declared('2004', 100)),
    book.post('retention', { ...date, lines: m14(20, { toInstitution: 'School' }) }),
    book.post('release', { ...date, lines: m14(5, { institution: 'School' }) }),
    book.post('use', { ...date, lines: m14(5, { institution: 'School', used: 6 }) }),
    book.post('allocation', { ...date, status: 'allocated', lines: m14(50) }),
    book.post('movement', { ...date, account: 'held/allocated', lines: m14(9, { toSite: 'N' }) }),
    book.post('destruction', { ...destroyed('2006', 9, { site: 'N' }), from: 'held/allocated' }),
    book.post('loss', { ...date, from: 'held/stockpile', cause: 'lost', lines: m14(1) }),
    book.post('count', counted('2007', 30)),
    book.post('reversal', { entry: 'e8', reason: 'found again' }),
    book.post('reclassification', {
      ...date,
      from: 'retained',
      reason: 'identified',
      lines: m14(1, { institution: 'School', toLot: 'B' }),
    }),
    book.post('control', { ...date, from: 'held/stockpile', status: 'lost', lines: m14(1) }),
    book.post('transfer', {
      ...date,
      from: 'held/allocated',
      to: 'XXB',
      titlePasses: false,
      purpose: 'destruction',
      shipment: 'S-1',
      lines: m14(10),
    }),
    book.post('return', { ...date, shipment: 'S-1', lines: m14(2) }),
    book.post('receipt', {
      ...date,
      sender: 'XXC',
      shipment: 'S-2',
      heldAs: 'custody',
      lines: m14(7),
    }),
    book.post('statement', { ...date, figure: 'remaining', quantity: 80, source: 'a newspaper' }),
    book.post('explanation', {
      effectiveDate: '2008',
      difference: 'e9.0',
      account: 'source/newly-found',
      reason: 'behind a crate',
    }),
    book.post('correction', { reason: 'one more', reverse: ['e4'] }),
  ];
}

describe('A decision', () => {
  it('records entries of every kind', () => {
    expect(
      everyKind()
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...kinds].sort());
  });

  it('keeps the body as it was sent, and the id that it was given', () => {
    expect(everyKind()[1]).toMatchObject({
      id: 'e2',
      kind: 'retention',
      body: { effectiveDate: '2006', lines: [{ munition: 'M14', quantity: 20 }] },
    });
  });

  it('moves all mines from somewhere to somewhere: every entry balances', () => {
    const entries = everyKind();
    for (const { postings } of entries) {
      expect(postings.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(0);
    }
    const silent = entries.filter(({ postings }) => postings.length === 0);
    expect(silent.map(({ kind }) => kind)).toEqual(['statement', 'correction']);
  });

  it('is the same when it is made again, and leaves the book as it was', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    const first = book.try('count', counted('2006', 90));
    expect(book.try('count', counted('2006', 90))).toEqual(first);
    expect(book.book.revision).toBe(0);
  });

  it('names every reason against an entry at once, of whatever sort', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    book.post('inventory', declared('2004', 10, { lot: 'A' }));
    book.post('destruction', destroyed('2008', 10, { lot: 'A' }));
    const lines = [...m14(101), ...m14(1, { lot: 'A' }), ...m14(1, { lot: 'B' })];
    const refusals = book.refusals('destruction', { ...destroyed('2005', 1), lines });
    expect(refusals.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['insufficient-stock', '/lines/0/quantity'],
      ['breaks-later-day', '/lines/1/quantity'],
      ['insufficient-stock', '/lines/2/quantity'],
    ]);
  });

  it('asks nothing of the book for a body that is wrong in itself', () => {
    const book = new TestBook();
    expect(
      book.faults('reversal', { entry: 'none', reason: 'r', effectiveDate: '20' }),
    ).toMatchObject([{ pointer: '/effectiveDate' }]);
  });
});
