import type { Convention } from './convention.ts';

/**
 * The Convention on the Prohibition of the Use, Stockpiling, Production and Transfer of
 * Anti-Personnel Mines and on Their Destruction (Oslo, 18 September 1997), as this ledger applies it.
 */
export const mineBan: Convention = {
  name: 'Anti-Personnel Mine Ban Convention',
  source: 'English text of the Convention (BWBV0001384)',
  opening: { article: '15', on: '1997-12-03' },
  entryIntoForce: {
    // The fortieth instrument was deposited on 16 September 1998.
    first: { article: '17.1', lastDeposit: '1998-09-16', on: '1999-03-01' },
    // "The sixth month after the date" of deposit is practised as "after the month".
    later: { article: '17.2', months: 6 },
    succession: { article: '17' },
  },
  withdrawal: { article: '20.3', months: 6 },
  noSuchActs: {
    suspension:
      'The Convention does not allow the suspension of its operation and consequently its ' +
      'obligations (final report of the 22nd Meeting of the States Parties, December 2025, as ' +
      'quoted by npaid.org)',
  },
  duties: [
    {
      kind: 'deadline',
      article: '4',
      what: 'Destroy all stockpiled anti-personnel mines',
      years: 4,
      judgedBy: 'stock',
      extension: {
        possible: false,
        why:
          'Article 4 has no paragraph on extensions: stockpiles are destroyed within four years ' +
          'of the entry into force, and no meeting can grant more',
      },
      found: {
        article: '4-found',
        months: 6,
        source:
          'Oslo Action Plan (2019): previously unknown stock is destroyed no later than six ' +
          'months after its discovery (apminebanconvention.org, stockpile destruction)',
      },
    },
    {
      kind: 'deadline',
      article: '5',
      what: 'Destroy all anti-personnel mines in mined areas',
      years: 10,
      judgedBy: 'declaration',
      extension: { possible: true, yearsMax: 10, article: '5.3' },
    },
    { kind: 'initial-report', article: '7.1', days: 180 },
    { kind: 'annual-report', article: '7.2', dayOfNextYear: '04-30' },
  ],
};
