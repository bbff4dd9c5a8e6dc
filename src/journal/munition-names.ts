import type { DatabaseSync } from 'node:sqlite';
import { normaliseName } from '../ledger/names.ts';
import { statement } from './statements.ts';

/** How many spellings are proposed at most. */
const nearMax = 5;

/** What is said of a munition that was asked for and that the book does not have. */
export interface UnknownMunition {
  readonly unknownMunition: true;
  /** Types of the book, as declared, that are spelled much alike. */
  readonly nearMunitions: readonly string[];
}

const named = `SELECT c.munition, min(c.munition_key) AS key FROM cells c
  WHERE c.state = ? AND EXISTS (SELECT 1 FROM sums s WHERE s.cell = c.id AND s.position <= ?)
  GROUP BY c.munition_key ORDER BY c.munition_key`;

/**
 * Nothing where the book has the munition, as known then; else what to say, as zeros for a slip of
 * the pen look like zeros for an empty depot.
 */
export function unknownMunition(
  db: DatabaseSync,
  state: number,
  munition: string | undefined,
  known: bigint,
): UnknownMunition | Record<string, never> {
  if (!munition) return {};
  const names = statement(db, named).all(state, known);
  if (names.some(({ key }) => key === normaliseName(munition))) return {};
  const near = names.map((row) => String(row['munition'])).filter((name) => isNear(name, munition));
  return { unknownMunition: true, nearMunitions: near.slice(0, nearMax) };
}

/** Alike but for signs and spaces, or the beginning of the other. */
function isNear(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => normaliseName(name).replace(/[^\p{L}\p{N}]/gu, ''));
  if (!a || !b) return false;
  return a.startsWith(b) || b.startsWith(a);
}
