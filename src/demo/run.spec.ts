import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askFold, foldHistory, lastDay } from '../../demo/fold.ts';
import { Client } from '../cli/client.ts';
import { closingTable } from './closing.ts';
import { loadHistories, loadSums, type FigureQuery, type HistoryEntry } from './history.ts';
import { stateReport, summary, sumReport } from './print.ts';
import { runDemo } from './run.ts';

/** A ledger that folds what was posted: enough of the surface for the demo to run against. */
const posted = new Map<string, HistoryEntry[]>();
const keys: string[] = [];
let server: Server;
let client: Client;

beforeAll(async () => {
  server = createServer((request, response) => {
    void answer(request).then((body) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new Client(`http://127.0.0.1:${port}`, 'key', () => Promise.resolve());
});

afterAll(() => void server.close());

async function answer(request: IncomingMessage): Promise<unknown> {
  const url = new URL(request.url ?? '', 'http://stub');
  const [, , , state = '', kind = '', what] = url.pathname.split('/');
  if (request.method === 'POST') {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const body = JSON.parse(text) as Record<string, unknown>;
    const entries = [...(posted.get(state) ?? []), { kind, body, source: '', facts: [] }];
    posted.set(state, entries);
    keys.push(String(request.headers['idempotency-key']));
    return { entry: `${state}-${entries.length}`, position: String(keys.length), postings: [] };
  }
  if (kind === 'differences') return differences(state);
  return what === undefined ? remaining(state, url) : explanation(state, url);
}

function ask(state: string, url: URL, figure: string, entry?: number): Promise<number> {
  const history = { state, entries: posted.get(state) ?? [] };
  const query: FigureQuery = {
    state,
    figure,
    effective: url.searchParams.get('effective') ?? '2026-11-23',
    ...(url.searchParams.has('munition')
      ? { munition: url.searchParams.get('munition') ?? '' }
      : {}),
    ...(url.searchParams.has('institution')
      ? { institution: url.searchParams.get('institution') ?? '' }
      : {}),
    ...(entry === undefined ? {} : { entry }),
  };
  return askFold(new Map([[state, foldHistory(history)]]))(query);
}

async function remaining(state: string, url: URL): Promise<unknown> {
  const totals: Record<string, unknown> = { state, effective: '2026-11-23', accounts: {} };
  for (const name of ['remaining', 'retained', 'custody', 'unaccounted']) {
    totals[name] = await ask(state, url, name);
  }
  return totals;
}

async function explanation(state: string, url: URL): Promise<unknown> {
  const figure = url.searchParams.get('figure') ?? 'remaining';
  const sign = figure.startsWith('source/') ? -1 : 1;
  const items: unknown[] = [];
  for (const index of (posted.get(state) ?? []).keys()) {
    const quantity = sign * (await ask(state, url, figure, index + 1));
    const { body } = posted.get(state)?.[index] ?? {};
    const effectiveDate = body?.['effectiveDate'];
    if (quantity !== 0) items.push({ entry: `${state}-${index + 1}`, effectiveDate, quantity });
  }
  return { figure, quantity: sign * (await ask(state, url, figure)), items, next: null };
}

/** Of each count its moves, of each statement its distance; explained when an entry names it. */
async function differences(state: string): Promise<unknown> {
  const entries = posted.get(state) ?? [];
  const moves = foldHistory({ state, entries });
  const items: unknown[] = [];
  for (const [index, { kind, body }] of entries.entries()) {
    const openedBy = `${state}-${index + 1}`;
    const id = `${openedBy}.0`;
    const day = lastDay(String(body['effectiveDate']));
    if (kind === 'statements') {
      const { figure, quantity: counted, filter, source } = body as unknown as Stated;
      const query = new URLSearchParams({ effective: day, ...filter });
      const expected = await ask(state, new URL(`http://stub/?${query.toString()}`), figure);
      const quantity = Math.abs(counted - expected);
      const about = { figure, filter, source };
      const numbers = { expected, counted, quantity, open: quantity };
      items.push({ id, kind: 'statement', holding: null, day, openedBy, about, ...numbers });
    }
    if (kind !== 'counts') continue;
    for (const { from, munition, quantity } of moves.filter((move) => move.entry === index + 1)) {
      const lines = body['lines'] as { munition: string; quantity: number }[];
      const counted = lines.find((line) => line.munition === munition)?.quantity ?? 0;
      const more = from === 'source/count-surplus';
      const expected = more ? counted - quantity : counted + quantity;
      const open = entries.some((entry) => entry.body['difference'] === id) ? 0 : quantity;
      const holding = { account: 'retained', munition };
      const numbers = { expected, counted, quantity, open };
      items.push({ id, kind: more ? 'surplus' : 'shortage', holding, day, openedBy, ...numbers });
    }
  }
  return { items, next: null };
}

interface Stated {
  readonly figure: string;
  readonly quantity: number;
  readonly filter?: { readonly institution: string };
  readonly source: string;
}

describe('The demo', () => {
  it('posts every entry once and shows each figure beside the published one', async () => {
    const histories = await loadHistories();
    const result = await runDemo(client, histories, await loadSums(), () => undefined);

    expect(result.asExpected).toBe(true);
    expect(new Set(keys).size).toBe(histories.flatMap((history) => history.entries).length);
    expect(keys[0]).toBe('demo-AGO-1');
    const bulgaria = result.states.find((state) => state.state === 'BGR');
    const report = bulgaria === undefined ? '' : stateReport(bulgaria);
    expect(report).toMatch(/3,693 +│ +3,673 +│ differs by -20/);
    expect(report).toMatch(/890,221 +│ +885,872 +│ differs by -4,349/);
    const sums = sumReport(result.sums);
    expect(sums).toMatch(/10,866 \+ 70,179 = 81,045 +│ +81,045 +│ holds/);
    expect(sums).toMatch(/34,562 - 27,852 = 6,710 +│ +16,545 +│ does not hold, by -9,835/);
    expect(summary(result)).toMatch(/10 States, .* 17 sums: 15 hold, 2 do not/);
    expect(summary(result)).toContain('All of it as expected.');

    const closing = closingTable(result);
    expect(closing).toContain('published 890,221 destroyed, ledger 885,872: differs by 4,349');
    expect(closing).toContain('published 3,693 retained, ledger 3,673: differs by 20');
    expect(closing).toContain('published 0 remaining in stock, ledger 6,710: differs by 6,710');
    expect(closing).toContain('published 17,000 retained, ledger 16,545: differs by 455');
    expect(closing).toContain(
      'explained: 2003, published 16,015 retained, ledger 13,948: 2,067 more',
    );
    expect(closing).toContain('published 7,069 retained by Bofors, ledger 0');
    expect(closing).toContain('found: 2000-10, 6,460 not declared before');
    expect(closing).toContain('published 1,304 retained, ledger 972: 332 more, and no source says');
    expect(closing).toContain('published 16,500 retained, ledger 0: differs by 16,500');
    expect(closing).toContain('published 400 PMD-6 retained, ledger 500: 100 fewer');
    const printed = [...result.states.map(stateReport), sums, summary(result), closing];
    const lines = printed.flatMap((text) => text.split('\n'));
    expect(lines.filter((line) => line.length > 120)).toEqual([]);
  });

  it('says where a difference did not come out as the files say', async () => {
    posted.clear();
    const [angola] = await loadHistories();
    if (angola === undefined) throw new Error('no history');
    const entries = angola.entries.map((entry) => ({ ...entry, opens: 5 }));
    const result = await runDemo(client, [{ ...angola, entries }], [], () => undefined);
    expect(result.asExpected).toBe(false);
    expect(result.states.map(stateReport).join()).toContain('NOT as expected');
  });
});
