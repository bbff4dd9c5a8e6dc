import { CURRENT, WITHDRAWN } from './iso-3166.data.ts';

/** ISO 3166-1 leaves XXA to XXZ to their users: here they are States for exercises. */
const EXERCISE: Readonly<Record<string, string>> = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => [`XX${letter}`, `Exercise State ${letter}`]),
);

const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({ ...WITHDRAWN, ...EXERCISE, ...CURRENT }),
);

const CODES: readonly string[] = Object.freeze([...NAMES.keys()].sort());

/** The short English name of a State by its alpha-3 code in capitals; undefined when there is no such code. */
export function stateName(code: string): string | undefined {
  return NAMES.get(code);
}

/** Every code that names a State: current, withdrawn and for exercises, in alphabetical order. */
export function stateCodes(): readonly string[] {
  return CODES;
}

/** Whether a code is of a State of today: neither withdrawn nor for exercises. */
export function isCurrentState(code: string): boolean {
  return Object.hasOwn(CURRENT, code);
}

/** Whether a code is one of those for exercises: it is never counted among the States. */
export function isExerciseState(code: string): boolean {
  return Object.hasOwn(EXERCISE, code);
}
