import { describe, expect, it } from '@jest/globals';
import { declared, destroyed, TestBook } from '../../test/support/book.ts';

/** Declared in 2004; twelve more found in 2012, and three seized then. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  book.post('inventory', { ...declared('2012', 12, { site: 'Barracks' }), basis: 'newly-found' });
  book.post('inventory', { ...declared('2012', 3, { site: 'Harbour' }), basis: 'seized' });
  return book;
}

describe('A destruction of a find', () => {
  it('names an inventory of mines that nobody had declared', () => {
    const book = ledger();
    book.post('destruction', { ...destroyed('2012', 12, { site: 'Barracks' }), find: 'e2' });
    book.post('destruction', { ...destroyed('2012', 3, { site: 'Harbour' }), find: 'e3' });
  });

  it.each([
    ['a declaration', 'e1'],
    ['a destruction', 'e4'],
    ['an entry of another book', 'e9'],
    ['a find that was reversed', 'e3'],
  ])('does not name %s', (_what, find) => {
    const book = ledger();
    book.post('destruction', destroyed('2012', 1));
    book.post('reversal', { entry: 'e3', reason: 'the same as before' });
    expect(book.refusals('destruction', { ...destroyed('2012', 1), find })).toEqual([
      {
        code: 'no-such-entry',
        pointer: '/find',
        detail: `the book of XXA has no find ${find}: name an inventory of mines found`,
      },
    ]);
  });
});
