import { describe, expect, it } from '@jest/globals';
import { declared, inWords, m14, TestBook } from '../../test/support/book.ts';
import type { Bodies } from './kinds.ts';

const sent = (more: Partial<Bodies['transfer']> = {}): Bodies['transfer'] => ({
  effectiveDate: '2006',
  from: 'held/stockpile',
  to: 'XXB',
  titlePasses: false,
  purpose: 'destruction',
  shipment: 'S-1',
  lines: m14(10, { site: 'North' }),
  ...more,
});

const received = (heldAs: Bodies['receipt']['heldAs'], quantity = 8): Bodies['receipt'] => ({
  effectiveDate: '2006',
  sender: 'XXC',
  shipment: 'S-9',
  heldAs,
  lines: m14(quantity),
});

/** Declared 100 in the North and 20 at the school. */
function ledger(): TestBook {
  const book = new TestBook();
  book.post('inventory', declared('2004', 100, { site: 'North' }));
  const lines = m14(20, { institution: 'School' });
  book.post('inventory', { effectiveDate: '2004', basis: 'declared', heldAs: 'retained', lines });
  return book;
}

describe('A transfer', () => {
  it('keeps what it only sends abroad in the book, by its shipment', () => {
    expect(inWords(ledger().post('transfer', sent()).postings)).toEqual([
      '−10 M14 held/stockpile, site North',
      '+10 M14 held/dispatched, shipment S-1',
    ]);
    const retained = sent({ from: 'retained', lines: m14(5, { institution: 'School' }) });
    expect(inWords(ledger().post('transfer', retained).postings)).toEqual([
      '−5 M14 retained, institution School',
      '+5 M14 retained/dispatched, shipment S-1',
    ]);
  });

  it('takes out of the book what it gives away', () => {
    expect(inWords(ledger().post('transfer', sent({ titlePasses: true })).postings)).toEqual([
      '−10 M14 held/stockpile, site North',
      '+10 M14 gone/transferred, site North, shipment S-1',
    ]);
  });

  it('names its shipment after itself when it is given none', () => {
    const { shipment: _shipment, ...unnamed } = sent();
    expect(inWords(ledger().post('transfer', unnamed).postings)[1]).toBe(
      '+10 M14 held/dispatched, shipment e3',
    );
  });

  it('passes on what is in custody, under a shipment of its own', () => {
    const book = ledger();
    book.post('receipt', received('custody'));
    const lines = m14(3);
    const onward = sent({ from: 'custody', fromShipment: 's-9', shipment: 'S-2', lines });
    expect(inWords(book.post('transfer', onward).postings)).toEqual([
      '−3 M14 custody, shipment s-9',
      '+3 M14 gone/passed-on, shipment S-2',
    ]);
  });

  it('passes on under a shipment named after itself when it names only where it takes from', () => {
    const book = ledger();
    book.post('receipt', received('custody'));
    const onward = sent({ from: 'custody', shipment: 'S-9', lines: m14(3) });
    expect(inWords(book.post('transfer', onward).postings)).toEqual([
      '−3 M14 custody, shipment S-9',
      '+3 M14 gone/passed-on, shipment e4',
    ]);
  });

  it('is to another State, of what is here and can be reached', () => {
    const book = ledger();
    const pointers = (more: Partial<Bodies['transfer']>) =>
      book.faults('transfer', sent(more)).map(({ pointer }) => pointer);
    expect(pointers({ to: 'XXA' })).toEqual(['/to']);
    expect(pointers({ from: 'held/unverifiable' })).toEqual(['/from']);
    expect(pointers({ from: 'held/dispatched', lines: m14(1) })).toEqual(['/titlePasses']);
    expect(pointers({ fromShipment: 'S-2' })).toEqual(['/fromShipment']);
  });

  it('adds to a shipment of this State, and can not take one of another', () => {
    const book = ledger();
    book.post('transfer', sent());
    book.post('transfer', sent({ lines: m14(1, { site: 'North' }) }));
    expect(book.refusals('receipt', { ...received('custody'), shipment: 's-1' })).toMatchObject([
      { code: 'shipment-of-another', pointer: '/shipment' },
    ]);
  });
});

describe('A receipt', () => {
  it.each(['held/stockpile', 'retained'] as const)('comes from its source into %s', (heldAs) => {
    expect(inWords(ledger().post('receipt', received(heldAs)).postings)).toEqual([
      '−8 M14 source/received, shipment S-9',
      `+8 M14 ${heldAs}`,
    ]);
  });

  it('is in custody by its shipment when title stays with the sender', () => {
    expect(inWords(ledger().post('receipt', received('custody')).postings)).toEqual([
      '−8 M14 source/received, shipment S-9',
      '+8 M14 custody, shipment S-9',
    ]);
  });

  it('is of another State', () => {
    const own = { ...received('custody'), sender: 'XXA' };
    expect(ledger().faults('receipt', own)).toMatchObject([{ pointer: '/sender' }]);
  });
});

