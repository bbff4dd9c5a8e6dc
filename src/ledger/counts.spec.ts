import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, inWords, m14, TestBook } from '../../test/support/book.ts';
import type { Contradiction } from './entry.ts';

/** Contradictions in words: "−10 held/stockpile: e2 said 90 on 2006-12-31". */
function told(contradicts: readonly Contradiction[]): string[] {
  return contradicts.map(({ holding, change, counts }) => {
    const said = counts.map(({ entry, day, counted }) => `${entry} said ${counted} on ${day}`);
    return `${change} ${holding.account} ${holding.lot ?? ''}: ${said.join(', ')}`;
  });
}

/** Declared 100 in 2004; counted 100 at the end of 2006. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('count', counted('2006', 100));
  return book;
}

describe('A count', () => {
  it('expects what the book holds at the end of its day, not today', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    book.post('destruction', destroyed('2007', 30));
    expect(book.post('count', counted('2006', 100)).found).toEqual({ expected: [100], others: [] });
    expect(book.post('count', counted('2007', 70)).found).toEqual({ expected: [70], others: [] });
  });

  it('speaks of the holdings that it names and of no other', () => {
    const book = ledger();
    const entry = book.post('count', counted('2008', 5, { lot: 'A' }));
    expect(entry.postings.map((p) => p.lot)).toEqual(['A', 'A']);
  });

  it('that is complete empties every other holding of its account, in a fixed order', () => {
    const book = ledger();
    const basis = 'seized' as const;
    const place = { lot: 'Z', site: 'North', institution: 'Army' };
    book.post('inventory', { ...declared('2005', 3, place), basis });
    book.post('inventory', { ...declared('2005', 4, { lot: 'B' }), basis });
    book.post('inventory', { ...declared('2005', 5), basis, heldAs: 'retained' });
    book.post('inventory', { ...declared('2009', 6, { lot: 'C' }), basis });
    const entry = book.post('count', { ...counted('2008', 5, { lot: 'A' }), complete: true });
    expect(inWords(entry.postings)).toEqual([
      '−5 M14 source/count-surplus, lot A, difference e7.0',
      '+5 M14 held/stockpile, lot A',
      '−100 M14 held/stockpile',
      '+100 M14 difference/shortage, difference e7.1',
      '−4 M14 held/stockpile, lot B',
      '+4 M14 difference/shortage, lot B, difference e7.2',
      '−3 M14 held/stockpile, lot Z, site North, institution Army',
      '+3 M14 difference/shortage, lot Z, site North, institution Army, difference e7.3',
    ]);
    expect(entry.postings[2]).toMatchObject({ line: null, precision: 'exact' });
  });

  it('that is complete speaks of one shipment only, however it is spelt', () => {
    const book = new TestBook();
    const custody = { effectiveDate: '2004', account: 'custody', method: 'full' } as const;
    book.post('count', { ...custody, shipment: 'S-1', lines: m14(5) });
    book.post('count', { ...custody, shipment: 'S-2', lines: m14(6) });
    const entry = book.post('count', {
      ...custody,
      effectiveDate: '2005',
      shipment: 's-1',
      complete: true,
      lines: m14(1, { lot: 'A' }),
    });
    expect(inWords(entry.postings).slice(2)).toEqual([
      '−5 M14 custody, shipment S-1',
      '+5 M14 difference/shortage, difference e3.1',
    ]);
  });

  it('that is complete and finds nothing needs no line', () => {
    const book = ledger();
    const entry = book.post('count', { ...counted('2008', 0), complete: true, lines: [] });
    expect(inWords(entry.postings)).toEqual([
      '−100 M14 held/stockpile',
      '+100 M14 difference/shortage, difference e3.0',
    ]);
  });
});

describe('A late entry', () => {
  it('is accepted, and names the counts that it contradicts and by how much', () => {
    const { contradicts, postings } = ledger().post('destruction', destroyed('2005', 10));
    expect(told(contradicts)).toEqual(['-10 held/stockpile : e2 said 100 on 2006-12-31']);
    expect(postings).toHaveLength(2);
  });

  it('of the counted day contradicts the count, one of the day after does not', () => {
    const book = ledger();
    expect(book.post('destruction', destroyed('2006-12-31', 1)).contradicts).toHaveLength(1);
    expect(book.post('destruction', destroyed('2007-01-01', 1)).contradicts).toEqual([]);
  });

  it('contradicts no count of another holding, and one that is complete though it names none', () => {
    const book = ledger();
    const basis = 'seized' as const;
    const late = book.post('inventory', { ...declared('2005', 3, { lot: 'A' }), basis });
    expect(late.contradicts).toEqual([]);
    book.post('count', { ...counted('2008', 103), complete: true });
    const later = book.post('inventory', { ...declared('2005', 3, { lot: 'B' }), basis });
    expect(told(later.contradicts)).toEqual(['3 held/stockpile B: e4 said 0 on 2008-12-31']);
    const kept = { ...declared('2005', 3, { lot: 'B' }), basis, heldAs: 'retained' as const };
    expect(book.post('inventory', kept).contradicts).toEqual([]);
  });

  it('names counts by their day, and those of one day as they were recorded', () => {
    const book = ledger();
    book.post('count', counted('2008', 90));
    book.post('count', counted('2006', 95));
    const { contradicts } = book.post('destruction', destroyed('2005', 10));
    expect(told(contradicts)).toEqual([
      '-10 held/stockpile : e2 said 100 on 2006-12-31, e4 said 95 on 2006-12-31, e3 said 90 on 2008-12-31',
    ]);
  });

  it('does not contradict a count that was reversed', () => {
    const book = ledger();
    book.post('reversal', { entry: 'e2', reason: 'miscounted' });
    expect(book.post('destruction', destroyed('2005', 10)).contradicts).toEqual([]);
  });

  it('that changes nothing of the counted holding contradicts nothing', () => {
    const book = ledger();
    const lines = [...m14(5, { toLot: 'B' }), ...m14(5, { lot: 'B', toSite: 'North' })];
    const { contradicts } = book.post('movement', {
      effectiveDate: '2005',
      account: 'held/stockpile',
      lines,
    });
    expect(told(contradicts)).toEqual(['-5 held/stockpile : e2 said 100 on 2006-12-31']);
  });
});

describe('A reversal', () => {
  it('contradicts the counts that were made with what it undoes in the book', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 10));
    book.post('count', counted('2007', 90));
    const { contradicts } = book.post('reversal', { entry: 'e3', reason: 'r' });
    expect(told(contradicts)).toEqual(['10 held/stockpile : e4 said 90 on 2007-12-31']);
  });

  it('of a late entry brings the book back to the count, and contradicts nothing', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 10));
    expect(book.post('reversal', { entry: 'e3', reason: 'r' }).contradicts).toEqual([]);
  });

  it('of a count contradicts neither that count nor those that it was made after', () => {
    const book = ledger();
    book.post('count', counted('2005', 90));
    expect(told(book.book.entry('e3')?.entry.contradicts ?? [])).toHaveLength(1);
    expect(book.post('reversal', { entry: 'e3', reason: 'r' }).contradicts).toEqual([]);
  });
});

describe('A second declaration of a holding', () => {
  const again = (date: string, more: object = {}) => ({ ...declared(date, 100), ...more });

  it('is refused while the declared stock is there, and says what a stock figure is', () => {
    expect(ledger().refusals('inventory', again('2008'))).toMatchObject([
      {
        code: 'already-declared',
        pointer: '/lines/0',
        day: '2008-12-31',
        holding: { account: 'held/stockpile', munition: 'M14' },
        detail:
          'M14 in held/stockpile was declared on 2004-12-31 and holds 100 on 2008-12-31; ' +
          'a stock figure is a count; if these are further mines, say "adds": true',
      },
    ]);
  });

  it('is refused when it is dated before the first one, as both would be there then', () => {
    expect(ledger().refusals('inventory', again('2003'))).toMatchObject([
      { code: 'already-declared', day: '2004-12-31' },
    ]);
  });

  it('is allowed when it says that it adds, is of another basis, or of another holding', () => {
    const book = ledger();
    book.post('inventory', again('2008', { adds: true }));
    book.post('inventory', again('2008', { basis: 'newly-found' }));
    book.post('inventory', again('2008', { heldAs: 'retained' }));
    book.post('inventory', declared('2008', 1, { lot: 'A' }));
    expect(book.events).toHaveLength(6);
  });

  it('is allowed where what is there was never declared', () => {
    const book = new TestBook();
    book.post('inventory', { ...declared('2004', 5), basis: 'seized' });
    book.post('count', counted('2005', 6));
    book.post('inventory', again('2008'));
    expect(book.refusals('inventory', again('2009'))).toHaveLength(1);
  });

  it('is allowed where nothing of the first is left, or where the first was reversed', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 100));
    book.post('inventory', again('2008'));
    const other = new TestBook();
    other.post('inventory', declared('2004', 100));
    other.post('reversal', { entry: 'e1', reason: 'r' });
    other.post('inventory', again('2008'));
    expect([book.events.length, other.events.length]).toEqual([4, 3]);
  });

  it('is refused when the first is used up but another one is there later', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 100));
    book.post('inventory', again('2010'));
    expect(book.refusals('inventory', again('2008'))).toMatchObject([{ day: '2010-12-31' }]);
  });

  it('is refused for every line that was declared', () => {
    const book = ledger();
    book.post('inventory', declared('2004', 1, { lot: 'A' }));
    const lines = [...m14(1), ...m14(1, { lot: 'B' }), ...m14(1, { lot: 'a' })];
    const refusals = book.refusals('inventory', { ...again('2008'), lines });
    expect(refusals.map(({ pointer }) => pointer)).toEqual(['/lines/0', '/lines/2']);
  });
});
