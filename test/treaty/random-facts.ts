import fc from 'fast-check';
import type { AskedFact, FactBodies, FactKind } from '../../src/treaty/facts.ts';
import type { Posting } from './toy-stock.ts';

/**
 * A random history is a list of steps. A step says little by itself: which day it is about is
 * picked from the days that matter by then (entries into force, deadlines, and the days next to
 * them), so that what happens, happens where rules change their minds.
 */
export interface Step {
  readonly what: FactKind | 'suspension' | 'posting';
  readonly aim: number;
  readonly other: number;
  readonly anywhere: boolean;
  readonly day: string;
  readonly form: 'day' | 'month' | 'year' | 'interval';
  readonly choice: number;
  readonly unchecked: boolean;
}

/** What a step can draw on. */
export interface Scene {
  /** Days that matter, with their neighbours, in order. */
  readonly days: readonly string[];
  /** Clocks that ring: entries into force, deadlines. */
  readonly edges: readonly string[];
  readonly postings: readonly Posting[];
  readonly meetings: readonly string[];
  readonly isBound: boolean;
  /** Whether an extension is recorded; and whether one of which the decision is not known. */
  readonly isExtended: boolean;
  readonly isExtendedUndated: boolean;
  readonly hasLeft: boolean;
  /** A withdrawal that is held back by a conflict. */
  readonly held: FactBodies['withdrawal'] | undefined;
}

const two = (n: number): string => String(n).padStart(2, '0');

const anyDay = fc
  .tuple(fc.integer({ min: 1998, max: 2026 }), fc.integer({ min: 1, max: 12 }), fc.nat(27))
  .map(([year, month, day]) => `${year}-${two(month)}-${two(day + 1)}`);

const weights: readonly [Step['what'], number][] = [
  ['instrument', 4],
  ['withdrawal', 4],
  ['suspension', 1],
  ['extension', 6],
  ['completion', 6],
  ['report-submission', 8],
  ['coverage', 4],
  ['breach', 3],
  ['objection', 1],
  ['posting', 22],
];

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.oneof(...weights.map(([what, weight]) => ({ weight, arbitrary: fc.constant(what) }))),
  aim: fc.noBias(fc.nat(9_999)),
  other: fc.noBias(fc.nat(9_999)),
  anywhere: fc.noBias(fc.nat(3)).map((n) => n === 0),
  day: anyDay,
  form: fc.constantFrom('day', 'day', 'day', 'day', 'month', 'month', 'year', 'interval'),
  choice: fc.noBias(fc.nat(9_999)),
  unchecked: fc.noBias(fc.nat(11)).map((n) => n === 0),
});

export const histories: fc.Arbitrary<Step[]> = fc.array(step, {
  minLength: 3,
  maxLength: 22,
  size: 'max',
});

const deposits = [
  '1998-09-16',
  '1998-09-17',
  '1998-09',
  '1998-07',
  '2000-02-29',
  '2000-03-01',
  '2001-08-31',
  '2003-05-12',
  '2005-05',
  '2003-12-31',
  '2008-11-01',
  '2012-01-01',
  '2003-07-02',
];

/** The fact that a step asks to be recorded. */
export function factOf(step: Step, scene: Scene): AskedFact {
  const { choice } = step;
  const unbound = !scene.isBound && choice % 12 !== 0;
  const known = step.what === 'posting' ? 'breach' : step.what;
  const late =
    ['extension', 'withdrawal'].includes(known) && scene.isExtendedUndated ? 'completion' : known;
  const kind = unbound ? 'instrument' : late;
  const body = { ...bodyOf(kind, step, scene), ...(step.unchecked && { basis: 'to be checked' }) };
  return { kind: kind === 'suspension' ? 'withdrawal' : kind, state: 'XXA', body } as AskedFact;
}

function bodyOf(kind: FactKind | 'suspension', step: Step, scene: Scene): object {
  const { choice, other, aim } = step;
  const day = dayOf(step, scene, aim);
  const date = inForm(day, step.form);
  switch (kind) {
    case 'instrument':
      return instrument(step, scene, date);
    case 'suspension':
      return { kind: 'suspension', notifiedOn: date };
    case 'withdrawal':
      return withdrawal(step, scene, day, date);
    case 'extension':
      return {
        article: choice % 9 === 0 ? '4' : '5',
        until: dayOf({ ...step, anywhere: choice % 4 === 0, day: later(step.day) }, scene, other),
        ...(scene.isExtended || scene.hasLeft || choice % 6 !== 1
          ? { decidedOn: date }
          : { readAsOf: '2020-01-01', ...(choice % 4 === 1 && { ordinal: 2 }) }),
        ...(choice % 11 === 2 && { meeting: '99MSP' }),
      } satisfies FactBodies['extension'];
    case 'completion':
      return {
        article: choice % 3 === 0 ? '5' : '4',
        completedOn: date,
        ...(choice % 4 !== 0 && { declaredOn: declaration(step, scene, day) }),
      } satisfies FactBodies['completion'];
    case 'report-submission':
      return {
        kind: choice % 3 === 0 ? 'initial' : 'annual',
        period: String(Number(day.slice(0, 4)) - (choice % 2)),
        ...(choice % 13 !== 1 && { submittedOn: date }),
        ...(choice % 7 === 1 && { voluntary: true }),
      } satisfies FactBodies['report-submission'];
    case 'coverage': {
      const [from = day, to = day] = [day, dayOf(step, scene, other)].sort();
      const article = ['4', '5', '7.1', '7.2', '7.2'][choice % 5] ?? '4';
      return { article, from: choice % 3 === 0 ? '1998' : from, to };
    }
    case 'breach': {
      const article = ['4', '5', '7.1', '7.2'][choice % 4] ?? '4';
      const period = String(Number(day.slice(0, 4)) - 1);
      return { article, statedOn: date, ...(article === '7.2' && { period }) };
    }
    case 'objection':
    case 'meeting':
    case 'action-plan':
    case 'reversal':
      return { by: 'NOR', madeOn: date, against: 'an act that the Convention does not have' };
  }
}

