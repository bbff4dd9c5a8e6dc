import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, inWords, m14, TestBook } from '../../test/support/book.ts';
import type { Bodies } from './kinds.ts';

const date = { effectiveDate: '2010' };

const explain = (difference: string, more: Partial<Bodies['explanation']>) =>
  ({ effectiveDate: '2010', difference, reason: 'looked into', ...more }) as const;

/** Counted in 2006: ten short of the hundred declared, and three of lot A that nobody knew of. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('count', { ...counted('2006', 0), lines: [...m14(90), ...m14(3, { lot: 'A' })] });
  return book;
}

const codes = (book: TestBook, body: Bodies['explanation']) =>
  book.refusals('explanation', body).map(({ code, pointer }) => `${code} ${pointer}`);

describe('An explanation', () => {
  it.each(['gone/lost', 'gone/counting-error', 'source/declared'] as const)(
    'of a shortage takes it out of question as %s',
    (account) => {
      const entry = ledger().post('explanation', explain('e2.0', { account }));
      expect(inWords(entry.postings)).toEqual([
        '−10 M14 difference/shortage, difference e2.0',
        `+10 M14 ${account}`,
      ]);
    },
  );

  it.each([
    'source/declared',
    'source/newly-found',
    'source/seized',
    'source/recovered',
    'source/received',
    'source/reclassified',
  ] as const)('of a surplus says that it came from %s', (account) => {
    const entry = ledger().post('explanation', explain('e2.1', { account }));
    expect(inWords(entry.postings)).toEqual([
      `−3 M14 ${account}, lot A`,
      '+3 M14 source/count-surplus, lot A, difference e2.1',
    ]);
  });

  it('sets a shortage against a surplus of the same type, as far as both go', () => {
    const book = ledger();
    const entry = book.post('explanation', explain('e2.0', { against: 'e2.1', lines: m14(3) }));
    expect(inWords(entry.postings)).toEqual([
      '−3 M14 difference/shortage, difference e2.0',
      '+3 M14 source/count-surplus, lot A, difference e2.1',
    ]);
    expect(codes(book, explain('e2.1', { account: 'source/declared' }))).toEqual([
      'difference-closed /difference',
    ]);
  });

  it('may be of a part, and of no more than is open', () => {
    const book = ledger();
    book.post('explanation', explain('e2.0', { account: 'gone/lost', lines: m14(4) }));
    const rest = explain('e2.0', { account: 'gone/lost', lines: m14(7) });
    expect(book.refusals('explanation', rest)).toMatchObject([
      { code: 'more-than-open', available: 6 },
    ]);
  });

  it('is not dated before the difference came up', () => {
    const early = explain('e2.0', { account: 'gone/lost', effectiveDate: '2006-12-30' });
    expect(codes(ledger(), early)).toEqual(['before-the-difference /effectiveDate']);
  });

  it('is of a difference or a shipment that is in this book', () => {
    const book = ledger();
    for (const id of ['e2.7', 'e1.0', 'e2.c0', 'e9.0', 'e2.0x', 'e2', 'nonsense', '']) {
      expect(codes(book, explain(id, { account: 'gone/lost' }))).toEqual([
        'no-such-difference /difference',
      ]);
    }
    const shipment = { effectiveDate: '2010', reason: 'lost at sea', shipment: 'S-1' };
    expect(codes(book, shipment)).toEqual(['no-such-shipment /shipment']);
  });

  it('sets a surplus against a shortage just as well', () => {
    const entry = ledger().post('explanation', explain('e2.1', { against: 'e2.0' }));
    expect(inWords(entry.postings)).toEqual([
      '−3 M14 difference/shortage, difference e2.0',
      '+3 M14 source/count-surplus, lot A, difference e2.1',
    ]);
  });

  it('is against another difference that there is, of the same type, and open that far', () => {
    const book = ledger();
    const against = (id: string, more: object = {}) => explain('e2.0', { against: id, ...more });
    expect(book.refusals('explanation', against('e2.7'))).toMatchObject([
      {
        code: 'no-such-difference',
        pointer: '/against',
        detail: 'the book of XXA has no difference e2.7',
      },
    ]);
    expect(book.refusals('explanation', against('e2.1', { lines: m14(4) }))).toMatchObject([
      { code: 'more-than-open', pointer: '/against', available: 3 },
    ]);
    const pmn = [{ munition: 'PMN', quantity: 5 }];
    book.post('count', { ...counted('2007', 0), lines: pmn });
    expect(book.faults('explanation', against('e3.0', { lines: m14(3) }))).toEqual([
      { pointer: '/against', detail: 'must be a surplus of M14' },
    ]);
    book.post('destruction', destroyed('2005', 2));
    expect(codes(book, against('e4.c0'))).toEqual(['no-such-difference /against']);
  });

  it('is not dated before the difference that it is set against', () => {
    const book = ledger();
    book.post('count', { ...counted('2009', 0), lines: m14(5, { lot: 'B' }) });
    const early = explain('e2.0', { against: 'e3.0', lines: m14(5), effectiveDate: '2008' });
    expect(codes(book, early)).toEqual(['before-the-difference /effectiveDate']);
  });

  it('is of nothing any more when the count was reversed that found the difference', () => {
    const book = ledger();
    book.post('reversal', { entry: 'e2', reason: 'r' });
    expect(codes(book, explain('e2.0', { account: 'gone/lost' }))).toEqual([
      'difference-closed /difference',
    ]);
  });

  it('is of any of a count’s differences, however many it found', () => {
    const book = new TestBook();
    const lines = Array.from({ length: 12 }, (_, n) => m14(1, { lot: `L${n}` })).flat();
    book.post('count', { ...counted('2006', 1), lines });
    const entry = book.post('explanation', explain('e1.11', { account: 'source/declared' }));
    expect(inWords(entry.postings)[0]).toBe('−1 M14 source/declared, lot L11');
  });

  it('holds the count that it explains in the book', () => {
    const book = ledger();
    book.post('explanation', explain('e2.0', { account: 'gone/lost' }));
    expect(book.refusals('reversal', { entry: 'e2', reason: 'r' })).toMatchObject([
      { code: 'count-rested-on', entries: [{ entry: 'e3' }] },
    ]);
    book.post('reversal', { entry: 'e3', reason: 'r' });
    book.post('reversal', { entry: 'e2', reason: 'r' });
  });

  it('of a contradicted count is in words alone', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 2));
    expect(book.faults('explanation', explain('e3.c0', { account: 'gone/lost' }))).toMatchObject([
      { pointer: '/account' },
    ]);
    expect(book.post('explanation', explain('e3.c0', {})).postings).toEqual([]);
    expect(codes(book, explain('e3.c0', {}))).toEqual(['difference-closed /difference']);
  });

  it('of a contradicted count is not needed once a newer count stands', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 2));
    book.post('count', counted('2009', 88));
    expect(codes(book, explain('e3.c0', {}))).toEqual(['difference-closed /difference']);
    book.post('reversal', { entry: 'e4', reason: 'not a full count' });
    book.post('explanation', explain('e3.c0', {}));
  });

  it('of a contradicted count is not needed once the count or the late entry is reversed', () => {
    for (const entry of ['e2', 'e3']) {
      const book = ledger();
      book.post('destruction', destroyed('2005', 2));
      book.post('reversal', { entry, reason: 'r' });
      expect(codes(book, explain('e3.c0', {}))).toEqual(['difference-closed /difference']);
    }
  });

  it('of contradicted counts is needed as long as one of them stands', () => {
    const book = ledger();
    book.post('count', counted('2007', 90));
    book.post('destruction', destroyed('2005', 2));
    book.post('reversal', { entry: 'e3', reason: 'not a full count' });
    book.post('explanation', explain('e4.c0', {}));
  });

  it('of a contradicted count may be of a part, and of no more than is in question', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 5));
    book.post('explanation', explain('e3.c0', { lines: m14(2) }));
    expect(book.refusals('explanation', explain('e3.c0', { lines: m14(4) }))).toMatchObject([
      { code: 'more-than-open', available: 3, detail: '3 of difference e3.c0 are open, not 4' },
    ]);
    book.post('explanation', explain('e3.c0', {}));
    expect(codes(book, explain('e3.c0', {}))).toEqual(['difference-closed /difference']);
  });

  it('of a contradicted count is dated on its day or later', () => {
    const book = ledger();
    book.post('destruction', destroyed('2005', 5));
    expect(codes(book, explain('e3.c0', { effectiveDate: '2006-12-30' }))).toEqual([
      'before-the-difference /effectiveDate',
    ]);
    book.post('explanation', explain('e3.c0', { effectiveDate: '2006-12-31' }));
  });

  it('of a shipment is in words alone, and of all of it', () => {
    const pointers = (more: object) =>
      ledger()
        .faults('explanation', { ...date, shipment: 'S-1', reason: 'r', ...more })
        .map(({ pointer }) => pointer);
    expect(pointers({ against: 'e2.0' })).toEqual(['/against']);
    expect(pointers({ account: 'gone/lost' })).toEqual(['/account']);
    expect(pointers({ lines: m14(1) })).toEqual(['/lines']);
  });

  it('is of one holding, of at least one mine', () => {
    const pointers = (lines: Bodies['explanation']['lines'] & object) =>
      ledger()
        .faults('explanation', explain('e2.0', { account: 'gone/lost', lines }))
        .map(({ pointer }) => pointer);
    expect(pointers([...m14(1), ...m14(1, { lot: 'A' })])).toEqual(['/lines/1']);
    expect(pointers(m14(0))).toEqual(['/lines/0/quantity']);
    const all = explain('e2.0', { account: 'gone/lost', lines: [] });
    expect(ledger().post('explanation', all).postings[0]?.quantity).toBe(-10);
  });

  it('is not of an earlier count of the same day, which the later one took the place of', () => {
    const book = ledger();
    book.post('count', counted('2006', 80));
    expect(codes(book, explain('e3.c0', {}))).toEqual(['difference-closed /difference']);
  });

  it('says one thing of one difference', () => {
    const book = ledger();
    const pointers = (more: object) =>
      book.faults('explanation', explain('e2.0', more)).map(({ pointer }) => pointer);
    expect(pointers({ shipment: 'S-1', account: 'gone/lost' })).toEqual([
      '/difference',
      '/account',
    ]);
    expect(pointers({ account: 'gone/lost', against: 'e2.1' })).toEqual(['/against']);
    expect(pointers({ account: 'gone/stolen' })).toEqual(['/account']);
    expect(pointers({})).toEqual(['/account']);
    expect(pointers({ against: 'e2.0' })).toEqual(['/against']);
    expect(pointers({ account: 'gone/lost', lines: m14(1, { lot: 'B' }) })).toEqual([
      '/lines/0/lot',
    ]);
  });
});

describe('An entry that is the truth behind a shortage', () => {
  const truth = (more: Partial<Bodies['destruction']> = {}): Bodies['destruction'] => ({
    ...destroyed('2007', 4),
    explains: 'e2.0',
    happenedOn: '2005',
    ...more,
  });

  it('takes its mines from the shortage instead of from the holding', () => {
    expect(inWords(ledger().post('destruction', truth()).postings)).toEqual([
      '−4 M14 difference/shortage, difference e2.0',
      '+4 M14 gone/destroyed-article-4',
    ]);
  });

  it('is of that holding, that much, and not before the count', () => {
    const book = ledger();
    const refused = (more: Partial<Bodies['destruction']>) =>
      book.refusals('destruction', truth(more)).map(({ code }) => code);
    expect(refused({ lines: m14(4, { lot: 'B' }) })).toEqual(['other-holding']);
    expect(refused({ lines: m14(11) })).toEqual(['more-than-open']);
    expect(refused({ effectiveDate: '2006-12-30' })).toEqual(['before-the-difference']);
    expect(refused({ explains: 'e2.1' })).toEqual(['no-such-difference']);
    expect(book.refusals('destruction', truth({ explains: 'e9.0' }))).toEqual([
      {
        code: 'no-such-difference',
        pointer: '/explains',
        detail: 'the book of XXA has no shortage e9.0',
      },
    ]);
    book.post('destruction', destroyed('2005', 2));
    expect(refused({ explains: 'e3.c0' })).toEqual(['no-such-difference']);
    expect(book.refusals('destruction', truth({ lines: m14(11) }))).toMatchObject([
      { pointer: '/explains', available: 10 },
    ]);
  });

  it('names the account that the mines are missing from', () => {
    const book = ledger();
    const other = { ...truth(), from: 'held/allocated' as const };
    expect(book.refusals('destruction', other)).toMatchObject([
      { code: 'other-holding', holding: { account: 'held/stockpile' } },
    ]);
    const lost = {
      effectiveDate: '2007',
      cause: 'stolen',
      lines: m14(1),
      explains: 'e2.0',
    } as const;
    expect(book.refusals('loss', { ...lost, from: 'retained' })).toMatchObject([
      { code: 'other-holding' },
    ]);
  });

  it('names the shipment that the mines are missing from', () => {
    const book = ledger();
    for (const shipment of ['S-1', 'S-2']) {
      const from = { from: 'held/stockpile', to: 'XXB', titlePasses: false, shipment } as const;
      const purpose = 'destruction' as const;
      book.post('transfer', { effectiveDate: '2006', purpose, ...from, lines: m14(5) });
    }
    const account = 'held/dispatched' as const;
    book.post('count', { ...counted('2006', 4), account, shipment: 'S-1' });
    const of = { from: account, explains: 'e5.0', lines: m14(1) };
    expect(book.refusals('destruction', truth({ ...of, shipment: 'S-2' }))).toMatchObject([
      { code: 'other-holding' },
    ]);
    book.post('destruction', truth({ ...of, shipment: 's-1' }));
  });

  it('may be a use of mines that were not retained before, but not of another State’s', () => {
    const book = ledger();
    const use = { effectiveDate: '2007', lines: m14(2), explains: 'e2.0' };
    expect(inWords(book.post('use', use).postings)).toEqual([
      '−2 M14 difference/shortage, difference e2.0',
      '+2 M14 gone/consumed',
    ]);
    const from = { sender: 'XXC', shipment: 'S-9', heldAs: 'custody' } as const;
    book.post('receipt', { effectiveDate: '2006', ...from, lines: m14(5) });
    const account = 'custody' as const;
    book.post('count', { ...counted('2006', 1), account, shipment: 'S-9' });
    expect(book.refusals('use', { ...use, explains: 'e5.0' })).toMatchObject([
      { code: 'other-holding' },
    ]);
  });

  it('says when it happened only when it explains something', () => {
    const { explains: _explains, ...alone } = truth();
    expect(ledger().faults('destruction', alone)).toMatchObject([{ pointer: '/happenedOn' }]);
    for (const happenedOn of ['then', '2027']) {
      expect(ledger().faults('destruction', truth({ happenedOn }))).toMatchObject([
        { pointer: '/happenedOn' },
      ]);
    }
    const two = truth({ lines: [...m14(1), ...m14(1, { lot: 'A' })] });
    expect(ledger().faults('destruction', two)).toMatchObject([{ pointer: '/lines/1' }]);
  });
});

describe('A statement', () => {
  it('posts nothing, is closed by one explanation, and may claim that there is nothing', () => {
    const book = ledger();
    const body = { effectiveDate: '2008', figure: 'remaining', source: 'a report' } as const;
    expect(book.post('statement', { ...body, quantity: 0 }).postings).toEqual([]);
    for (const id of ['e3.1', 'e3.0x', 'e3.00']) {
      expect(codes(book, explain(id, {}))).toEqual(['no-such-difference /difference']);
    }
    expect(book.faults('explanation', explain('e3.0', { against: 'e2.1' }))).toEqual([
      {
        pointer: '/against',
        detail: 'a statement is explained in words alone: leave out account and against',
      },
    ]);
    book.post('explanation', explain('e3.0', { lines: [{ munition: 'PMN', quantity: 7 }] }));
    expect(codes(book, explain('e3.0', {}))).toEqual(['difference-closed /difference']);
    expect(book.faults('statement', { ...body, quantity: -1 })).toMatchObject([
      { pointer: '/quantity' },
    ]);
  });
});
