import { Misuse } from './failure.ts';

/** What is posted under a State, by the word for one and the path for all. */
const plurals: ReadonlyMap<string, string> = new Map([
  ['inventory', 'inventories'],
  ['retention', 'retentions'],
  ['release', 'releases'],
  ['use', 'uses'],
  ['allocation', 'allocations'],
  ['movement', 'movements'],
  ['transfer', 'transfers'],
  ['receipt', 'receipts'],
  ['return', 'returns'],
  ['destruction', 'destructions'],
  ['loss', 'losses'],
  ['count', 'counts'],
  ['control', 'control'],
  ['reclassification', 'reclassifications'],
  ['statement', 'statements'],
  ['explanation', 'explanations'],
  ['correction', 'corrections'],
  ['reversal', 'reversals'],
]);

/** The path of a kind, given in singular or plural. */
export function pathOfKind(kind: string): string {
  const plural = plurals.get(kind) ?? kind;
  if (![...plurals.values()].includes(plural)) {
    throw new Misuse(`There is no kind "${kind}". Kinds: ${[...plurals.values()].join(', ')}.`);
  }
  return plural;
}

/** The word for one of a kind, given in singular or plural. */
export function oneOfKind(kind: string): string {
  const path = pathOfKind(kind);
  return [...plurals].find(([, plural]) => plural === path)?.[0] ?? kind;
}
