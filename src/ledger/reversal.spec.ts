import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import { whyNotReversed } from './reversal.ts';

const reason = 'written down wrongly';
const reverse = (entry: string) => ({ entry, reason });

/** Whether the entry can be reversed, asked without doing it: the same answer as when tried. */
function whyNot(ledger: TestBook, entry: string) {
  const asked = whyNotReversed(entry, ledger.book);
  const tried = ledger.try('reversal', reverse(entry));
  expect(tried.outcome === 'refused' ? tried.refusals : []).toEqual(asked);
  return asked;
}

describe('A reversal', () => {
  it('is dated as what it reverses, and undoes it at every day', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004-03', 100));
    expect(whyNot(ledger, 'e1')).toEqual([]);
    const entry = ledger.post('reversal', reverse('e1'));
    expect(entry.effective).toEqual({ text: '2004-03', first: '2004-03-01', last: '2004-03-31' });
    expect(ledger.book.holdingsOf('M14', '2026-01-01', 9)).toEqual([]);
    expect(ledger.book.entry('e1')?.reversedBy).toBe('e2');
  });

  it('may repeat the date, and is wrong with any other', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004-03', 100));
    expect(
      ledger.faults('reversal', { ...reverse('e1'), effectiveDate: '2004-03-31' }),
    ).toMatchObject([
      { pointer: '/effectiveDate', detail: expect.stringContaining('dated as what it reverses') },
    ]);
    ledger.post('reversal', { ...reverse('e1'), effectiveDate: '2004-03' });
  });

  it('of an entry that is not in this book is refused', () => {
    expect(whyNot(new TestBook('XXB'), 'e7')).toMatchObject([
      {
        code: 'no-such-entry',
        pointer: '/entry',
        detail: 'there is no entry e7 in the book of XXB',
      },
    ]);
  });

  it('of a reversal is refused', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 100));
    ledger.post('reversal', reverse('e1'));
    expect(whyNot(ledger, 'e2')).toMatchObject([
      { code: 'reversal-of-reversal', detail: expect.stringContaining('record the entry again') },
    ]);
  });

  it('is made once', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 100));
    ledger.post('reversal', reverse('e1'));
    expect(whyNot(ledger, 'e1')).toMatchObject([
      { code: 'already-reversed', detail: 'entry e1 was reversed already, by e2' },
    ]);
  });

  it('of an inflow that mines were taken from later is refused, naming who took them', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 100));
    ledger.post('destruction', destroyed('2006-05-01', 60));
    ledger.post('destruction', destroyed('2008-05-01', 30));
    expect(whyNot(ledger, 'e1')).toMatchObject([
      {
        code: 'breaks-later-day',
        pointer: '/entry',
        day: '2006-05-01',
        available: 10,
        entries: [{ entry: 'e2', quantity: -60 }],
      },
    ]);
  });

  it('of an inflow names what took from it on the same day, as years are one day', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 100));
    ledger.post('destruction', destroyed('2004-12-31', 60));
    const [refusal] = whyNot(ledger, 'e1');
    expect(refusal).toMatchObject({
      code: 'insufficient-stock',
      day: '2004-12-31',
      available: 40,
      entries: [{ entry: 'e2', quantity: -60 }],
    });
    expect(refusal).not.toHaveProperty('holdings');
    expect(refusal?.detail).not.toContain('exactly the holding');
  });

  it('of an outflow is always possible', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 100));
    ledger.post('destruction', destroyed('2006', 100));
    expect(whyNot(ledger, 'e2')).toEqual([]);
  });

  it('of a movement is refused when its mines went on from there', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2004', 10));
    const lines = m14(10, { toSite: 'North' });
    ledger.post('movement', { effectiveDate: '2005', account: 'held/stockpile', lines });
    ledger.post('destruction', destroyed('2006', 1, { site: 'North' }));
    expect(whyNot(ledger, 'e2')).toMatchObject([
      { code: 'breaks-later-day', holding: { site: 'North' }, entries: [{ entry: 'e3' }] },
    ]);
  });
});

describe('A reversal of a count', () => {
  const ledger = () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    book.post('count', counted('2006', 90));
    return book;
  };

  it('brings back what the count took', () => {
    const book = ledger();
    expect(whyNot(book, 'e2')).toEqual([]);
    book.post('reversal', reverse('e2'));
    expect(book.book.holdingsOf('M14', '2026-01-01', 9)).toMatchObject([{ balance: 100 }]);
  });

  it.each([
    ['a later day', '2007'],
    ['the same day', '2006-12-31'],
  ])('is refused while a count recorded later, of %s, rests on it', (_when, date) => {
    const book = ledger();
    book.post('count', counted(date, 90));
    expect(whyNot(book, 'e2')).toMatchObject([
      {
        code: 'count-rested-on',
        pointer: '/entry',
        detail: 'a later count rests on this one (e3): reverse that first',
        entries: [{ entry: 'e3', kind: 'count', effectiveDate: date }],
      },
    ]);
    book.post('reversal', reverse('e3'));
    expect(whyNot(book, 'e2')).toEqual([]);
  });

  it('names everything that rests on it', () => {
    const book = ledger();
    book.post('count', counted('2007', 90));
    book.post('count', counted('2008', 90));
    const lost = { difference: 'e2.0', account: 'gone/lost', reason: 'r' } as const;
    book.post('explanation', { effectiveDate: '2010', ...lost, lines: m14(3) });
    book.post('explanation', { effectiveDate: '2010', ...lost, lines: m14(4) });
    expect(whyNot(book, 'e2').map(({ detail }) => detail)).toEqual([
      'a later count rests on this one (e3, e4): reverse that first',
      'an explanation rests on this count (e5, e6): reverse that first',
    ]);
  });

  it('is refused while a later complete count rests on it without naming the holding', () => {
    const book = ledger();
    book.post('count', { ...counted('2007', 5, { lot: 'A' }), complete: true });
    expect(whyNot(book, 'e2')).toMatchObject([{ code: 'count-rested-on' }]);
  });

  it('is refused for a holding that a complete count emptied without naming it', () => {
    const book = ledger();
    book.post('count', { ...counted('2007', 5, { lot: 'A' }), complete: true });
    book.post('count', counted('2008', 1));
    expect(whyNot(book, 'e3')).toMatchObject([
      { code: 'count-rested-on', entries: [{ entry: 'e4' }] },
    ]);
  });

  it('is not hindered by a count of an earlier day, of another holding, or recorded before', () => {
    const book = ledger();
    book.post('count', counted('2005', 100));
    book.post('count', counted('2009', 5, { lot: 'A' }));
    expect(whyNot(book, 'e2')).toEqual([]);
    expect(whyNot(book, 'e3')).toEqual([]);
  });

  it('names each count that rests on it once, however many holdings they share', () => {
    const book = new TestBook();
    const lines = [...m14(5), ...m14(6, { lot: 'A' })];
    book.post('count', { ...counted('2005', 1), lines });
    book.post('count', { ...counted('2006', 1), lines });
    expect(whyNot(book, 'e1')[0]?.entries).toHaveLength(1);
  });
});
