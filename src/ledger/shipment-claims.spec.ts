import { describe, expect, it } from '@jest/globals';
import { declared, m14, TestBook } from '../../test/support/book.ts';
import type { RecordedEntry } from './entry.ts';
import type { Bodies } from './kinds.ts';
import { shipmentClaims } from './shipments.ts';

const date = { effectiveDate: '2006' };

/** Claims in words: "S-1 dispatched 10 M14 lot A, the other is XXB". */
function claims(entry: RecordedEntry): string[] {
  return shipmentClaims(entry, entry.postings).map(
    ({ shipment, side, munition, lot, quantity, other }) =>
      `${shipment} ${side} ${quantity} ${munition}` +
      `${lot === null ? '' : ` lot ${lot}`}${other === null ? '' : `, the other is ${other}`}`,
  );
}

const sent = (more: Partial<Bodies['transfer']> = {}): Bodies['transfer'] => ({
  ...date,
  from: 'held/stockpile',
  to: 'XXB',
  titlePasses: false,
  purpose: 'destruction',
  shipment: 'S-1',
  lines: [...m14(10), ...m14(4, { lot: 'A' })],
  ...more,
});

const received = (heldAs: Bodies['receipt']['heldAs']): Bodies['receipt'] => ({
  ...date,
  sender: 'XXC',
  shipment: 'S-9',
  heldAs,
  lines: m14(8),
});

function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', { ...declared('2004', 0), lines: [...m14(50), ...m14(9, { lot: 'A' })] });
  return book;
}

describe('What an entry says about a shipment', () => {
  it('is, of a transfer, what was dispatched, by type and lot, and to whom', () => {
    const dispatched = [
      'S-1 dispatched 10 M14, the other is XXB',
      'S-1 dispatched 4 M14 lot A, the other is XXB',
    ];
    expect(claims(ledger().post('transfer', sent()))).toEqual(dispatched);
    expect(claims(ledger().post('transfer', sent({ titlePasses: true })))).toEqual(dispatched);
  });

  it('is, of a transfer that names no shipment, said of one that is named after it', () => {
    const { shipment: _shipment, ...unnamed } = sent({ lines: m14(10) });
    expect(claims(ledger().post('transfer', unnamed))).toEqual([
      'e2 dispatched 10 M14, the other is XXB',
    ]);
  });

  it('is, of a receipt, what came in and from whom, whatever it is held as', () => {
    for (const heldAs of ['custody', 'held/stockpile', 'retained'] as const) {
      expect(claims(ledger().post('receipt', received(heldAs)))).toEqual([
        'S-9 received 8 M14, the other is XXC',
      ]);
    }
  });

  it('is, of a return, what the sender has again and what the receiver gave back', () => {
    const book = ledger();
    book.post('transfer', sent());
    const again = book.post('return', { ...date, shipment: 'S-1', lines: m14(3, { lot: 'A' }) });
    expect(claims(again)).toEqual(['S-1 returned 3 M14 lot A']);
    book.post('receipt', received('custody'));
    const back = book.post('return', { ...date, shipment: 'S-9', lines: m14(8) });
    expect(claims(back)).toEqual(['S-9 given-back 8 M14']);
  });

  it('is taken back by a reversal', () => {
    const book = ledger();
    book.post('transfer', sent({ lines: m14(10) }));
    book.post('receipt', received('custody'));
    book.post('return', { ...date, shipment: 'S-9', lines: m14(2) });
    book.post('return', { ...date, shipment: 'S-1', lines: m14(3) });
    const undone = ['e5', 'e4', 'e3', 'e2'].map((entry) =>
      claims(book.post('reversal', { entry, reason: 'r' })),
    );
    expect(undone).toEqual([
      ['S-1 returned -3 M14'],
      ['S-9 given-back -2 M14'],
      ['S-9 received -8 M14, the other is XXC'],
      ['S-1 dispatched -10 M14, the other is XXB'],
    ]);
  });

  it('is nothing when it is about none', () => {
    const book = ledger();
    const loss = { ...date, from: 'held/stockpile', cause: 'lost', lines: m14(1) } as const;
    expect(claims(book.post('loss', loss))).toEqual([]);
    expect(claims(book.post('reversal', { entry: 'e2', reason: 'r' }))).toEqual([]);
  });
});
