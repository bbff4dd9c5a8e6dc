import { describe, expect, it } from '@jest/globals';
import { declared, destroyed, TestBook } from '../../test/support/book.ts';

describe('A correction', () => {
  it('reverses and records anew as one, though neither were possible alone', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    book.post('destruction', destroyed('2006', 100));
    expect(book.refusals('reversal', { entry: 'e1', reason: 'r' })).toHaveLength(1);
    book.post('correction', {
      reason: 'it was lot A',
      reverse: ['e1', 'e2'],
      replace: [
        { kind: 'inventory', ...declared('2004', 100, { lot: 'A' }) },
        { kind: 'destruction', ...destroyed('2006', 90, { lot: 'A' }) },
      ],
    });
    expect(book.events.map(({ type }) => type).slice(2)).toEqual([
      'correction-v1',
      'reversal-v1',
      'reversal-v1',
      'inventory-v1',
      'destruction-v1',
    ]);
    const left = book.book.holdingsOf('M14', '2026-01-01', 9);
    expect(left).toMatchObject([{ holding: { lot: 'A' }, balance: 10 }]);
  });

  it('is refused as a whole, pointing at the part that can not be', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    const replace = [{ kind: 'destruction' as const, ...destroyed('2006', 1, { lot: 'B' }) }];
    const refused = book.refusals('correction', { reason: 'r', reverse: ['e1', 'e9'], replace });
    expect(refused).toMatchObject([{ code: 'no-such-entry', pointer: '/reverse/1' }]);
    const short = book.refusals('correction', { reason: 'r', reverse: ['e1'], replace });
    expect(short).toMatchObject([
      { code: 'insufficient-stock', pointer: '/replace/0/lines/0/quantity' },
    ]);
    expect(book.events).toHaveLength(1);
  });

  it('says what to reverse or to replace, each once, and is not reversed itself', () => {
    const book = new TestBook();
    book.post('inventory', declared('2004', 100));
    expect(book.faults('correction', { reason: 'r' })).toHaveLength(1);
    const twice = book.faults('correction', { reason: 'r', reverse: ['e1', 'e1'] });
    expect(twice).toMatchObject([{ pointer: '/reverse/1' }]);
    const replace = [{ kind: 'inventory' as const, ...declared('2030', 1) }];
    expect(book.faults('correction', { reason: 'r', replace })).toMatchObject([
      { pointer: '/replace/0/effectiveDate' },
    ]);
    book.post('correction', { reason: 'r', reverse: ['e1'] });
    expect(book.refusals('reversal', { entry: 'e2', reason: 'r' })).toMatchObject([
      { code: 'reversal-of-reversal' },
    ]);
  });
});
