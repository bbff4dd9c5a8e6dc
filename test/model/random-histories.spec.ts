import { strict as assert } from 'node:assert';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupings } from '../../src/journal/balances.ts';
import { Journal } from '../../src/journal/journal.ts';
import { runHistory, type Tally } from './both-books.ts';
import { compareAll, everything, moments, neverBelowZero, type Questions } from './compare.ts';
import { modelledKinds } from './model.ts';
import { histories } from './steps.ts';

/** HISTORIES=100000 for a long night. */
const runs = Number(process.env['HISTORIES'] ?? 2_000);

const place = {
  lot: ['A 7', 'c', null],
  site: ['north', 'South', null],
  institution: ['army', null],
};

const questions: fc.Arbitrary<Questions> = fc.record({
  limit: fc.integer({ min: 1, max: 9 }),
  by: fc.subarray([...groupings], { minLength: 1 }),
  filter: fc.oneof(
    fc.constant({}),
    fc.record({ munition: fc.constantFrom('pmn-2', 'M14', 'none such') }),
    fc.record(
      {
        munition: fc.constantFrom('PMN-2', 'm14'),
        lot: fc.constantFrom(...place.lot),
        site: fc.constantFrom(...place.site),
        institution: fc.constantFrom(...place.institution),
      },
      { requiredKeys: [] },
    ),
  ),
  // A history that fails is asked everything at every moment while it is made smaller.
  every: fc.noBias(fc.nat(60)).map((n) => (n === 0 ? 1 : 30 + n)),
});

/** Those that these kinds can meet; what a full book refuses takes more lines than a history has. */
const refusals = [
  'insufficient-stock',
  'breaks-later-day',
  'already-declared',
  'no-such-entry',
  'already-reversed',
  'reversal-of-reversal',
  'count-rested-on',
];

describe('random histories', () => {
  const tally: Tally = new Map();
  let asked = 0;

  it('are decided and answered as a plain list would, at every day and every position', () => {
    fc.assert(
      fc.property(histories, questions, (steps, about) => {
        const run = runHistory(steps, tally);
        try {
          neverBelowZero(run);
          asked += compareAll(run, about);
        } catch (error) {
          const told = run.told.join('\n');
          throw new Error(`${String(error)}\n\nafter:\n${told}`, { cause: error });
        } finally {
          run.journal.close();
        }
      }),
      { numRuns: runs },
    );
    expect(asked).toBeGreaterThan(runs * 20);
  }, 600_000);

  it('tried every kind, every refusal and every way in which counts and late entries meet', () => {
    const unseen = [
      ...modelledKinds.flatMap((kind) => [`${kind} accepted`, `${kind} refused`]),
      ...refusals,
      'contradicts a count',
      'reversal of a count',
      'complete count',
      'count that agrees',
      'not exact',
    ].filter((what) => (tally.get(what) ?? 0) < runs / 500);
    expect(unseen).toEqual([]);
  });

  it('read the same whatever batches the log came in', () => {
    let compared = 0;
    const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(histories, cuts, (steps, sizes) => {
        const run = runHistory(steps, new Map());
        const inOne = applied(run.events, [run.events.length]);
        const oneByOne = applied(run.events, [1]);
        const inSome = applied(run.events, sizes);
        for (const at of [...moments(run)].filter((_, n) => n % 23 === 0)) {
          for (const state of run.models.keys()) {
            const expected = everything(inOne, state, at);
            for (const other of [oneByOne, inSome, run.journal]) {
              assert.deepEqual(everything(other, state, at), expected);
              compared++;
            }
          }
        }
        for (const journal of [run.journal, inOne, oneByOne, inSome]) journal.close();
      }),
      { numRuns: Math.ceil(runs / 16) },
    );
    expect(compared).toBeGreaterThan(runs / 4);
  }, 600_000);

  afterAll(() => {
    if (process.env['HISTORIES_TALLY']) console.log(asked, tally);
  });
});

function applied(events: Parameters<Journal['apply']>[0], sizes: readonly number[]): Journal {
  const journal = new Journal(':memory:');
  for (let from = 0, n = 0; from < events.length; n++) {
    const size = Math.max(1, sizes[n % sizes.length] ?? 1);
    journal.apply(events.slice(from, from + size));
    from += size;
  }
  return journal;
}
