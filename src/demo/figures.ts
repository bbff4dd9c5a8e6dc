import type { ExplanationAnswer, ExplanationItem, RemainingAnswer } from '../cli/answers.ts';
import type { Client } from '../cli/client.ts';
import type { AskFigure } from './compare.ts';
import type { FigureQuery } from './history.ts';

/** By which sources stock comes into the book other than from another State. */
const declaredFrom = ['declared', 'newly-found', 'seized', 'recovered'].map((s) => `source/${s}`);
const totals = ['remaining', 'retained', 'custody', 'unaccounted'] as const;
const everything = 1_000_000;

/**
 * Asks the figures of a ledger over HTTP: totals by `remaining`, accounts by their explanation,
 * which is where the surface answers any account. `entries` gives the ids of the posted entries.
 */
export function figuresOf(
  client: Client,
  entries: ReadonlyMap<string, readonly string[]>,
): AskFigure {
  return async (query) => {
    if (query.figure !== 'declared') return account(client, query, entries);
    let sum = 0;
    for (const figure of declaredFrom) sum += await account(client, { ...query, figure }, entries);
    return sum;
  };
}

async function account(
  client: Client,
  query: FigureQuery,
  entries: ReadonlyMap<string, readonly string[]>,
): Promise<number> {
  const path = `/v1/states/${query.state}/remaining`;
  const { effective, munition, institution, figure } = query;
  const total = totals.find((name) => name === figure);
  if (total !== undefined && query.entry === undefined) {
    return (await client.get<RemainingAnswer>(path, { effective, munition, institution }))[total];
  }
  const asked = { effective, munition, institution, figure };
  if (query.entry === undefined) {
    const { quantity } = await client.get<ExplanationAnswer>(`${path}/explanation`, {
      ...asked,
      limit: 1,
    });
    // What comes from a source stands there as negative, because every entry balances.
    return Math.abs(quantity);
  }
  const id = entries.get(query.state)?.[query.entry - 1];
  const { items } = await client.list<ExplanationItem>(`${path}/explanation`, asked, everything);
  const own = items.filter((item) => item.entry === id);
  return Math.abs(own.reduce((sum, item) => sum + item.quantity, 0));
}
