import { describe, expect, it } from '@jest/globals';
import { counted, declared, destroyed, m14 } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

/** A hundred of lot 7 in the depot; in 2005 sixty go North, forty South under a lot of their own. */
function split(): Scenario {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004', 100, { lot: 'Lot 7', site: 'Depot' }));
  ledger.when('movement', {
    effectiveDate: '2005-03-01',
    account: 'held/stockpile',
    lines: [
      ...m14(60, { lot: 'lot 7', site: 'depot', toSite: 'North' }),
      ...m14(40, { lot: 'LOT\u00a07', site: 'Depot', toSite: 'South', toLot: '7-B' }),
    ],
  });
  return ledger;
}

const on = '2026-01-01';

describe('Lot split over two sites: lot 7 is divided between North and South', () => {
  it('changes nothing of what remains', () => {
    const ledger = split();
    expect(ledger.then({ on: '2005-02-28' }).remaining).toBe(100);
    expect(ledger.then({ on: '2005-03-01' }).remaining).toBe(100);
  });

  it('is answered by site and by lot, whatever their spelling', () => {
    const ledger = split();
    const at = (filter: object) => ledger.then({ on }, filter).remaining;
    expect(at({ site: 'NORTH' })).toBe(60);
    expect(at({ site: 'South' })).toBe(40);
    expect(at({ site: 'Depot' })).toBe(0);
    expect(at({ lot: 'LOT 7' })).toBe(60);
    expect(at({ lot: '7-b', site: 'south' })).toBe(40);
    expect(at({ site: null })).toBe(0);
  });

  it('was at the depot before, as the filter on an earlier day says', () => {
    const ledger = split();
    expect(ledger.then({ on: '2005-02-28' }, { site: 'Depot' }).remaining).toBe(100);
  });

  it('explains a site by what went there', () => {
    const ledger = split();
    expect(ledger.thenWhy('remaining', { on }, { site: 'Depot' })).toEqual([
      'e1 inventory 2004 +100',
      'e2 movement 2005-03-01 −60',
      'e2 movement 2005-03-01 −40',
    ]);
    expect(ledger.thenWhy('remaining', { on }, { site: 'South' })).toEqual([
      'e2 movement 2005-03-01 +40',
    ]);
  });

  it('is refused at the depot, and told where the mines are now', () => {
    const ledger = split();
    const [refusal] = ledger.whenRefused(
      'destruction',
      destroyed('2006', 1, { lot: 'Lot 7', site: 'Depot' }),
    );
    expect(refusal).toMatchObject({ code: 'insufficient-stock', available: 0 });
    expect(
      refusal?.holdings?.map(({ holding: { lot, site }, balance }) => [lot, site, balance]),
    ).toEqual([
      ['lot 7', 'North', 60],
      ['7-B', 'South', 40],
    ]);
  });

  it('is counted at one site without a word about the other', () => {
    const ledger = split();
    ledger.when('count', counted('2010', 59, { lot: 'Lot 7', site: 'North' }));
    expect(ledger.then({ on })).toMatchObject({ remaining: 99, unaccounted: 1 });
    expect(ledger.then({ on }, { site: 'South' })).toMatchObject({ remaining: 40, unaccounted: 0 });
  });
});