describe('A return', () => {
  const back = (quantity: number, shipment = 'S-1') => ({
    effectiveDate: '2007',
    shipment,
    lines: m14(quantity),
  });

  it('brings what was sent back to where it was sent from, the earliest first', () => {
    const book = ledger();
    book.post('inventory', declared('2004', 50, { site: 'South' }));
    book.post('transfer', sent());
    book.post('transfer', sent({ lines: m14(5, { site: 'South' }) }));
    expect(inWords(book.post('return', back(12, 's-1')).postings)).toEqual([
      '−10 M14 held/dispatched, shipment s-1',
      '+10 M14 held/stockpile, site North',
      '−2 M14 held/dispatched, shipment s-1',
      '+2 M14 held/stockpile, site South',
    ]);
  });

  it('brings mines that were split into lots or identified abroad back to where they were sent from', () => {
    const book = ledger();
    book.post('transfer', sent());
    const abroad = { effectiveDate: '2007', shipment: 'S-1' } as const;
    const split = m14(4, { toLot: 'A' });
    book.post('movement', { ...abroad, account: 'held/dispatched', lines: split });
    const identified = [{ munition: 'M14', lot: 'A', quantity: 3, toMunition: 'M16' }];
    const reason = 'identified';
    const from = 'held/dispatched';
    book.post('reclassification', { ...abroad, from, reason, lines: identified });
    const lines = [...m14(1, { lot: 'A' }), { munition: 'M16', lot: 'A', quantity: 3 }];
    const { postings } = book.post('return', { effectiveDate: '2008', shipment: 'S-1', lines });
    expect(inWords(postings)).toEqual([
      '−1 M14 held/dispatched, lot A, shipment S-1',
      '+1 M14 held/stockpile, lot A, site North',
      '−3 M16 held/dispatched, lot A, shipment S-1',
      '+3 M16 held/stockpile, lot A, site North',
    ]);
    expect(book.refusals('return', back(7))).toMatchObject([{ available: 6 }]);
  });

  it('brings mines back that became one lot abroad, and another, and the first again', () => {
    const book = ledger();
    book.post('inventory', declared('2004', 4, { site: 'South' }));
    book.post('transfer', sent());
    book.post('transfer', sent({ lines: m14(4, { site: 'South' }) }));
    const move = (quantity: number, lot: object, toLot: string) =>
      book.post('movement', {
        effectiveDate: '2007',
        account: 'held/dispatched',
        shipment: 'S-1',
        lines: m14(quantity, { ...lot, toLot }),
      });
    move(10, {}, 'A');
    move(8, { lot: 'A' }, 'B');
    move(3, { lot: 'B' }, 'A');
    const returned = (quantity: number, lot: string) =>
      inWords(
        book.post('return', {
          effectiveDate: '2008',
          shipment: 'S-1',
          lines: m14(quantity, { lot }),
        }).postings,
      );
    expect(returned(5, 'A')).toEqual([
      '−5 M14 held/dispatched, lot A, shipment S-1',
      '+5 M14 held/stockpile, lot A, site North',
    ]);
    expect(returned(5, 'B')[1]).toBe('+5 M14 held/stockpile, lot B, site North');
  });

  it('is known as well as its line says', () => {
    const book = ledger();
    book.post('transfer', sent());
    const precisionOf = (more: object) =>
      book.post('return', { ...back(1), lines: m14(1, more) }).postings[0]?.precision;
    expect(precisionOf({})).toBe('exact');
    expect(precisionOf({ precision: 'approximate' })).toBe('approximate');
  });

  it('gives back to its owner what was in custody', () => {
    const book = ledger();
    book.post('receipt', received('custody'));
    expect(inWords(book.post('return', back(8, 'S-9')).postings)).toEqual([
      '−8 M14 custody, shipment S-9',
      '+8 M14 gone/returned, shipment S-9',
    ]);
  });

  it('is of no more than was sent and is not back yet', () => {
    const book = ledger();
    book.post('transfer', sent());
    book.post('return', back(4));
    expect(book.refusals('return', back(7))).toMatchObject([
      { code: 'not-dispatched', pointer: '/lines/0/quantity', available: 6 },
    ]);
    book.post('return', back(6));
  });

  it('of custody is of no more than is there', () => {
    const book = ledger();
    book.post('receipt', received('custody'));
    expect(book.refusals('return', back(9, 'S-9'))).toMatchObject([
      { code: 'insufficient-stock', available: 8 },
    ]);
  });
});

