import type { RemainingAnswer, WriteAnswer } from '../cli/answers.ts';
import type { Client } from '../cli/client.ts';
import { Refused } from '../cli/failure.ts';
import { addUp, compare, type CheckResult, type SumResult } from './compare.ts';
import { figuresOf } from './figures.ts';
import type { History, NotYet, Sum } from './history.ts';

/** One State's history, posted and compared. */
export interface StateResult {
  readonly state: string;
  readonly entries: number;
  readonly checks: readonly CheckResult[];
  /** The State's figures with the whole history in the book. */
  readonly now: RemainingAnswer;
  readonly declared: number;
  readonly notYet: readonly NotYet[];
}

/** What the whole demo found. */
export interface DemoResult {
  readonly states: readonly StateResult[];
  readonly sums: readonly SumResult[];
  /** Whether every figure and sum came out as the data files say. */
  readonly asExpected: boolean;
}

/** Posts the histories through the HTTP API and lays the ledger's figures beside the published. */
export async function runDemo(
  client: Client,
  histories: readonly History[],
  sums: readonly Sum[],
  progress: (text: string) => void,
): Promise<DemoResult> {
  const entries = new Map<string, string[]>();
  for (const history of histories) {
    entries.set(history.state, await postHistory(client, history));
    progress(`${history.state}: ${history.entries.length} entries posted`);
  }
  const ask = figuresOf(client, entries);
  const states: StateResult[] = [];
  for (const history of histories) {
    const checks = await compare(history, ask);
    const now = await client.get<RemainingAnswer>(`/v1/states/${history.state}/remaining`);
    const declared = await ask({
      state: history.state,
      figure: 'declared',
      effective: now.effective,
    });
    const { state, notYet } = history;
    states.push({ state, entries: history.entries.length, checks, now, declared, notYet });
  }
  const added: SumResult[] = [];
  for (const sum of sums) added.push(await addUp(sum, ask));
  const asExpected = [...states.flatMap((s) => s.checks), ...added].every((r) => r.asExpected);
  return { states, sums: added, asExpected };
}

/** Posts the entries of one State in order; answers with their ids. */
async function postHistory(client: Client, history: History): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, entry] of history.entries.entries()) {
    const path = `/v1/states/${history.state}/${entry.kind}`;
    const idempotencyKey = `demo-${history.state}-${index + 1}`;
    try {
      const { body } = await client.post<WriteAnswer>(path, {
        body: JSON.stringify(entry.body),
        idempotencyKey,
      });
      ids.push(body.entry);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(`${idempotencyKey} (${entry.kind}): ${error.message}`, error.problem);
    }
  }
  return ids;
}
