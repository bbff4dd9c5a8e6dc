import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook, testNow } from '../../test/support/book.ts';
import { emptyBook, type Book } from './book.ts';
import { decide } from './decide.ts';
import { withPostings } from './entry.ts';
import { holding } from './holding.ts';
import { inflowMax } from './quantity.ts';
import { stockRefusals } from './stock.ts';

/** Declared 100 by the end of 2004, of which 60 were destroyed in 2006 and 30 in 2008. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('destruction', destroyed('2006-05-01', 60));
  book.post('destruction', destroyed('2008-05-01', 30));
  return book;
}

/** An explanation of so much of a difference, as it would be recorded on the last day of 2010. */
function explained(kind: 'shortage' | 'surplus', quantity: number) {
  const body = { effectiveDate: '2010', difference: 'e2.0', reason: 'r' } as const;
  const account = kind === 'shortage' ? ('gone/lost' as const) : ('source/seized' as const);
  const kept = kind === 'shortage' ? 'difference/shortage' : 'source/count-surplus';
  const mark = holding(kept, { munition: 'M14' }, { difference: 'e2.0' });
  return withPostings({
    id: 'x',
    kind: 'explanation',
    body: { ...body, account },
    found: { kind, quantity, mark },
  });
}

describe('A holding below zero', () => {
  it('is refused on the day itself, with what there is', () => {
    const [refusal, ...others] = ledger().refusals('destruction', destroyed('2008-05-02', 11));
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({
      code: 'insufficient-stock',
      pointer: '/lines/0/quantity',
      day: '2008-05-02',
      available: 10,
      holding: { account: 'held/stockpile', munition: 'M14', lot: null },
      entries: [],
    });
    expect(refusal?.detail).toBe(
      'M14 in held/stockpile would stand at -1 at the end of 2008-05-02; ' +
        'at most 10 can be taken on 2008-05-02',
    );
  });

  it('is not refused at nothing left', () => {
    const book = ledger();
    book.post('destruction', destroyed('2008-05-02', 10));
    expect(book.refusals('destruction', destroyed('2008-05-02', 1))).toHaveLength(1);
  });

  it('is judged at the end of the day: what comes and goes on the same day is in order', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004-05-01', 5));
    book.post('destruction', destroyed('2004-05-01', 5));
    expect(book.refusals('destruction', destroyed('2004-04-30', 1))).toHaveLength(1);
  });

  it('is refused on a later day too, naming that day and what depends on it', () => {
    const [refusal] = ledger().refusals('destruction', destroyed('2005', 20));
    expect(refusal).toMatchObject({
      code: 'breaks-later-day',
      day: '2008-05-01',
      available: 10,
      entries: [
        { entry: 'e2', kind: 'destruction', effectiveDate: '2006-05-01', quantity: -60 },
        { entry: 'e3', kind: 'destruction', effectiveDate: '2008-05-01', quantity: -30 },
      ],
    });
    expect(refusal?.detail).toContain('would stand at -10 at the end of 2008-05-01');
    expect(refusal?.detail).toContain('at most 10 can be taken on 2005-12-31');
    expect(refusal).not.toHaveProperty('holdings');
  });

  it('is refused on the first of the later days, and names no entry after it', () => {
    const [refusal] = ledger().refusals('destruction', destroyed('2005', 50));
    expect(refusal).toMatchObject({ code: 'breaks-later-day', day: '2006-05-01', available: 10 });
    expect(refusal?.entries?.map(({ entry }) => entry)).toEqual(['e2']);
  });

  it('is not refused for a late entry that leaves enough for every later day', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 10));
    const target = holding('held/stockpile', { munition: 'M14' });
    expect(book.book.balance(target, '2008-04-30')).toBe(30);
    expect(book.book.balance(target, '2008-05-01')).toBe(0);
  });

  it('is not found in entries that were reversed, nor are they named', () => {
    const book = ledger();
    book.post('reversal', { entry: 'e3', reason: 'never happened' });
    book.post('destruction', destroyed('2005', 40));
    const [refusal] = book.refusals('destruction', destroyed('2005', 1));
    expect(refusal?.entries?.map(({ entry }) => entry)).toEqual(['e2']);
  });

  it('suggests a narrower date when an inflow known only to the year is the cause', () => {
    const [refusal] = ledger().refusals('destruction', destroyed('2004-07-01', 5));
    expect(refusal?.detail).toContain(
      'entry e1 brought 100, but dated "2004" it counts on the last day of that: if they were ' +
        'there by 2004-07-01, reverse it and record it with a date that ends by then',
    );
    expect(refusal?.entries?.map(({ entry }) => entry)).toEqual(['e1']);
    const [earlier] = ledger().refusals('destruction', destroyed('2003-12-31', 5));
    expect(earlier?.detail).not.toContain('reverse it');
  });

  it('names the holdings that do hold such mines, when the one named does not', () => {
    const book = ledger();
    book.post('inventory', {
      effectiveDate: '2004',
      basis: 'seized',
      heldAs: 'retained',
      lines: [...m14(7, { lot: 'A', site: 'North' }), { munition: 'PMN', quantity: 1 }],
    });
    const [refusal] = book.refusals('destruction', destroyed('2010', 5, { lot: 'A' }));
    expect(refusal?.detail).toContain('a line means exactly the holding that it names');
    expect(
      refusal?.holdings?.map(({ holding: { account, munition, lot, site }, balance }) => [
        ...[account, munition, lot, site, balance],
      ]),
    ).toEqual([
      ['held/stockpile', 'M14', null, null, 10],
      ['retained', 'M14', 'A', 'North', 7],
    ]);
  });

  it('names no other holdings when there are none, or not yet', () => {
    const [unknown] = ledger().refusals('destruction', {
      ...destroyed('2010', 1),
      lines: [{ munition: 'PMN', quantity: 5 }],
    });
    expect(unknown).toMatchObject({ available: 0, holdings: [] });
    expect(unknown?.detail).not.toContain('exactly the holding');
    const [early] = ledger().refusals('destruction', destroyed('2003', 5, { lot: 'A' }));
    expect(early?.holdings).toEqual([]);
  });

  it('is told for every line that wants too much, all at once', () => {
    const lines = [...m14(11), ...m14(1, { lot: 'A' }), ...m14(1, { lot: 'B' })];
    const refusals = ledger().refusals('destruction', { ...destroyed('2010', 1), lines });
    expect(refusals.map(({ pointer }) => pointer)).toEqual([
      '/lines/0/quantity',
      '/lines/1/quantity',
      '/lines/2/quantity',
    ]);
  });

  it('looks up where such mines are once for each type, however many lines want of it', () => {
    const asked: string[] = [];
    const holdingsOf = (munition: string) => {
      asked.push(munition);
      return [];
    };
    const lots = ['A', 'B', 'C'].flatMap((lot) => m14(1, { lot }));
    const others = [
      { munition: 'm14', quantity: 1 },
      { munition: 'PMN', quantity: 1 },
    ];
    const body = { ...destroyed('2010', 1), lines: [...lots, ...others] };
    const command = { id: 'x', kind: 'destruction', body } as const;
    const decided = decide(command, { ...emptyBook('XXA'), holdingsOf }, testNow);
    expect(decided).toMatchObject({ outcome: 'refused', refusals: { length: 5 } });
    expect(asked).toEqual(['M14', 'PMN']);
  });

  it('names no more than twenty entries', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 25));
    for (let n = 0; n < 25; n++) book.post('destruction', destroyed('2006-05-01', 1));
    const [refusal] = book.refusals('destruction', destroyed('2005', 1));
    expect(refusal?.entries).toHaveLength(20);
  });

  it('is refused for a shortage that a count would find before mines left the holding', () => {
    const book = ledger();
    const [refusal] = book.refusals('count', counted('2005', 89));
    expect(refusal).toMatchObject({ code: 'breaks-later-day', pointer: '/lines/0/quantity' });
    expect(book.try('count', counted('2005', 90)).outcome).toBe('decided');
  });

  it('points at "complete" when a holding that no line names would be short', () => {
    const body = { ...counted('2005', 0), complete: true, lines: [] };
    expect(ledger().refusals('count', body)[0]?.pointer).toBe('/complete');
  });

  it('points at the difference when an explanation would take more than there was that day', () => {
    const short: Book = { ...emptyBook('XXA'), balance: () => 4 };
    expect(stockRefusals([explained('shortage', 5)], short)).toMatchObject([
      { code: 'insufficient-stock', pointer: '/difference', available: 4 },
    ]);
    expect(stockRefusals([explained('shortage', 4)], short)).toEqual([]);
  });

  it('does not let a surplus be explained twice, though its account is a source', () => {
    const over: Book = { ...emptyBook('XXA'), balance: () => -4 };
    expect(stockRefusals([explained('surplus', 5)], over)).toMatchObject([
      { code: 'insufficient-stock', pointer: '/difference', available: 4 },
    ]);
    expect(stockRefusals([explained('surplus', 4)], over)).toEqual([]);
  });

  it('is an alarm, not a refusal, when the book already holds one', () => {
    const broken: Book = {
      ...emptyBook('XXA'),
      balance: () => 5,
      changesAfter: () => [{ day: '2012-01-01', change: -6 }],
    };
    const command = { id: 'x', kind: 'destruction', body: destroyed('2010', 1) } as const;
    expect(() => decide(command, broken, testNow)).toThrow(
      'M14 in held/stockpile is below zero on 2012-01-01 already',
    );
  });
});

describe('A book', () => {
  const nearlyFull: Book = { ...emptyBook('XXA'), inflow: inflowMax - 10 };

  it('takes in no more than can be counted exactly', () => {
    const full = decide(
      { id: 'x', kind: 'inventory', body: declared('2010', 11) },
      nearlyFull,
      testNow,
    );
    expect(full).toMatchObject({
      outcome: 'refused',
      refusals: [{ code: 'inflow-limit', pointer: '/lines' }],
    });
    expect(JSON.stringify(full)).toContain('would take in 9000000000000001');
    const fits = decide(
      { id: 'x', kind: 'inventory', body: declared('2010', 10) },
      nearlyFull,
      testNow,
    );
    expect(fits.outcome).toBe('decided');
  });

  it('gives room again for what reversals took back', () => {
    const book = new TestBook();
    book.post('inventory', declared('2010', 10));
    book.post('inventory', { ...declared('2010', 5, { lot: 'A' }), basis: 'seized' });
    expect(book.book.inflow).toBe(15);
    book.post('reversal', { entry: 'e1', reason: 'twice' });
    expect(book.book.inflow).toBe(5);
  });
});
