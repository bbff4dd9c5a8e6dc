import { commonKinds, factPaths, type FactKind } from '../treaty/facts.ts';
import { Misuse } from './failure.ts';

/** Facts of the treaty that are about one State. */
const factKinds = Object.entries(factPaths).filter(
  ([kind]) => !commonKinds.some((common) => common === kind),
);

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
  ...factKinds,
]);

/** The word for one of each kind. */
export const kindWords: readonly string[] = [...plurals.keys()];

/** The path of a kind, given in singular or plural. */
export function pathOfKind(kind: string): string {
  const plural = plurals.get(kind) ?? kind;
  const common = commonKinds.find((one) => one === kind || pathOfCommon(one) === kind);
  if (common !== undefined) {
    throw new Misuse(`It is about no State: "stockpile ${pathOfCommon(common)} add <file>".`);
  }
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

/** Whether entries of a kind are facts of the treaty, and move no mines. */
export function isFactKind(path: string): boolean {
  return factKinds.some(([, plural]) => plural === path);
}

function pathOfCommon(kind: FactKind): string {
  return kind === 'reversal' ? 'reversals' : factPaths[kind];
}
