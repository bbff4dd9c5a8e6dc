import { describe, expect, it } from '@jest/globals';
import {
  counted,
  declared,
  destroyed,
  m14,
  said,
  TestBook,
  testNow,
} from '../../test/support/book.ts';
import { faultsOf } from './faults.ts';
import type { Bodies, Kind } from './kinds.ts';

const ledger = new TestBook();

/** Faults as "pointer: detail"; none for a sound body. */
function faults<K extends Kind>(kind: K, body: Bodies[K]): string[] {
  return said(faultsOf(kind, body, testNow, 'XXA')).map(
    ({ pointer, detail }) => `${pointer}: ${detail}`,
  );
}

const moved = (lines: Bodies['movement']['lines'], more: Partial<Bodies['movement']> = {}) =>
  ({ effectiveDate: '2010', account: 'held/stockpile', lines, ...more }) as const;

describe('A body that is wrong in itself', () => {
  it('is refused before the book is asked, with everything that is wrong', () => {
    const lines = [...m14(-1), ...m14(0.5, { lot: 'A' }), { munition: ' ', quantity: 1 }];
    const found = ledger.faults('inventory', { effectiveDate: '2030', basis: 'declared', lines });
    expect(found.map(({ pointer }) => pointer)).toEqual([
      '/effectiveDate',
      '/lines/0/quantity',
      '/lines/1/quantity',
      '/lines/2/munition',
    ]);
  });

  it('is not one that has nothing wrong', () => {
    expect(faults('inventory', declared('2010', 5))).toEqual([]);
    expect(faults('count', counted('2010', 0))).toEqual([]);
    expect(faults('reversal', { entry: 'e1', reason: 'twice' })).toEqual([]);
    expect(faults('reversal', { entry: 'e1', reason: 'twice', effectiveDate: '2010' })).toEqual([]);
  });
});

describe('A date in a body', () => {
  it('that is no date is refused with the forms that are', () => {
    expect(faults('inventory', declared('2010-02-30', 5))).toEqual([
      '/effectiveDate: "2010-02-30": 2010-02 has days 01 to 28',
    ]);
    expect(faults('reversal', { entry: 'e1', reason: 'r', effectiveDate: 'now' })[0]).toContain(
      'write YYYY',
    );
  });

  it('may be today anywhere on earth, and not the day after', () => {
    expect(faults('inventory', declared('2026-03-02', 5))).toEqual([]);
    expect(faults('inventory', declared('2026-03-03', 5))).toEqual([
      '/effectiveDate: "2026-03-03" ends after 2026-03-02, in the future',
    ]);
  });

  it('that is not over yet is refused with what can be written instead', () => {
    expect(faults('inventory', declared('2026', 5))).toEqual([
      '/effectiveDate: "2026" ends after 2026-03-02, in the future; ' +
        'write "2026-01-01/2026-03-02" for what has happened so far',
    ]);
    expect(faults('inventory', declared('2025-11/2026-03', 5))[0]).toContain(
      '"2025-11-01/2026-03-02"',
    );
    expect(faults('inventory', declared('2025-11-01/2026-03-02', 5))).toEqual([]);
  });
});

describe('A quantity in a body', () => {
  it.each([0, -1, 1.5, 10 ** 12 + 1, NaN, '5' as unknown as number])('is not %p', (quantity) => {
    for (const kind of [
      'inventory',
      'destruction',
      'retention',
      'release',
      'allocation',
    ] as const) {
      const body = { ...destroyed('2010', quantity), basis: 'declared', status: 'allocated' };
      expect(faults(kind, body as never)).toEqual([
        '/lines/0/quantity: must be a whole number from 1 to 1000000000000',
      ]);
    }
    expect(faults('loss', { ...destroyed('2010', quantity), cause: 'lost' })).toHaveLength(1);
    expect(faults('movement', moved(m14(quantity, { toLot: 'B' })))).toHaveLength(1);
  });

  it('may be 0 where mines were counted or used, and is never below', () => {
    expect(faults('count', counted('2010', 0))).toEqual([]);
    expect(faults('use', { effectiveDate: '2010', lines: m14(0, { used: 1 }) })).toEqual([]);
    expect(faults('count', counted('2010', -1))).toEqual([
      '/lines/0/quantity: must be a whole number from 0 to 1000000000000',
    ]);
    expect(faults('use', { effectiveDate: '2010', lines: m14(-1, { used: 1 }) })).toHaveLength(1);
  });
});

