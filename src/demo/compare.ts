import type { Check, FigureQuery, History, Sum, Term } from './history.ts';

/** Answers a figure: the ledger over HTTP, or in tests something that has never seen it. */
export type AskFigure = (query: FigureQuery) => Promise<number>;

/** A published figure beside the ledger's. */
export interface CheckResult extends Check {
  readonly ledger: number;
  /** The ledger's figure less the published one; 0 where they agree within the qualifier. */
  readonly off: number;
  readonly asExpected: boolean;
}

/** Both sides of a sum, each term with its figure. */
export interface SumResult extends Sum {
  readonly leftFigures: readonly number[];
  readonly rightFigures: readonly number[];
  readonly leftLedger: number;
  readonly rightLedger: number;
  readonly holdsInLedger: boolean;
  readonly asExpected: boolean;
}

/** Lays every published figure of a history beside the ledger's. */
export async function compare(history: History, ask: AskFigure): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of history.checks) {
    const ledger = await askChange({ ...check, state: history.state }, ask);
    const off = agrees(check, ledger) ? 0 : ledger - check.published;
    results.push({ ...check, ledger, off, asExpected: off === (check.difference ?? 0) });
  }
  return results;
}

/** Adds up both sides of a sum with figures of the ledger. */
export async function addUp(sum: Sum, ask: AskFigure): Promise<SumResult> {
  const leftFigures = await termsOf(sum.left, ask);
  const rightFigures = await termsOf(sum.right, ask);
  const leftLedger = leftFigures.reduce((a, b) => a + b, 0);
  const rightLedger = rightFigures.reduce((a, b) => a + b, 0);
  const holdsInLedger = leftLedger === rightLedger;
  const asExpected =
    holdsInLedger === sum.holds && leftLedger === sum.leftSum && rightLedger === sum.rightSum;
  return { ...sum, leftFigures, rightFigures, leftLedger, rightLedger, holdsInLedger, asExpected };
}

async function termsOf(terms: readonly Term[], ask: AskFigure): Promise<number[]> {
  const figures: number[] = [];
  for (const term of terms) {
    const figure = 'published' in term ? term.published : await askChange(term, ask);
    figures.push(term.minus === true ? -figure : figure);
  }
  return figures;
}

async function askChange(query: FigureQuery, ask: AskFigure): Promise<number> {
  const end = await ask(query);
  if (query.after === undefined) return end;
  return end - (await ask({ ...query, effective: query.after }));
}

function agrees({ published, qualifier }: Check, ledger: number): boolean {
  if (qualifier === 'at-least') return ledger >= published;
  if (qualifier !== 'rounded') return ledger === published;
  const unit = 10 ** (/0*$/.exec(String(published))?.[0].length ?? 0);
  return Math.round(ledger / unit) * unit === published;
}
