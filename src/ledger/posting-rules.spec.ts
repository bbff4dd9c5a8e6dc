import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { declared, inWords, m14, TestBook } from '../../test/support/book.ts';
import type { StockAccount } from './accounts.ts';
import { kinds, lossCauses, type Bodies, type PostedEntry } from './kinds.ts';
import { postingRules, postingsOf } from './posting-rules.ts';
import { bothSides, changesByHolding, inflowOf } from './posting.ts';

/** Kinds whose postings follow from the body alone. */
const simple = [
  'inventory',
  'retention',
  'release',
  'use',
  'allocation',
  'movement',
  'destruction',
  'loss',
  'transfer',
  'receipt',
] as const;
type Simple = (typeof simple)[number] | 'control' | 'reclassification' | 'statement';

/** What a kind posts, in words; `effectiveDate` and the method of a destruction do not matter. */
function posts<K extends Simple>(kind: K, body: Omit<Bodies[K], 'effectiveDate'>): string[] {
  const entry = { id: 'x', kind, body: { effectiveDate: '2010', ...body } };
  return inWords(postingsOf(entry as unknown as PostedEntry));
}

const how = { destructionSite: 'Kiln', method: 'open detonation' };

describe('The posting table', () => {
  it('has a rule for every kind of entry', () => {
    expect(Object.keys(postingRules).sort()).toEqual([...kinds].sort());
  });

  it('brings an inventory from its basis into stock, or into what is retained', () => {
    expect(posts('inventory', { basis: 'declared', lines: m14(5, { lot: 'A' }) })).toEqual([
      '−5 M14 source/declared, lot A',
      '+5 M14 held/stockpile, lot A',
    ]);
    const lines = m14(5, { institution: 'School' });
    expect(posts('inventory', { basis: 'newly-found', heldAs: 'retained', lines })).toEqual([
      '−5 M14 source/newly-found, institution School',
      '+5 M14 retained, institution School',
    ]);
  });

  it('moves a retention from stock to who is to have it', () => {
    const lines = m14(5, { site: 'North', toInstitution: 'School' });
    expect(posts('retention', { lines })).toEqual([
      '−5 M14 held/stockpile, site North',
      '+5 M14 retained, site North, institution School',
    ]);
  });

  it('moves a release from what is retained back to stock', () => {
    const lines = m14(5, { institution: 'School', toSite: 'North' });
    expect(posts('release', { lines })).toEqual([
      '−5 M14 retained, institution School',
      '+5 M14 held/stockpile, site North, institution School',
    ]);
  });

  it('takes from what is retained what was consumed in use, not what was used', () => {
    expect(posts('use', { lines: m14(2, { used: 7 }) })).toEqual([
      '−2 M14 retained',
      '+2 M14 gone/consumed',
    ]);
  });

  it('posts nothing for a use without consumption', () => {
    expect(posts('use', { lines: m14(0, { used: 7 }) })).toEqual([]);
  });

  it('moves an allocation out of stock, and back when it is released', () => {
    expect(posts('allocation', { status: 'allocated', lines: m14(5) })).toEqual([
      '−5 M14 held/stockpile',
      '+5 M14 held/allocated',
    ]);
    expect(posts('allocation', { status: 'released', lines: m14(5) })).toEqual([
      '−5 M14 held/allocated',
      '+5 M14 held/stockpile',
    ]);
  });

  it('moves to another place, lot or institution within the same account', () => {
    const to = { toLot: 'B', toSite: 'South', toInstitution: 'Army' };
    const lines = m14(5, { lot: 'A', site: 'North', ...to });
    expect(posts('movement', { account: 'held/allocated', lines })).toEqual([
      '−5 M14 held/allocated, lot A, site North',
      '+5 M14 held/allocated, lot B, site South, institution Army',
    ]);
  });

  it('keeps the shipment when a lot is split on the way', () => {
    const lines = m14(5, { toLot: 'B' });
    expect(posts('movement', { account: 'custody', shipment: 'S-1', lines })).toEqual([
      '−5 M14 custody, shipment S-1',
      '+5 M14 custody, lot B, shipment S-1',
    ]);
  });

  it.each<[StockAccount, string]>([
    ['held/stockpile', 'gone/destroyed-article-4'],
    ['held/allocated', 'gone/destroyed-article-4'],
    ['held/unverifiable', 'gone/destroyed-article-4'],
    ['retained', 'gone/destroyed-retained'],
    ['retained/unverifiable', 'gone/destroyed-retained'],
  ])('destroys what was in %s as %s', (from, gone) => {
    expect(posts('destruction', { article: '4', from, ...how, lines: m14(5) })).toEqual([
      `−5 M14 ${from}`,
      `+5 M14 ${gone}`,
    ]);
  });

  it('destroys what is held for another State as destroyed for others', () => {
    const body = { article: '4' as const, from: 'custody' as const, shipment: 'S-1', ...how };
    expect(posts('destruction', { ...body, lines: m14(5, { lot: 'A' }) })).toEqual([
      '−5 M14 custody, lot A, shipment S-1',
      '+5 M14 gone/destroyed-for-others, lot A, shipment S-1',
    ]);
  });

  it('destroys under Article 5 what comes from mined areas and touches no stock', () => {
    expect(posts('destruction', { article: '5', ...how, lines: m14(5) })).toEqual([
      '−5 M14 source/mined-area',
      '+5 M14 gone/destroyed-article-5',
    ]);
  });

  it.each(lossCauses)(
    'loses own mines by their cause, %s, and those of others as lost',
    (cause) => {
      expect(posts('loss', { from: 'retained', cause, lines: m14(5) })).toEqual([
        '−5 M14 retained',
        `+5 M14 gone/${cause}`,
      ]);
      expect(posts('loss', { from: 'custody', shipment: 'S-1', cause, lines: m14(5) })).toEqual([
        '−5 M14 custody, shipment S-1',
        '+5 M14 gone/lost-for-others, shipment S-1',
      ]);
    },
  );

  it('leaves a shortage where a count finds less than the book, under the number of its line', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2010', 10, { site: 'North' }));
    const lines = [...m14(0, { lot: 'A' }), ...m14(7, { site: 'North' })];
    const count = { effectiveDate: '2011', account: 'held/stockpile', method: 'full' } as const;
    expect(inWords(ledger.post('count', { ...count, lines }).postings)).toEqual([
      '−3 M14 held/stockpile, site North',
      '+3 M14 difference/shortage, site North, difference e2.1',
    ]);
  });

  it('lets a surplus in where a count finds more than the book', () => {
    const ledger = new TestBook();
    const count = { effectiveDate: '2011', account: 'custody', method: 'sample' } as const;
    const entry = ledger.post('count', { ...count, shipment: 'S-1', lines: m14(4, { lot: 'A' }) });
    expect(inWords(entry.postings)).toEqual([
      '−4 M14 source/count-surplus, lot A, difference e1.0',
      '+4 M14 custody, lot A, shipment S-1',
    ]);
  });

  it('posts nothing for a count that agrees', () => {
    const ledger = new TestBook();
    ledger.post('inventory', declared('2010', 10));
    const count = { effectiveDate: '2011', account: 'held/stockpile', method: 'full' } as const;
    expect(ledger.post('count', { ...count, lines: m14(10) }).postings).toEqual([]);
  });

  it('turns every posting of a reversed entry round', () => {
    const ledger = new TestBook();
    const { postings } = ledger.post('inventory', declared('2010', 10, { lot: 'A' }));
    const turned = ledger.post('reversal', { entry: 'e1', reason: 'twice' }).postings;
    const sum = changesByHolding([...postings, ...turned]);
    expect([...sum]).toEqual([]);
    expect(turned).toHaveLength(postings.length);
  });

  it('carries the precision of a line to both of its postings', () => {
    const entry = {
      id: 'x',
      kind: 'retention',
      body: { effectiveDate: '2010', lines: m14(5, { precision: 'at-least' }) },
    } as const;
    expect(postingsOf(entry).map((p) => [p.precision, p.line])).toEqual([
      ['at-least', 0],
      ['at-least', 0],
    ]);
  });
});

