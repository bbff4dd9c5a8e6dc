import { limits } from '../limits.ts';
import { atField, type ProblemError } from './problem.ts';

/** How many members all objects of a JSON value have together. */
export function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const values = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
  const own = Array.isArray(value) ? 0 : values.length;
  return values.reduce<number>((sum, inner) => sum + membersOf(inner), own);
}

/**
 * How deep a JSON text nests, and how many members it writes: more than its value has when one is
 * written twice. Read without recursion, before anything recursive sees it.
 */
export function measured(json: string): { readonly depth: number; readonly members: number } {
  let level = 0;
  let depth = 0;
  let members = 0;
  for (let at = 0; at < json.length; at++) {
    const c = json.charCodeAt(at);
    if (c === 0x22) at = endOfString(json, at);
    else if (c === 0x7b || c === 0x5b) depth = Math.max(depth, ++level);
    else if (c === 0x7d || c === 0x5d) level--;
    else if (c === 0x3a) members++;
  }
  return { depth, members };
}

/** Where the quotation mark is that ends a string, or the end of the text. */
function endOfString(json: string, from: number): number {
  let at = from + 1;
  for (; at < json.length; at++) {
    const c = json.charCodeAt(at);
    if (c === 0x5c) at++;
    else if (c === 0x22) break;
  }
  return at;
}

/** An object or a list that is being read; `name` and `item` say where in it. */
interface Level {
  readonly pointer: string;
  readonly names: Set<string> | undefined;
  name: string;
  item: number;
}

/**
 * Every member that an object of a JSON text names once more (RFC 7493 forbids it): programs differ
 * in which of the two they take, and a ledger must not guess.
 *
 * @param json a text that `JSON.parse` took
 */
export function namedTwice(json: string): ProblemError[] {
  const faults: ProblemError[] = [];
  const levels: Level[] = [];
  let string = '';
  for (let at = 0; at < json.length && faults.length < limits.errorsMax; at++) {
    const c = json[at];
    const level = levels.at(-1);
    if (c === '"') {
      const end = endOfString(json, at);
      string = json.slice(at, end + 1);
      at = end;
    } else if (c === '{' || c === '[') {
      const pointer = level === undefined ? '' : placeIn(level);
      levels.push({ pointer, names: c === '{' ? new Set() : undefined, name: '', item: 0 });
    } else if (c === '}' || c === ']') levels.pop();
    else if (c === ',' && level !== undefined) level.item += 1;
    else if (c === ':' && level?.names !== undefined) {
      level.name = JSON.parse(string) as string;
      if (level.names.has(level.name)) {
        const detail = 'is given more than once: which one counts can’t be known; give it once';
        faults.push({ pointer: placeIn(level), detail });
      }
      level.names.add(level.name);
    }
  }
  return faults;
}

function placeIn({ pointer, names, name, item }: Level): string {
  return atField(pointer, names === undefined ? String(item) : name.toWellFormed());
}
