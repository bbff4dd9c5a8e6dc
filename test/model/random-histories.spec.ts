import { strict as assert } from 'node:assert';
import { randomInt } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupings } from '../../src/journal/balances.ts';
import { Journal } from '../../src/journal/journal.ts';
import { runHistory } from './both-books.ts';
import {
  compareAll,
  everything,
  momentsAreWhole,
  neverBelowZero,
  sample,
  type Questions,
} from './compare.ts';
import { shipmentsOf } from './compare-two-sides.ts';
import { histories } from './asking/steps.ts';
import { everything as allToTry, type Tally } from './tally.ts';

/** STOCKPILE_TEST_HISTORIES=100000 for a long night; STOCKPILE_TEST_SEED to see a run again. */
const runs = Number(process.env['STOCKPILE_TEST_HISTORIES'] ?? 250);
const fresh = Number(process.env['STOCKPILE_TEST_SEED'] ?? randomInt(2 ** 31));
const timeLimit = runs * 2_000;

const place = {
  lot: ['A 7', 'c', null],
  site: ['north', 'South', null],
  institution: ['army', null],
};

const questions: fc.Arbitrary<Questions> = fc.record({
  limit: fc.noBias(fc.integer({ min: 1, max: 40 })),
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
  moments: fc.noBias(fc.nat(12)).map((n) => (n === 0 ? Infinity : 6 + n)),
  deep: fc.noBias(fc.nat(4)).map((n) => (n === 0 ? 1 : 2 + n)),
});

describe('random histories', () => {
  const tally: Tally = new Map();
  let asked = 0;

  it.each([
    ['as ever', 2026],
    ['anew', fresh],
  ])(
    'are decided and answered as a plain list would, %s (seed %d)',
    (_, seed) => {
      fc.assert(
        fc.property(histories, questions, (steps, about) => {
          const run = runHistory(steps, tally);
          try {
            neverBelowZero(run);
            momentsAreWhole(run);
            asked += compareAll(run, about);
          } catch (error) {
            const told = run.told.join('\n');
            throw new Error(`${String(error)}\n\nafter:\n${told}`, { cause: error });
          } finally {
            run.journal.close();
          }
        }),
        { numRuns: runs, seed },
      );
      expect(asked).toBeGreaterThan(runs * 10);
    },
    timeLimit,
  );

  it('tried every kind both ways, every refusal, and what is rare', () => {
    const least = (what: string) => (what.endsWith('accepted') ? runs / 30 : 1);
    const unseen = allToTry.filter((what) => (tally.get(what) ?? 0) < least(what));
    expect(unseen).toEqual([]);
  });

  it(
    'read the same whatever batches the log came in',
    () => {
      let compared = 0;
      const cuts = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 });
      fc.assert(
        fc.property(histories, cuts, (steps, sizes) => {
          const run = runHistory(steps, new Map());
          const inOne = applied(run.events, [run.events.length]);
          const oneByOne = applied(run.events, [1]);
          const inSome = applied(run.events, sizes);
          for (const at of sample(run, 6)) {
            for (const state of run.world.books.keys()) {
              const shipments = shipmentsOf(run.world);
              const expected = everything(inOne, state, shipments, at);
              for (const other of [oneByOne, inSome, run.journal]) {
                assert.deepEqual(everything(other, state, shipments, at), expected);
                compared++;
              }
            }
          }
          for (const journal of [run.journal, inOne, oneByOne, inSome]) journal.close();
        }),
        { numRuns: Math.ceil(runs / 8), seed: fresh },
      );
      expect(compared).toBeGreaterThan(runs / 4);
    },
    timeLimit,
  );

  afterAll(() => {
    if (process.env['STOCKPILE_TEST_TALLY']) console.log(asked, new Map([...tally].sort()));
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
