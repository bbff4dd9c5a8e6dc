import fc from 'fast-check';
import { states, type State } from '../book/world.ts';
import type { Kind } from '../book/written.ts';

/**
 * A random history is a list of steps. A step says little by itself: what it draws on is picked
 * from what the book holds by then, so that most steps are possible, and so that a history that
 * fails still means something when fast-check takes steps out of it.
 */
export interface Step extends Part {
  readonly state: State;
  /** Of a correction: what it records anew. */
  readonly parts: readonly Part[];
  /** How many positions of the log this entry leaves out before it. */
  readonly gap: number;
  /** How many of the last entries the journal has not taken when the next step is decided. */
  readonly lag: number;
}

export interface Part {
  readonly kind: Kind;
  readonly date: string;
  readonly choice: number;
  readonly complete: boolean;
  /** Asked whatever the book holds: mostly in vain. */
  readonly free: boolean;
  readonly lines: readonly StepLine[];
}

export interface StepLine {
  /** Which of the holdings that are not empty it names. */
  readonly aim: number;
  readonly munition: string;
  readonly lot: string;
  readonly site: string;
  readonly institution: string;
  readonly toMunition: string;
  readonly toLot: string;
  readonly toSite: string;
  readonly toInstitution: string;
  readonly share: 'one' | 'some' | 'all' | 'too many' | 'none';
  readonly quantity: number;
  readonly precision: 'exact' | 'approximate' | 'at-least';
  readonly spelling: number;
}

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));

const line: fc.Arbitrary<StepLine> = fc.record({
  aim: fc.nat(6),
  munition: often('PMN-2', 'M14'),
  lot: often('', 'A 7', 'B'),
  site: often('', 'North', 'South'),
  institution: often('', 'Army'),
  toMunition: fc.constantFrom('', 'M14', 'PMN-2', 'PFM-1'),
  toLot: often('', 'C'),
  toSite: often('', 'South', 'North'),
  toInstitution: often('', 'Army', 'School'),
  share: fc.constantFrom('some', 'one', 'all', 'some', 'too many', 'none', 'some'),
  quantity: fc.integer({ min: 1, max: 9 }),
  precision: often('exact', 'approximate', 'at-least'),
  spelling: fc.nat(4),
});

const dates = [
  '2004-03-10',
  '2004',
  '2004-03',
  '2003-12',
  '2004-12-31',
  '2004-02/2004-06',
  '2005-01-01',
  '2004-05-05/2005',
  '2005-02',
  '2005',
  '2006-02-28',
  '2006-07-01',
  '2007',
  '2099-01-01',
];

/** How often each kind is asked for; what is not possible by then becomes what leads there. */
const weights: Readonly<Record<Kind, number>> = {
  inventory: 2,
  count: 5,
  reversal: 5,
  correction: 3,
  transfer: 4,
  receipt: 4,
  return: 3,
  explanation: 5,
  control: 4,
  reclassification: 2,
  destruction: 3,
  loss: 3,
  movement: 2,
  retention: 2,
  release: 3,
  use: 3,
  allocation: 2,
  statement: 1,
};

export const allKinds = Object.keys(weights) as Kind[];

const kind = (except: readonly Kind[]): fc.Arbitrary<Kind> =>
  fc.oneof(
    ...allKinds
      .filter((k) => !except.includes(k))
      .map((k) => ({ weight: weights[k], arbitrary: fc.constant(k) })),
  );

const part = (except: readonly Kind[]): fc.Arbitrary<Part> =>
  fc.record({
    kind: kind(except),
    date: fc.oneof(
      { weight: 20, arbitrary: fc.constantFrom(...dates.slice(0, -1)) },
      { weight: 10, arbitrary: fc.constantFrom('2004-12-31', '2004', '2005-01-01') },
      { weight: 1, arbitrary: fc.constantFrom(...dates) },
    ),
    choice: fc.nat(59),
    complete: fc.boolean(),
    free: fc.nat(11).map((n) => n === 11),
    lines: fc.oneof(
      { weight: 5, arbitrary: fc.array(line, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(line, { minLength: 2, maxLength: 3 }) },
    ),
  });

const step: fc.Arbitrary<Step> = fc
  .tuple(
    part([]),
    fc.record({
      state: fc.oneof(
        { weight: 5, arbitrary: fc.constant(states[0]) },
        { weight: 2, arbitrary: fc.constant(states[1]) },
        { weight: 1, arbitrary: fc.constant(states[2]) },
      ),
      parts: fc.array(part(['reversal', 'correction']), { maxLength: 2 }),
      gap: fc.nat(3),
      lag: fc.nat(4),
    }),
  )
  .map(([asked, more]) => ({ ...asked, ...more }));

/**
 * Never above 40 steps, and mostly short: those already go wrong in most of the ways. Nothing is
 * drawn more often for being small, as fast-check would: it is the rare that must be met.
 */
export const histories: fc.Arbitrary<Step[]> = fc.noBias(
  fc.oneof(
    { weight: 8, arbitrary: fc.array(step, { minLength: 1, maxLength: 16, size: 'max' }) },
    { weight: 8, arbitrary: fc.array(step, { minLength: 14, maxLength: 26, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(step, { minLength: 24, maxLength: 40, size: 'max' }) },
  ),
);
