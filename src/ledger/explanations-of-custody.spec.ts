import { describe, expect, it } from '@jest/globals';
import { counted, declared, inWords, m14, TestBook } from '../../test/support/book.ts';

/** Held for XXC: 20 by one shipment, counted 17, and of lot B, counted 2 that nobody received. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100));
  const from = { sender: 'XXC', shipment: 'S-1', heldAs: 'custody' } as const;
  book.post('receipt', { effectiveDate: '2005', ...from, lines: m14(20) });
  const lines = [...m14(17), ...m14(2, { lot: 'B' })];
  const account = 'custody' as const;
  book.post('count', { ...counted('2006', 0), account, shipment: 'S-1', lines });
  book.post('count', { ...counted('2006', 0), lines: [...m14(95), ...m14(3, { lot: 'A' })] });
  return book;
}

const explain = (difference: string, more: object) =>
  ({ effectiveDate: '2010', difference, reason: 'looked into', ...more }) as const;

describe('An explanation of what is missing of mines held for another State', () => {
  it.each(['gone/lost-for-others', 'gone/counting-error', 'source/received'] as const)(
    'may be that they went to or never came from %s',
    (account) => {
      const entry = ledger().post('explanation', explain('e3.0', { account }));
      expect(inWords(entry.postings)).toEqual([
        '−3 M14 difference/shortage, difference e3.0',
        `+3 M14 ${account}`,
      ]);
    },
  );

  it.each(['gone/lost', 'source/declared'] as const)(
    'is never this State’s own loss or declaration (%s)',
    (account) => {
      expect(ledger().faults('explanation', explain('e3.0', { account }))).toEqual([
        {
          pointer: '/account',
          detail:
            'a shortage of custody is explained by one of: gone/lost-for-others, ' +
            'gone/counting-error, source/received',
        },
      ]);
    },
  );

  it('finds too many of them only received or taken for another type', () => {
    const found = explain('e3.1', { account: 'source/newly-found' });
    expect(ledger().faults('explanation', found)).toMatchObject([{ pointer: '/account' }]);
    const received = explain('e3.1', { account: 'source/received' });
    expect(inWords(ledger().post('explanation', received).postings)).toEqual([
      '−2 M14 source/received, lot B',
      '+2 M14 source/count-surplus, lot B, difference e3.1',
    ]);
  });

  it('is not set against mines of this State’s own', () => {
    const detail = 'one is of this State’s own, the other of mines held for another State';
    for (const [one, against] of [
      ['e3.0', 'e4.1'],
      ['e4.0', 'e3.1'],
    ] as const) {
      const body = explain(one, { against, lines: m14(2) });
      expect(ledger().faults('explanation', body)).toEqual([{ pointer: '/against', detail }]);
    }
    const own = explain('e3.0', { against: 'e3.1', lines: m14(2) });
    expect(ledger().post('explanation', own).postings).toHaveLength(2);
  });
});
