import { describe, expect, it } from '@jest/globals';
import { declared, destroyed } from '../support/book.ts';
import { Scenario } from '../support/scenario.ts';

/** Declared 100 in 2004, by mistake; destroyed 60 of them in 2006 and 40 in 2008. */
function usedUp(): Scenario {
  const ledger = new Scenario();
  ledger.given('inventory', declared('2004', 100));
  ledger.given('destruction', destroyed('2006-05-01', 60));
  ledger.given('destruction', destroyed('2008-05-01', 40));
  return ledger;
}

const reverse = (entry: string) => ({ entry, reason: 'declared by mistake' });

/** The same with everything reversed, the last entry first. */
function undone(): Scenario {
  const ledger = usedUp();
  for (const id of ['e3', 'e2', 'e1']) ledger.when('reversal', reverse(id));
  return ledger;
}

describe('Reversal refused: the inventory can not go while its mines were destroyed since', () => {
  it('names the day, the holding and the destruction that stand against it', () => {
    const ledger = usedUp();
    expect(ledger.whenRefused('reversal', reverse('e1'))).toMatchObject([
      {
        code: 'breaks-later-day',
        pointer: '/entry',
        day: '2006-05-01',
        holding: { account: 'held/stockpile', munition: 'M14' },
        entries: [{ entry: 'e2', kind: 'destruction', effectiveDate: '2006-05-01' }],
      },
    ]);
  });

  it('leaves the book as it was', () => {
    const ledger = usedUp();
    expect(ledger.then({ on: '2005-01-01' }).remaining).toBe(100);
    expect(ledger.thenEntries({ on: '2026-01-01' })).toHaveLength(3);
  });

  it('is possible from the last entry backwards, and then shows what was and what undid it', () => {
    const ledger = undone();
    expect(ledger.then({ on: '2026-01-01' })).toMatchObject({ remaining: 0, accounts: {} });
    expect(ledger.thenWhy('remaining', { on: '2026-01-01' })).toEqual([
      'e1 inventory 2004 +100 reversed by e6',
      'e6 reversal 2004 −100',
      'e2 destruction 2006-05-01 −60 reversed by e5',
      'e5 reversal 2006-05-01 +60',
      'e3 destruction 2008-05-01 −40 reversed by e4',
      'e4 reversal 2008-05-01 +40',
    ]);
  });

  it('is still known as it was known then', () => {
    const ledger = undone();
    expect(ledger.then({ on: '2026-01-01', knownAfter: 3 }).accounts).toEqual({
      'gone/destroyed-article-4': 100,
    });
    expect(ledger.thenEntries({ on: '2026-01-01', knownAfter: 4 })).toEqual([
      ['e1', 'inventory', null],
      ['e2', 'destruction', null],
      ['e3', 'destruction', 'e4'],
      ['e4', 'reversal', null],
    ]);
  });

  it('is not made twice, and not of a reversal', () => {
    const ledger = undone();
    expect(ledger.whenRefused('reversal', reverse('e1'))[0]?.code).toBe('already-reversed');
    expect(ledger.whenRefused('reversal', reverse('e6'))[0]?.code).toBe('reversal-of-reversal');
  });
});
