import { describe, expect, it } from '@jest/globals';
import { declared, m14, testNow } from '../../test/support/book.ts';
import { faultsOf } from './faults.ts';
import { judged, unlessMalformed, withMalformed } from './judging.ts';
import type { Bodies, Kind } from './kinds.ts';

/** Faults of a body with malformed fields, as "pointer: detail". */
function faults<K extends Kind>(kind: K, body: object, malformed: readonly string[]): string[] {
  const seen = withMalformed(body as Bodies[K], malformed);
  return faultsOf(kind, seen, testNow, 'XXA').map(({ pointer, detail }) => `${pointer}: ${detail}`);
}

const quantityFrom1 = 'must be a whole number from 1 to 1000000000000';

describe('A body with malformed fields', () => {
  it('is judged by all the others, in the lines that are malformed and in those that are not', () => {
    const lines = [
      { munition: 'M14', quantity: 'ten', lot: '\u200b' },
      { munition: 'PMN', quantity: 0 },
      { munition: 7, quantity: 0, site: '\u200b' },
    ];
    const body = { ...declared('2030', 1), lines };
    expect(faults('inventory', body, ['/lines/0/quantity', '/lines/2/munition'])).toEqual([
      '/effectiveDate: "2030" ends after 2026-03-02, in the future',
      `/lines/1/quantity: ${quantityFrom1}`,
      `/lines/2/quantity: ${quantityFrom1}`,
      '/lines/0/lot: has nothing readable in it; leave it out if not recorded',
      '/lines/2/site: has nothing readable in it; leave it out if not recorded',
    ]);
  });

  it('leaves open what depends on one, instead of guessing', () => {
    expect(faults('inventory', declared('then', 0), ['/effectiveDate'])).toEqual([
      `/lines/0/quantity: ${quantityFrom1}`,
    ]);
    const moved = { effectiveDate: '2010', account: 'Custody', lines: m14(5) };
    expect(faults('movement', moved, ['/account'])).toEqual([]);
    expect(faults('movement', { ...moved, account: 'held/stockpile' }, [])).toHaveLength(1);
  });

  it('has no line to look at when its lines are malformed', () => {
    expect(faults('inventory', { ...declared('2030', 1), lines: null }, ['/lines'])).toHaveLength(
      1,
    );
    const lines = [null, ...m14(0)];
    expect(faults('inventory', { ...declared('2010', 1), lines }, ['/lines/0'])).toEqual([
      `/lines/1/quantity: ${quantityFrom1}`,
    ]);
  });

  it('still finds a line named twice among those that can be read', () => {
    const lines = [...m14(1, { lot: 'A' }), { munition: 5, quantity: 1 }, ...m14(2, { lot: 'a' })];
    expect(faults('inventory', { ...declared('2010', 1), lines }, ['/lines/1/munition'])).toEqual([
      '/lines/2: names the same holding as line 0 (counted from 0); make them one line',
    ]);
  });

  it('is told by place what is held by shipment, but for a place that is malformed', () => {
    const lines = [{ munition: 'M14', quantity: 5, site: 5, institution: 'Army' }];
    const body = {
      effectiveDate: '2010',
      account: 'custody',
      shipment: 'S',
      method: 'full',
      lines,
    };
    expect(faults('count', body, ['/lines/0/site'])).toEqual([
      '/lines/0/institution: custody is held by shipment, not by place: leave it out',
    ]);
  });

  it('shows everything else as it is', () => {
    const body = { a: { b: [1, null, 'x'] }, c: null };
    const seen = withMalformed(body, ['/a/b/0']);
    expect(seen.c).toBeNull();
    expect(seen.a.b[1]).toBeNull();
    expect(seen.a.b[2]).toBe('x');
    expect(unlessMalformed(() => seen.a.b[0])).toBeUndefined();
    expect(unlessMalformed(() => [...seen.a.b])).toBeUndefined();
    expect(() => seen.a.b[0]).toThrow('/a/b/0');
  });
});

describe('A check that fails by itself', () => {
  it('is an alarm, not a sound body', () => {
    const failing = () => {
      throw new TypeError('a mistake in the check');
    };
    expect(() => judged([failing], {}, 'XXA')).toThrow('a mistake in the check');
  });
});