describe('A use', () => {
  const use = (quantity: number, used?: number) =>
    faults('use', {
      effectiveDate: '2010',
      lines: m14(quantity, used === undefined ? {} : { used }),
    });

  it('says how many were used when none was consumed', () => {
    expect(use(0)).toEqual(['/lines/0/used: say how many were used: at least 1, consumed or not']);
    expect(use(0, 0)).toHaveLength(1);
    expect(use(3, 0)).toHaveLength(1);
  });

  it('does not consume more than it used', () => {
    expect(use(3, 2)).toEqual(['/lines/0/used: 3 consumed but only 2 used']);
    expect(use(3, 3)).toEqual([]);
    expect(use(3)).toEqual([]);
  });

  it('is of whole mines', () => {
    expect(use(1, 1.5)).toEqual(['/lines/0/used: must be a whole number from 1 to 1000000000000']);
    expect(use(1, -1)).toHaveLength(1);
  });
});

describe('A movement', () => {
  it('goes somewhere else', () => {
    expect(faults('movement', moved(m14(5)))[0]).toBe(
      '/lines/0: goes nowhere: say toSite, toInstitution or toLot, other than where it is',
    );
    expect(faults('movement', moved(m14(5, { site: 'North', toSite: 'NORTH ' })))).toHaveLength(1);
    expect(faults('movement', moved(m14(5, { site: 'North', toSite: 'South' })))).toEqual([]);
  });
});

describe('A shipment', () => {
  it('is named for what is dispatched or in custody', () => {
    const custody = moved(m14(5, { toLot: 'B' }), { account: 'custody' });
    expect(faults('movement', custody)).toEqual([
      '/shipment: say which shipment: custody is held by it',
    ]);
    expect(faults('movement', { ...custody, shipment: 'S-1' })).toEqual([]);
    expect(faults('movement', { ...custody, shipment: '\u200b ' })).toEqual([
      '/shipment: has nothing readable in it',
    ]);
    expect(faults('count', { ...counted('2010', 5), account: 'held/dispatched' })).toHaveLength(1);
    const loss = { effectiveDate: '2010', cause: 'lost', lines: m14(5) } as const;
    expect(faults('loss', { ...loss, from: 'retained/dispatched' })).toHaveLength(1);
    expect(faults('destruction', { ...destroyed('2010', 5), from: 'custody' })).toHaveLength(1);
  });

  it('is not named for what is held in a place', () => {
    expect(faults('count', { ...counted('2010', 5), shipment: 'S-1' })).toEqual([
      '/shipment: what is in held/stockpile belongs to no shipment',
    ]);
  });

  it('has neither site nor institution, not even where it goes', () => {
    const place = { site: 'N', institution: 'I', toSite: 'S', toInstitution: 'J', toLot: 'B' };
    expect(
      faults('movement', moved(m14(5, place), { account: 'custody', shipment: 'S-1' })),
    ).toEqual(
      ['site', 'institution', 'toSite', 'toInstitution'].map(
        (field) => `/lines/0/${field}: custody is held by shipment, not by place: leave it out`,
      ),
    );
  });
});

describe('A destruction', () => {
  it('of stock says which account it was held in', () => {
    const { from: _from, ...body } = destroyed('2010', 5);
    expect(faults('destruction', body)).toEqual([
      '/from: say which account the mines were held in',
    ]);
  });

  it('under Article 5 comes from no account and no shipment', () => {
    const body = { ...destroyed('2010', 5), article: '5', shipment: 'S-1' } as const;
    expect(faults('destruction', body).map((f) => f.split(':')[0])).toEqual(['/from', '/shipment']);
    const { from: _from, ...right } = destroyed('2010', 5);
    expect(faults('destruction', { ...right, article: '5' })).toEqual([]);
  });
});

describe('A line', () => {
  it.each(['munition', 'lot', 'site', 'institution', 'toLot', 'toSite', 'toInstitution'] as const)(
    'has something readable in its %s, or leaves it out',
    (field) => {
      const line = { munition: 'M14', quantity: 5, toLot: 'B', [field]: '\u200b' };
      expect(faults('movement', moved([line]))).toContain(
        `/lines/0/${field}: has nothing readable in it; leave it out if not recorded`,
      );
    },
  );

  it('does not name the same holding as an earlier one, however spelt', () => {
    const lines = [...m14(5, { lot: 'A' }), ...m14(1), ...m14(2, { lot: 'a\u200b' })];
    expect(faults('inventory', { effectiveDate: '2010', basis: 'declared', lines })).toEqual([
      '/lines/2: names the same holding as line 0 (counted from 0); make them one line',
    ]);
  });

  it('may take from the same holding as another one to go to another place', () => {
    const lines = [...m14(5, { toSite: 'North' }), ...m14(5, { toSite: 'South' })];
    expect(faults('movement', moved(lines))).toEqual([]);
    expect(faults('movement', moved([...lines, ...m14(1, { toSite: 'north' })]))).toHaveLength(1);
  });
});
