import { describe, expect, it } from '@jest/globals';
import { FindTracker, type StockMove } from './find-pool.ts';

const move = (
  day: string,
  kind: StockMove['kind'],
  legs: readonly [pool: string, quantity: number][],
  rest: Partial<StockMove> = {},
): StockMove => ({
  entry: day,
  day,
  kind,
  find: undefined,
  legs: legs.map(([pool, quantity]) => ({ pool, quantity })),
  ...rest,
});

describe('A find among other mines of its type and lot', () => {
  it('is taken after other stock by what names no find, and before it by what does', () => {
    const tracker = new FindTracker([{ pool: 'M14', quantity: 10 }]);
    tracker.take(move('2010-01-01', 'find', [['M14', 5]], { entry: 'e1' }));
    tracker.take(move('2010-02-01', 'other', [['M14', -2]], { find: 'e1' }));
    tracker.take(move('2010-03-01', 'other', [['M14', -10]]));
    tracker.take(move('2010-04-01', 'other', [['M14', -1]]));
    expect(
      ['2009-12-31', '2010-01-01', '2010-02-01', '2010-03-31', '2010-04-01'].map((day) =>
        tracker.leftOn('e1', day),
      ),
    ).toEqual([0, 5, 3, 3, 2]);
  });

  it('is taken oldest first, and what a named find has not comes from the rest', () => {
    const tracker = new FindTracker([]);
    tracker.take(move('2010-01-01', 'find', [['M14', 5]], { entry: 'e1' }));
    tracker.take(move('2010-01-02', 'find', [['M14', 5]], { entry: 'e2' }));
    tracker.take(move('2010-02-01', 'other', [['M14', -6]], { find: 'e2' }));
    expect([tracker.leftOn('e1', '2010-02-01'), tracker.leftOn('e2', '2010-02-01')]).toEqual([
      4, 0,
    ]);
    tracker.take(move('2010-03-01', 'other', [['M14', 7]]));
    tracker.take(move('2010-04-01', 'other', [['M14', -8]]));
    expect(tracker.leftOn('e1', '2010-04-01')).toBe(3);
  });

  it('stays a find under another lot or type, and may be found in parts', () => {
    const tracker = new FindTracker([{ pool: 'M14', quantity: 1 }]);
    const legs: [string, number][] = [
      ['M14', 3],
      ['M14', 2],
    ];
    tracker.take(move('2010-01-01', 'find', legs, { entry: 'e1' }));
    tracker.take(
      move('2010-02-01', 'carry', [
        ['M14', -4],
        ['PMN', 4],
      ]),
    );
    tracker.take(move('2010-03-01', 'other', [['M14', -2]]));
    expect(tracker.leftOn('e1', '2010-03-01')).toBe(3);
    tracker.take(
      move('2010-04-01', 'other', [
        ['PMN', -4],
        ['PMN', 4],
      ]),
    );
    expect(tracker.leftOn('e1', '2010-04-01')).toBe(0);
    tracker.take(move('2010-04-02', 'find', [['M16', 5]], { entry: 'e2' }));
    tracker.take(
      move('2010-04-03', 'carry', [
        ['M16', -5],
        ['M16', 3],
      ]),
    );
    expect(tracker.leftOn('e2', '2010-04-03')).toBe(3);
    tracker.take(move('2010-04-04', 'other', [['M16', 1]]));
    tracker.take(
      move('2010-04-05', 'carry', [
        ['M16', -4],
        ['M16', 1],
      ]),
    );
    expect(tracker.leftOn('e2', '2010-04-05')).toBe(0);
    tracker.take(move('2010-05-01', 'other', [['never there', -1]]));
    expect(tracker.leftOn('e9', '2010-05-01')).toBe(0);
  });
});
