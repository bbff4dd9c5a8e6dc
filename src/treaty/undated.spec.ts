/** What no rule lets in without its day; whoever asks all the same is not told that it was. */
import { describe, expect, it } from '@jest/globals';
import { daysBetween } from './calendar.ts';
import { completedBy } from './completion.ts';
import { extensionRefusals } from './deadline-refusals.ts';
import { StandingFacts } from './fact-book.ts';
import type { Fact } from './facts.ts';
import { depositOf } from './membership.ts';
import { mineBan } from './mine-ban.ts';
import { groundOfDay } from './reckoned.ts';
import { noStock } from './stock-record.ts';
import { startOf } from './withdrawal.ts';

describe('A fact without its day', () => {
  it('lies after every day', () => {
    const signature = { body: { kind: 'signature', signedOn: '1997-12-03' } } as Fact<'instrument'>;
    expect(depositOf(signature)).toBe('9999-12-31');
    expect(completedBy({ body: { article: '4' } })).toBe('9999-12-31');
    expect(startOf({ body: {} })).toBe('9999-12-31');
  });

  it('is no ground for a day', () => {
    const bare = { day: '2004-03-01', article: '17', rule: '', arithmetic: '', grounds: [] };
    expect(groundOfDay(bare, 'entry into force')).toEqual({
      what: 'entry into force',
      value: '2004-03-01',
      fact: null,
      source: null,
      basis: 'read',
    });
  });
});

describe('What nothing is known of', () => {
  it('is neither stock, nor found, nor retained', () => {
    const unknown = { known: false, remaining: 0, unverifiable: 0, custody: 0 };
    expect(noStock.on('2010-01-01')).toEqual(unknown);
    expect(noStock.found('2009-01-01', '2010-01-01')).toEqual([]);
    expect(noStock.retained('2010-01-01')).toEqual([]);
  });

  it('is no article to extend', () => {
    const none = new StandingFacts([]);
    const record = { law: mineBan, facts: none, common: none };
    const body = { article: '6', until: '2030-01-01' };
    expect(extensionRefusals({ kind: 'extension', state: 'XXA', body }, record)).toEqual([]);
  });
});

it('Days are counted from one to the next', () => {
  expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  expect(daysBetween('2024-03-01', '2024-03-01')).toBe(0);
});
