import type {
  DifferenceItem,
  ExplanationItem,
  RemainingAnswer,
  WriteAnswer,
} from '../cli/answers.ts';
import type { Client } from '../cli/client.ts';
import { Refused } from '../cli/failure.ts';
import { addUp, compare, type AskFigure, type CheckResult, type SumResult } from './compare.ts';
import { figuresOf } from './figures.ts';
import type { History, HistoryEntry, Open, Sum } from './history.ts';

const everything = 1_000_000;

/** A difference in the ledger, with what the history says of it. */
export interface ToldDifference extends DifferenceItem {
  /** When it was, as published. */
  readonly date: string;
  readonly source: string;
  readonly note?: string;
  /** Whether the entry is about several types or holders, this being one of them. */
  readonly ofSeveral: boolean;
  /** What a source gives as its reason. */
  readonly reason?: string;
}

/** Stock that was found after the declaration. */
export interface Find {
  readonly date: string;
  readonly quantity: number;
  readonly source: string;
}

/** One State's history, posted and compared. */
export interface StateResult {
  readonly state: string;
  readonly entries: number;
  readonly checks: readonly CheckResult[];
  /** The State's figures with the whole history in the book. */
  readonly now: RemainingAnswer;
  readonly declared: number;
  readonly differences: readonly ToldDifference[];
  readonly finds: readonly Find[];
  /** Whether each entry opened the difference that the data files say, and no other. */
  readonly opensAsExpected: boolean;
  readonly open: readonly Open[];
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
    states.push(await stateResult(client, history, entries.get(history.state) ?? [], ask));
  }
  const added: SumResult[] = [];
  for (const sum of sums) added.push(await addUp(sum, ask));
  const asExpected =
    [...states.flatMap((s) => s.checks), ...added].every((r) => r.asExpected) &&
    states.every((s) => s.opensAsExpected);
  return { states, sums: added, asExpected };
}

async function stateResult(
  client: Client,
  history: History,
  ids: readonly string[],
  ask: AskFigure,
): Promise<StateResult> {
  const { state, open } = history;
  const path = `/v1/states/${state}`;
  const checks = await compare(history, ask);
  const now = await client.get<RemainingAnswer>(`${path}/remaining`);
  const declared = await ask({ state, figure: 'declared', effective: now.effective });
  const { items } = await client.list<DifferenceItem>(`${path}/differences`, {}, everything);
  const found = await client.list<ExplanationItem>(
    `${path}/remaining/explanation`,
    { figure: 'source/newly-found' },
    everything,
  );
  const entryOf = (id: string): HistoryEntry | undefined => history.entries[ids.indexOf(id)];
  const sourceOf = (id: string): string => entryOf(id)?.source ?? '';
  return {
    state,
    entries: history.entries.length,
    checks,
    now,
    declared,
    differences: items.map((item) =>
      told(item, entryOf(item.openedBy), reasonOf(history, ids, item)),
    ),
    finds: found.items.map(({ entry, effectiveDate, quantity }) => ({
      date: effectiveDate,
      quantity: Math.abs(quantity),
      source: sourceOf(entry),
    })),
    opensAsExpected: history.entries.every(({ opens = 0 }, index) => {
      const own = items.filter((item) => item.openedBy === ids[index]);
      return own.reduce((sum, item) => sum + item.quantity, 0) === opens;
    }),
    open,
  };
}

function told(
  item: DifferenceItem,
  opener: HistoryEntry | undefined,
  reason: string | undefined,
): ToldDifference {
  const { source = '', note, body } = opener ?? {};
  const given = body?.['effectiveDate'];
  const date = typeof given === 'string' ? given : item.day;
  const ofSeveral = Array.isArray(body?.['lines']) && body['lines'].length > 1;
  return { ...item, date, source, ofSeveral, ...(note && { note }), ...(reason && { reason }) };
}

/** The words of the entry that explains a difference. */
function reasonOf(
  { entries }: History,
  ids: readonly string[],
  { id }: DifferenceItem,
): string | undefined {
  const bodies = entries.map((entry) => resolved(entry, ids));
  const by = bodies.find((body) => body['difference'] === id);
  return by === undefined ? undefined : String(by['reason']);
}

/** The body as it is posted: `@entry:5` is the id that the ledger gave to the fifth entry. */
function resolved({ body }: HistoryEntry, ids: readonly string[]): Record<string, unknown> {
  const text = JSON.stringify(body).replace(/@entry:(\d+)/g, (name, number: string) => {
    return ids[Number(number) - 1] ?? name;
  });
  return JSON.parse(text) as Record<string, unknown>;
}

/** Posts the entries of one State in order; answers with their ids. */
async function postHistory(client: Client, history: History): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, entry] of history.entries.entries()) {
    const path = `/v1/states/${history.state}/${entry.kind}`;
    const idempotencyKey = `demo-${history.state}-${index + 1}`;
    try {
      const { body } = await client.post<WriteAnswer>(path, {
        body: JSON.stringify(resolved(entry, ids)),
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
