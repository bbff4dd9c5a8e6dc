import { describe, expect, it } from '@jest/globals';
import { declared, destroyed, inWords, m14, TestBook } from '../../test/support/book.ts';
import type { Bodies } from './kinds.ts';

const sent = (more: Partial<Bodies['transfer']> = {}): Bodies['transfer'] => ({
  effectiveDate: '2006',
  from: 'held/stockpile',
  to: 'XXB',
  titlePasses: false,
  purpose: 'destruction',
  shipment: 'S-1',
  lines: [...m14(10, { site: 'North' }), ...m14(6, { lot: 'A' })],
  ...more,
});

const back = (quantity: number, more: object = {}): Bodies['return'] => ({
  effectiveDate: '2007',
  shipment: 'S-1',
  lines: m14(quantity, more),
});

/** Sent abroad under S-1: ten from the North and six of lot A. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 50, { site: 'North' }));
  book.post('inventory', declared('2004', 20, { lot: 'A' }));
  book.post('inventory', { ...declared('2004', 9, { institution: 'School' }), heldAs: 'retained' });
  book.post('transfer', sent());
  return book;
}

describe('Mines that come back', () => {
  it('are told apart by type and lot, though they were sent together', () => {
    const book = ledger();
    expect(inWords(book.post('return', back(6, { lot: 'a' })).postings)).toEqual([
      '−6 M14 held/dispatched, lot a, shipment S-1',
      '+6 M14 held/stockpile, lot A',
    ]);
    expect(book.refusals('return', back(1, { lot: 'A' }))).toMatchObject([
      {
        code: 'not-dispatched',
        available: 0,
        detail:
          'M14 in held/dispatched, lot A, shipment S-1: ' +
          '0 was sent and is not back as the book of XXA says, not 1',
      },
    ]);
  });

  it('go to one account only when that takes them all', () => {
    const book = ledger();
    const lines = m14(4, { institution: 'School' });
    book.post('transfer', sent({ from: 'retained', lines }));
    expect(inWords(book.post('return', back(10)).postings)).toEqual([
      '−10 M14 held/dispatched, shipment S-1',
      '+10 M14 held/stockpile, site North',
    ]);
    expect(inWords(book.post('return', back(4)).postings)).toEqual([
      '−4 M14 retained/dispatched, shipment S-1',
      '+4 M14 retained, institution School',
    ]);
  });

  it('are not those that were destroyed abroad', () => {
    const book = ledger();
    book.post('destruction', {
      ...destroyed('2006', 4),
      from: 'held/dispatched',
      shipment: 'S-1',
    });
    expect(book.refusals('return', back(7))).toMatchObject([
      { code: 'insufficient-stock', pointer: '/lines/0/quantity', available: 6 },
    ]);
    book.post('return', back(6));
  });

  it('are none of a type that the State never sent under that shipment', () => {
    const lines = [{ munition: 'PMN', quantity: 3 }];
    expect(ledger().refusals('return', { ...back(1), lines })).toMatchObject([
      {
        code: 'not-dispatched',
        detail:
          'PMN in held/dispatched, shipment S-1: ' +
          '0 was sent and is not back as the book of XXA says, not 3',
      },
    ]);
  });

  it('are refused line by line', () => {
    const lines = [...m14(11), ...m14(6, { lot: 'A' }), ...m14(1, { lot: 'B' })];
    const refusals = ledger().refusals('return', { ...back(1), lines });
    expect(refusals.map(({ pointer, available }) => [pointer, available])).toEqual([
      ['/lines/0/quantity', 10],
      ['/lines/2/quantity', 0],
    ]);
  });
});

describe('Control that is regained', () => {
  const control = (
    from: Bodies['control']['from'],
    status: 'lost' | 'regained',
    quantity: number,
  ): Bodies['control'] => ({
    effectiveDate: status === 'lost' ? '2006' : '2008',
    from,
    status,
    lines: m14(quantity, { site: 'North' }),
  });

  /** Out of control in the North: ten of the stockpile, five that were allocated. */
  function lost(): TestBook {
    const book = ledger();
    const lines = m14(5, { site: 'North' });
    book.post('allocation', { effectiveDate: '2005', status: 'allocated', lines });
    book.post('control', control('held/stockpile', 'lost', 10));
    book.post('control', control('held/allocated', 'lost', 5));
    return book;
  }

  it('is of the account that is named, when one is', () => {
    const book = lost();
    expect(
      inWords(book.post('control', control('held/allocated', 'regained', 4)).postings),
    ).toEqual(['−4 M14 held/unverifiable, site North', '+4 M14 held/allocated, site North']);
    expect(book.refusals('control', control('held/allocated', 'regained', 2))).toMatchObject([
      {
        code: 'not-lost',
        available: 1,
        detail:
          'M14 in held/unverifiable, site North: ' +
          '1 was lost control of as the book of XXA says, not 2',
      },
    ]);
  });

  it('is of whichever was lost first, when only what is out of control is named', () => {
    const book = lost();
    expect(
      inWords(book.post('control', control('held/unverifiable', 'regained', 12)).postings),
    ).toEqual([
      '−10 M14 held/unverifiable, site North',
      '+10 M14 held/stockpile, site North',
      '−2 M14 held/unverifiable, site North',
      '+2 M14 held/allocated, site North',
    ]);
  });

  it('is not of mines that were destroyed while they were out of control', () => {
    const book = lost();
    book.post('destruction', {
      ...destroyed('2007', 8, { site: 'North' }),
      from: 'held/unverifiable',
    });
    expect(book.refusals('control', control('held/stockpile', 'regained', 8))).toMatchObject([
      { code: 'insufficient-stock', available: 7 },
    ]);
  });
});
