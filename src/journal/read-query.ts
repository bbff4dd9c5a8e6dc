import { Problem, type ProblemError } from '../http/problem.ts';
import { NotADate, parseEffectiveDate, type Day } from '../ledger/effective-date.ts';
import { limits } from '../limits.ts';
import type { HoldingFilter, TwoTimes } from './asked.ts';
import type { Journal, Moment } from './journal.ts';

/** What a read asks for, read from its query. */
export interface Asked {
  readonly at: TwoTimes;
  readonly known: Moment;
  readonly filter: HoldingFilter;
  readonly page: { readonly limit: number; readonly cursor?: string };
  /** Parameters of this route alone. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/** Which parameters a route takes, beside `effective` and `known`. */
interface Takes {
  readonly filter?: boolean;
  readonly page?: boolean;
  /** What the day asked about is called; `effective` unless said. */
  readonly day?: string;
  /** Parameters of its own, with what is wrong with a value, if anything. */
  readonly own?: Readonly<Record<string, (value: string) => string | undefined>>;
}

const filterNames = ['munition', 'type', 'lot', 'site', 'institution'] as const;

/**
 * Reads the query of a read, with all errors at once.
 *
 * @param today the day it is (UTC), when `effective` is not given
 * @throws Problem `not-readable`
 */
export function readAsked(query: unknown, journal: Journal, today: Day, takes: Takes = {}): Asked {
  const given = query as Record<string, unknown>;
  const errors: ProblemError[] = [];
  const read = <T>(name: string, fallback: T, parse: (value: string) => T | Wrong): T => {
    const value = given[name];
    if (value === undefined) return fallback;
    const parsed = typeof value === 'string' ? parse(value) : new Wrong('can be given only once');
    if (!(parsed instanceof Wrong)) return parsed;
    errors.push({ pointer: `?${name}`, detail: parsed.message });
    return fallback;
  };

  const dayName = takes.day ?? 'effective';
  const effective = read(dayName, today, parseDayAsked);
  const known = read('known', journal.momentAt({ position: journal.position }), (value) =>
    parseKnown(value, journal),
  );
  const names = [dayName, 'known'];
  const filter: Record<string, string | null> = {};
  for (const name of takes.filter ? filterNames : []) {
    names.push(name);
    const value = read<string | undefined>(name, undefined, (text) => text);
    if (value !== undefined) filter[name] = value === '' ? null : value;
  }
  if (takes.page) names.push('limit', 'after');
  const limit = takes.page ? read('limit', limits.pageDefault, parseLimit) : limits.pageDefault;
  const cursor = takes.page
    ? read<string | undefined>('after', undefined, (text) => text)
    : undefined;
  const own: Record<string, string | undefined> = {};
  for (const [name, fault] of Object.entries(takes.own ?? {})) {
    names.push(name);
    own[name] = read<string | undefined>(name, undefined, (value) => {
      const wrong = fault(value);
      return wrong === undefined ? value : new Wrong(wrong);
    });
  }
  for (const name of Object.keys(given).filter((n) => !names.includes(n))) {
    const detail = `is no parameter here; there is ${names.join(', ')}`;
    errors.push({ pointer: `?${name}`, detail });
  }
  if (errors.length > 0) {
    const detail = errors.map((e) => `${e.pointer.slice(1)}: ${e.detail}`).join('; ');
    throw new Problem('not-readable', detail, { errors });
  }
  const page = { limit, ...(cursor !== undefined && { cursor }) };
  return { at: { effective, known: known.position }, known, filter, page, own };
}

class Wrong {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

function parseDayAsked(text: string): Day | Wrong {
  try {
    return parseEffectiveDate(text).last;
  } catch (error) {
    if (error instanceof NotADate) return new Wrong(error.message);
    throw error;
  }
}

function parseKnown(text: string, journal: Journal): Moment | Wrong {
  if (/^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n) {
    return journal.momentAt({ position: BigInt(text) });
  }
  const instant = instantOf(text);
  if (instant !== undefined) return journal.momentAt({ instant });
  return new Wrong('must be a position, such as 42, or an instant, such as 2026-11-23T10:00:00Z');
}

/** Milliseconds of an RFC 3339 instant in UTC; undefined when there is no such instant. */
function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(text)) return undefined;
  const instant = Date.parse(text);
  // JavaScript takes 30 February for the second of March.
  const isReal =
    !Number.isNaN(instant) && text.startsWith(new Date(instant).toISOString().slice(0, 19));
  return isReal ? instant : undefined;
}

function parseLimit(text: string): number | Wrong {
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= limits.pageMax) return limit;
  return new Wrong(`must be a number from 1 to ${limits.pageMax}`);
}
