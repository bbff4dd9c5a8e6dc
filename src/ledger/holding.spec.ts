import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accounts, type Account } from './accounts.ts';
import { describeHolding, holding, holdingKey } from './holding.ts';

const stock = 'held/stockpile';
const key = (...of: Parameters<typeof holding>) => holdingKey(holding(...of));

describe('A holding', () => {
  it('is the same however its names are spelt', () => {
    expect(key(stock, { munition: 'PMN-2', lot: 'A 7', site: 'North' })).toBe(
      key(stock, { munition: ' pmn-2', lot: 'a\u00a07', site: 'NORTH\u200b' }),
    );
    expect(key('custody', { munition: 'M14' }, { shipment: 'S-1' })).toBe(
      key('custody', { munition: 'M14' }, { shipment: 's-1' }),
    );
  });

  it.each([
    ['account', key('retained', { munition: 'M14' })],
    ['munition', key(stock, { munition: 'M15' })],
    ['lot', key(stock, { munition: 'M14', lot: 'A' })],
    ['site', key(stock, { munition: 'M14', site: 'A' })],
    ['institution', key(stock, { munition: 'M14', institution: 'A' })],
    ['difference', key(stock, { munition: 'M14' }, { difference: 'A' })],
  ])('is another one when its %s is another', (_part, other) => {
    expect(other).not.toBe(key(stock, { munition: 'M14' }));
  });

  it('is another one when its shipment is another, where mines are told apart by shipment', () => {
    const of = (shipment: string) => key('custody', { munition: 'M14' }, { shipment });
    expect(of('A')).not.toBe(of('B'));
    expect(key(stock, { munition: 'M14' }, { shipment: 'A' })).toBe(
      key(stock, { munition: 'M14' }),
    );
  });

  it('means "not recorded" by what is left out, never "any"', () => {
    const { lot, site, institution, shipment, difference } = holding(stock, { munition: 'M14' });
    expect([lot, site, institution, shipment, difference]).toEqual([null, null, null, null, null]);
  });

  it.each(['custody', 'held/dispatched', 'retained/dispatched'] as const)(
    'in %s is told apart by shipment and not by place',
    (account) => {
      const place = { munition: 'M14', lot: 'A', site: 'North', institution: 'Army' };
      expect(holding(account, place, { shipment: 'S-1' })).toEqual({
        account,
        munition: 'M14',
        lot: 'A',
        site: null,
        institution: null,
        shipment: 'S-1',
        difference: null,
      });
    },
  );

  it('keeps the spelling that it was given', () => {
    expect(holding(stock, { munition: 'Pmn-2', lot: 'a\u00a07' })).toMatchObject({
      munition: 'Pmn-2',
      lot: 'a\u00a07',
    });
  });

  it('is never taken for another one, whatever stands in its names', () => {
    const name = fc.constantFrom('a', 'b', 'a\u001fb', '\u001fa', 'a|b', 'ab');
    const place = fc.record({ munition: name, lot: name, site: name, institution: name });
    const account: fc.Arbitrary<Account> = fc.constantFrom(...accounts.slice(8, 10));
    fc.assert(
      fc.property(account, account, place, place, (one, other, here, there) => {
        const readable = (text: string) => text.replaceAll('\u001f', '');
        const names = ['munition', 'lot', 'site', 'institution'] as const;
        const alike = one === other && names.every((n) => readable(here[n]) === readable(there[n]));
        expect(key(one, here) === key(other, there)).toBe(alike);
      }),
    );
  });

  it('is described in words with what is recorded of it and no more', () => {
    expect(describeHolding(holding(stock, { munition: 'M14' }))).toBe('M14 in held/stockpile');
    const place = { munition: 'M14', lot: 'A', site: 'North', institution: 'Army' };
    expect(describeHolding(holding(stock, place))).toBe(
      'M14 in held/stockpile, lot A, site North, institution Army',
    );
    expect(describeHolding(holding('custody', place, { shipment: 'S-1' }))).toBe(
      'M14 in custody, lot A, shipment S-1',
    );
  });
});
