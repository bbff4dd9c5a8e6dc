import { strict as assert } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14, TestBook } from '../../test/support/book.ts';
import type { Bodies, Replacement } from './kinds.ts';

const reason = 'the vouchers were read again';

const destruction = (effectiveDate: string, quantity: number): Replacement => ({
  kind: 'destruction',
  ...destroyed(effectiveDate, quantity),
});

/** What each entry that a correction is recorded as puts in question: "e5: −3 since 2005-12-31". */
function doubts(book: TestBook, body: Omit<Bodies['correction'], 'reason'>): string[] {
  const { found } = book.post('correction', { reason, ...body });
  assert(found && 'entries' in found);
  return found.entries.flatMap((id) =>
    (book.book.entry(id)?.entry.contradicts ?? []).map(
      ({ change, since, counts }) =>
        `${id}: ${change} since ${since} (${counts.map((c) => c.entry).join(', ')})`,
    ),
  );
}

/** Declared 100 in 2004, counted at the end of 2005 and of 2006. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('count', counted('2005', 100));
  book.post('count', counted('2006', 100));
  return book;
}

describe('A correction', () => {
  it('puts counts in question once, by what all of its parts change together', () => {
    const parts = [destruction('2006-07-01', 5), destruction('2004', 3)];
    for (const replace of [parts, parts.toReversed()]) {
      expect(doubts(ledger(), { replace })).toEqual([
        'e6: -3 since 2004-12-31 (e2)',
        'e6: -8 since 2004-12-31 (e3)',
      ]);
    }
  });

  it('puts nothing in question when its parts change nothing together', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 10));
    expect(doubts(book, { reverse: ['e4'], replace: [destruction('2007', 10)] })).toEqual([]);
  });

  it('puts no count in question that it reverses itself', () => {
    const replace = [destruction('2005', 5)];
    expect(doubts(ledger(), { reverse: ['e3'], replace })).toEqual([
      'e6: -5 since 2005-12-31 (e2)',
    ]);
  });

  it('notes what is in question with what was recorded anew, not with what was reversed', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 10));
    book.post('count', counted('2008', 90));
    expect(doubts(book, { reverse: ['e4'], replace: [destruction('2007', 12)] })).toEqual([
      'e8: -2 since 2007-12-31 (e5)',
    ]);
  });

  it('lets each count in it settle what came before, and be contradicted by what came after', () => {
    const count = (effectiveDate: string, quantity: number): Replacement => ({
      kind: 'count',
      ...counted(effectiveDate, quantity),
    });
    const early = destruction('2004', 3);
    const replace = [early, count('2008', 97), count('2007', 97), destruction('2006-07-01', 2)];
    expect(doubts(ledger(), { replace })).toEqual([
      'e5: -3 since 2004-12-31 (e2, e3)',
      'e8: -2 since 2006-07-01 (e3, e7, e6)',
    ]);
  });

  it('notes it with the last reversal when nothing is recorded anew', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 10));
    book.post('destruction', destroyed('2007', 5));
    book.post('count', counted('2008', 85));
    expect(doubts(book, { reverse: ['e4', 'e5'] })).toEqual(['e9: 15 since 2007-12-31 (e6)']);
  });

  it('notes it with the part that changes the holding, wherever that stands among others', () => {
    const other = { kind: 'inventory' as const, ...declared('2004', 7, { lot: 'A' }) };
    expect(doubts(ledger(), { replace: [destruction('2006', 5), other] })).toEqual([
      'e5: -5 since 2006-12-31 (e3)',
    ]);
  });

  it('is listed under the date it gives itself, else under the latest of its parts', () => {
    const replace = [destruction('2007', 1), destruction('2008-05', 1), destruction('2004', 1)];
    expect(ledger().post('correction', { reason, replace }).found).toEqual({
      effectiveDate: '2008-05',
      entries: ['e5', 'e6', 'e7'],
    });
    const dated = ledger().post('correction', { reason, effectiveDate: '2010', replace });
    expect(dated.effective.text).toBe('2010');
  });

  it('posts nothing itself, and each of its parts what it would alone, for the same reason', () => {
    const book = ledger();
    book.post('destruction', destroyed('2007', 10));
    const entry = book.post('correction', { reason, reverse: ['e4'] });
    expect(entry.postings).toEqual([]);
    expect(book.book.entry('e6')?.entry).toMatchObject({
      kind: 'reversal',
      body: { entry: 'e4', reason },
    });
    expect(book.book.balance(heldM14(book), '2026-01-01')).toBe(100);
  });

  it('is wrong in itself where a part is, as the book knows it, and names every such part', () => {
    const book = ledger();
    book.post('count', counted('2009', 90));
    const explained = (account: 'gone/stolen' | 'gone/lost'): Replacement => ({
      kind: 'explanation',
      effectiveDate: '2010',
      difference: 'e4.0',
      account,
      reason,
    });
    const replace = [explained('gone/stolen'), explained('gone/lost'), explained('gone/stolen')];
    expect(book.faults('correction', { reason, replace })).toMatchObject([
      { pointer: '/replace/0/account' },
      { pointer: '/replace/2/account' },
    ]);
  });

  it('sees in each part the book as the parts before leave it', () => {
    const book = ledger();
    const lines = m14(10);
    const explain = (account: 'gone/lost' | 'gone/counting-error'): Replacement => ({
      kind: 'explanation',
      effectiveDate: '2010',
      difference: 'e4.0',
      account,
      reason,
      lines,
    });
    book.post('count', counted('2009', 90));
    const replace = [explain('gone/lost'), explain('gone/counting-error')];
    expect(book.refusals('correction', { reason, replace })).toMatchObject([
      { code: 'difference-closed', pointer: '/replace/1/difference' },
    ]);
  });

  it('names every part that the book refuses, whatever the rest of it would do', () => {
    const book = ledger();
    const again: Replacement = { kind: 'inventory', ...declared('2008', 5) };
    expect(
      book.refusals('correction', { reason, reverse: ['e9', 'e8'], replace: [again] }),
    ).toMatchObject([
      { code: 'no-such-entry', pointer: '/reverse/0' },
      { code: 'no-such-entry', pointer: '/reverse/1' },
      { code: 'already-declared', pointer: '/replace/0/lines/0' },
    ]);
  });

  it('points at the part that takes too much, not at one that brings some', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 10));
    const more: Replacement = { kind: 'inventory', ...declared('2005', 5), basis: 'seized' };
    expect(
      book.refusals('correction', { reason, replace: [more, destruction('2006', 16)] }),
    ).toMatchObject([{ pointer: '/replace/1/lines/0/quantity', available: 10 }]);
  });

  it('takes no mines before they came, though a part is dated after that', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 10));
    book.post('inventory', { ...declared('2008', 10), basis: 'newly-found' });
    const parts = [destruction('2009', 1), destruction('2006', 12)];
    for (const replace of [parts, parts.toReversed()]) {
      expect(book.refusals('correction', { reason, replace })).toMatchObject([
        { day: '2006-12-31', available: 10 },
      ]);
    }
  });

  it('judges the stock on every day by all parts, in whatever order they are given', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 10));
    const found = (date: string): Replacement => ({
      kind: 'inventory',
      ...declared(date, 5),
      basis: 'newly-found',
    });
    const taken = [destruction('2009', 12), found('2007'), destruction('2006', 3)];
    expect(book.try('correction', { reason, replace: taken }).outcome).toBe('decided');
    const early = [destruction('2009', 12), found('2010'), destruction('2006', 3)];
    expect(book.refusals('correction', { reason, replace: early })).toMatchObject([
      { day: '2009-12-31', pointer: '/replace/0/lines/0/quantity' },
    ]);
  });
});

function heldM14(book: TestBook) {
  const [there] = book.book.holdingsOf('M14', '2026-01-01', 1);
  assert(there);
  return there.holding;
}