describe('Control', () => {
  const control = (status: 'lost' | 'regained', quantity: number): Bodies['control'] => ({
    effectiveDate: status === 'lost' ? '2006' : '2008',
    from: 'held/stockpile',
    status,
    lines: m14(quantity, { site: 'North' }),
  });

  it('that is lost leaves the mines in the book, out of reach', () => {
    expect(inWords(ledger().post('control', control('lost', 30)).postings)).toEqual([
      '−30 M14 held/stockpile, site North',
      '+30 M14 held/unverifiable, site North',
    ]);
    const retained = { ...control('lost', 5), from: 'retained' as const };
    const lines = m14(5, { institution: 'School' });
    expect(inWords(ledger().post('control', { ...retained, lines }).postings)[1]).toBe(
      '+5 M14 retained/unverifiable, institution School',
    );
  });

  it('can be lost of mines that are abroad, under the shipment they were sent under', () => {
    const book = ledger();
    book.post('transfer', sent());
    const abroad = { from: 'held/dispatched', shipment: 'S-1', lines: m14(4) } as const;
    const { postings } = book.post('control', { ...control('lost', 4), ...abroad });
    expect(inWords(postings)).toEqual([
      '−4 M14 held/dispatched, shipment S-1',
      '+4 M14 held/unverifiable',
    ]);
  });

  it('that is regained brings them back to the account they were in', () => {
    const book = ledger();
    book.post('control', control('lost', 30));
    expect(inWords(book.post('control', control('regained', 20)).postings)).toEqual([
      '−20 M14 held/unverifiable, site North',
      '+20 M14 held/stockpile, site North',
    ]);
    expect(book.refusals('control', control('regained', 11))).toMatchObject([
      { code: 'not-lost', available: 10 },
    ]);
  });

  it('that is regained of one shipment brings back no other', () => {
    const book = ledger();
    for (const [shipment, quantity] of [['S-1', 3] as const, ['S-2', 4] as const]) {
      book.post('transfer', sent({ shipment, lines: m14(quantity, { site: 'North' }) }));
      const lost = { ...control('lost', 0), from: 'held/dispatched', shipment } as const;
      book.post('control', { ...lost, lines: m14(quantity) });
    }
    const regained = { ...control('regained', 0), from: 'held/dispatched' } as const;
    const body = { ...regained, shipment: 's-2', lines: m14(4) };
    expect(inWords(book.post('control', body).postings)).toEqual([
      '−4 M14 held/unverifiable',
      '+4 M14 held/dispatched, shipment S-2',
    ]);
    expect(book.refusals('control', { ...body, lines: m14(1) })).toMatchObject([
      { code: 'not-lost', available: 0 },
    ]);
    expect(book.faults('control', { ...body, from: 'held/stockpile' })).toMatchObject([
      { pointer: '/shipment' },
    ]);
  });

  it('is not lost twice, and not of what belongs to another State', () => {
    const book = ledger();
    const from = (account: Bodies['control']['from']) =>
      book.faults('control', { ...control('lost', 1), from: account })[0]?.pointer;
    expect(from('held/unverifiable')).toBe('/from');
    expect(from('custody')).toBe('/from');
  });
});

describe('A reclassification', () => {
  const become = (more: object): Bodies['reclassification'] => ({
    effectiveDate: '2006',
    from: 'held/stockpile',
    reason: 'identified',
    lines: [{ ...m14(3, { site: 'North' })[0], munition: 'M14', quantity: 3, ...more }],
  });

  it('takes out the old type or lot and brings in the new one, at the same place', () => {
    const { postings } = ledger().post('reclassification', become({ toMunition: 'M16' }));
    expect(inWords(postings)).toEqual([
      '−3 M14 held/stockpile, site North',
      '+3 M14 gone/reclassified, site North',
      '−3 M16 source/reclassified, site North',
      '+3 M16 held/stockpile, site North',
    ]);
    const lot = ledger().post('reclassification', become({ toLot: 'B' }));
    expect(inWords(lot.postings)[3]).toBe('+3 M14 held/stockpile, lot B, site North');
  });

  it('keeps the lot when only the type was wrong', () => {
    const book = ledger();
    book.post('inventory', declared('2004', 9, { lot: 'A', site: 'North' }));
    const { postings } = book.post('reclassification', become({ lot: 'A', toMunition: 'M16' }));
    expect(inWords(postings)).toEqual([
      '−3 M14 held/stockpile, lot A, site North',
      '+3 M14 gone/reclassified, lot A, site North',
      '−3 M16 source/reclassified, lot A, site North',
      '+3 M16 held/stockpile, lot A, site North',
    ]);
  });

  it('of what is no mine takes it out and brings in nothing', () => {
    expect(inWords(ledger().post('reclassification', become({})).postings)).toEqual([
      '−3 M14 held/stockpile, site North',
      '+3 M14 gone/not-a-mine, site North',
    ]);
  });

  it('makes something else of it', () => {
    expect(ledger().faults('reclassification', become({ toMunition: 'm14 ' }))).toMatchObject([
      { pointer: '/lines/0/toMunition' },
    ]);
  });
});