describe('An entry', () => {
  it('balances, whatever its lines are', () => {
    const line = fc.record({
      munition: fc.constantFrom('M14', 'PMN'),
      quantity: fc.integer({ min: 1, max: 10 ** 12 }),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom(...simple), (lines, kind) => {
        const body = { effectiveDate: '2010', account: 'retained', from: 'retained', lines };
        const entry = {
          id: 'x',
          kind,
          body: { ...body, basis: 'declared', cause: 'lost', heldAs: 'retained' },
        };
        const postings = postingsOf(entry as unknown as PostedEntry);
        expect(postings.reduce((sum, p) => sum + p.quantity, 0)).toBe(0);
        expect(postings).toHaveLength(2 * lines.length);
      }),
    );
  });

  it('is never made of a part of a mine, of none, or of more than can be counted', () => {
    const [move] = postingRules.retention({
      id: 'x',
      kind: 'retention',
      body: { effectiveDate: '2010', lines: m14(1) },
    });
    if (move === undefined) throw new Error('a line is a move');
    for (const quantity of [0, 0.5, NaN, 2 ** 53]) {
      expect(() => bothSides([{ ...move, quantity }])).toThrow('a move is of a whole quantity');
    }
  });

  it('changes a holding by all of its lines together, and not at all when they cancel', () => {
    const lines = [...m14(5, { toLot: 'B' }), ...m14(2, { lot: 'B', toLot: 'C' })];
    const postings = postingsOf({
      id: 'x',
      kind: 'movement',
      body: { effectiveDate: '2010', account: 'retained', lines },
    });
    const changes = [...changesByHolding(postings).values()];
    expect(changes.map(({ holding, change }) => [holding.lot, change])).toEqual([
      [null, -5],
      ['B', 3],
      ['C', 2],
    ]);
    expect(
      changesByHolding([...postings, ...postings.map((p) => ({ ...p, quantity: -p.quantity }))]),
    ).toEqual(new Map());
  });

  it('brings in what leaves its sources, and nothing when it only moves', () => {
    const of = (kind: Simple, more: object) =>
      inflowOf(
        postingsOf({
          id: 'x',
          kind,
          body: { effectiveDate: '2010', lines: m14(5), ...more },
        } as unknown as PostedEntry),
      );
    expect(of('inventory', { basis: 'seized' })).toBe(5);
    expect(of('destruction', { article: '5' })).toBe(5);
    expect(of('retention', {})).toBe(0);
  });
});