function instrument(step: Step, scene: Scene, date: string): object {
  const { choice } = step;
  if (choice % 10 === 0) return { kind: 'signature', signedOn: choice % 20 ? date : '1997-12-03' };
  if (choice % 97 === 1) return { kind: 'accession', depositedOn: '1997-12-02' };
  if (choice % 97 === 2) return { kind: 'accession', depositedOn: date, entryIntoForce: step.day };
  if (choice % 10 === 3) {
    return {
      kind: 'succession',
      depositedOn: date,
      entryIntoForce: dayOf(step, scene, step.other),
    };
  }
  const first = scene.isBound ? date : (deposits[step.other % (deposits.length + 6)] ?? date);
  return { kind: choice % 2 ? 'ratification' : 'accession', depositedOn: first };
}

function withdrawal(step: Step, scene: Scene, day: string, date: string): object {
  const { choice, other } = step;
  if (choice % 23 === 0) return { notifiedOn: date };
  if (scene.held && choice % 4 !== 0) {
    return { ...scene.held, conflictEndedOn: later(day, 2), basis: 'read' };
  }
  if (choice % 23 === 1) return { effectiveOn: day };
  const held = choice % 3 === 0;
  const ended = held && choice % 2 === 0;
  return {
    receivedOn: day,
    ...(choice % 5 === 0 && { notifiedOn: day }),
    ...(held && { armedConflict: true }),
    ...(ended && { conflictEndedOn: dayOf({ ...step, day: later(step.day) }, scene, other) }),
  };
}

function declaration(step: Step, scene: Scene, day: string): string {
  const other = dayOf(step, scene, step.other);
  return other >= day ? other : inForm(day, step.form);
}

/** The postings that a step asks for; none where the toy has not enough. */
export function postingOf(step: Step, scene: Scene, entry: string): Posting {
  const { choice } = step;
  const whats = ['declared', 'found', 'destroyed', 'destroyed', 'declared', 'found'] as const;
  const more = ['out-of-control', 'custody-in', 'custody-out', 'retained', 'used', 'retained'];
  const what = [...whats, ...more][choice % 12] as Posting['what'];
  const { date, day } = lastDayInForm(step, scene);
  const finds = scene.postings.filter((p) => p.what === 'found' && p.day <= day);
  const find =
    what === 'destroyed' && step.other % 2 === 0 ? finds[choice % finds.length] : undefined;
  const quantity = choice % 12 === 2 || find !== undefined ? 0 : 1 + (step.other % 3);
  return {
    entry,
    date,
    day,
    what,
    quantity,
    ...(find && { find: find.entry }),
    ...(what === 'retained' && choice % 5 !== 0 && { reason: 'training' }),
  };
}

/** A date for a posting with its last day, written by hand where it is not a day. */
function lastDayInForm(step: Step, scene: Scene): { date: string; day: string } {
  const day = dayOf(step, scene, step.aim);
  const year = day.slice(0, 4);
  if (step.form === 'year') return { date: year, day: `${year}-12-31` };
  if (step.form === 'month') return { date: `${year}-06`, day: `${year}-06-30` };
  if (step.form === 'interval') return { date: `${year}/${day}`, day };
  return { date: day, day };
}

function dayOf(step: Pick<Step, 'anywhere' | 'day'>, { days }: Scene, aim: number): string {
  return step.anywhere ? step.day : (days[aim % Math.max(1, days.length)] ?? step.day);
}

function inForm(day: string, form: Step['form']): string {
  if (form === 'month') return day.slice(0, 7);
  if (form === 'year') return day.slice(0, 4);
  return form === 'interval' ? `${day.slice(0, 4)}/${day}` : day;
}

function later(day: string, years = 9): string {
  return inForm(`${Number(day.slice(0, 4)) + years}${day.slice(4, 8)}15`, 'day');
}
