import { limits } from '../limits.ts';
import { atField, type ProblemError } from './problem.ts';

/**
 * What is wrong with the structure of a JSON value, whatever it is meant to be: text that is no
 * Unicode, numbers that JavaScript can't hold, lists in lists, more fields or items than anything
 * here has, and names that JavaScript gives a meaning of its own. What passes can safely be hashed,
 * and taken to pieces by libraries that look fields up by name.
 */
export function structureFaults(value: unknown): ProblemError[] {
  const faults: ProblemError[] = [];
  collect(value, '', faults);
  return faults;
}

function collect(value: unknown, pointer: string, faults: ProblemError[]): void {
  if (faults.length >= limits.errorsMax) return;
  if (typeof value === 'string') {
    if (value.isWellFormed()) return;
    faults.push({ pointer, detail: 'has half a character (a lone surrogate) in it' });
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) faults.push({ pointer, detail: 'is too large a number' });
  } else if (Array.isArray(value)) {
    collectItems(value, pointer, faults);
  } else if (typeof value === 'object' && value !== null) {
    collectFields(value, pointer, faults);
  }
}

function collectItems(items: readonly unknown[], pointer: string, faults: ProblemError[]): void {
  if (items.length > limits.linesMax) {
    faults.push({ pointer, detail: `can have at most ${limits.linesMax} items` });
    return;
  }
  items.forEach((item, n) => {
    const at = `${pointer}/${n}`;
    if (Array.isArray(item)) faults.push({ pointer: at, detail: 'is a list within a list' });
    else collect(item, at, faults);
  });
}

function collectFields(object: object, pointer: string, faults: ProblemError[]): void {
  const fields = Object.entries(object);
  if (fields.length > limits.fieldsMax) {
    const detail = `has ${fields.length} fields; nothing here has more than ${limits.fieldsMax}`;
    faults.push({ pointer, detail });
    return;
  }
  for (const [name, value] of fields) {
    const at = atField(pointer, name.toWellFormed());
    if (!name.isWellFormed() || name === 'prototype' || name in Object.prototype) {
      faults.push({ pointer: at, detail: 'is not a field here; leave it out or correct its name' });
    } else collect(value, at, faults);
  }
}
