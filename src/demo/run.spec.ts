import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askFold, foldHistory } from '../../demo/fold.ts';
import { Client } from '../cli/client.ts';
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
  return what === undefined ? remaining(state, url) : explanation(state, url);
}

function ask(state: string, url: URL, figure: string, entry?: number): Promise<number> {
  const history = { state, entries: posted.get(state) ?? [], checks: [], notYet: [] };
  const query: FigureQuery = {
    state,
    figure,
    effective: url.searchParams.get('effective') ?? '2026-11-23',
    ...(url.searchParams.has('munition')
      ? { munition: url.searchParams.get('munition') ?? '' }
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
    items.push({ entry: `${state}-${index + 1}`, quantity });
  }
  return { figure, quantity: sign * (await ask(state, url, figure)), items, next: null };
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
    expect(report).toContain('not yet: the published stock of 3,693');
    const sums = sumReport(result.sums);
    expect(sums).toMatch(/10,866 \+ 70,179 = 81,045 +│ +81,045 +│ holds/);
    expect(sums).toMatch(/34,562 - 27,852 = 6,710 +│ +16,545 +│ does not hold, by -9,835/);
    expect(summary(result)).toMatch(/10 States, .* 17 sums: 15 hold, 2 do not/);
    expect(summary(result)).toContain('All of it as expected.');
  });
});
