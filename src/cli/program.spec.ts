import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { stubbed, type Reply } from './stub-support.ts';

const { start, stop, forget, replies, seen, stockpile } = stubbed();

beforeAll(start);
afterAll(stop);
afterEach(forget);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stockpile-cli-'));
});

afterAll(() => rm(folder, { recursive: true }));

const written = {
  entry: 'e1',
  position: '17',
  revision: '4',
  recordedAt: '2026-11-23T10:00:00.000Z',
  postings: [
    { account: 'source/declared', munition: 'M14', lot: null, quantity: -1_234_567 },
    { account: 'held/stockpile', munition: 'M14', lot: null, quantity: 1_234_567 },
  ],
  contradicts: [],
};

describe('Posting an entry', () => {
  const body = '{"effectiveDate":"2010","lines":[{"munition":"M14","quantity":1234567}]}';

  it('sends the file as it is, with the key, and shows what was posted', async () => {
    replies([{ status: 201, body: written }]);
    const file = join(folder, 'stock.json');
    await writeFile(file, body);
    const { status, out } = await stockpile(['post', 'inventory', 'XXA', file]);
    expect(status).toBe(0);
    expect(seen[0]).toMatchObject({
      route: 'POST /v1/states/XXA/inventories',
      body,
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    });
    expect(out).toMatch(/Exercise State A \(XXA\).* e1/);
    expect(out).toMatch(/held\/stockpile .*\+1,234,567 │/);
  });

  it('gives the same file the same idempotency key, whatever its spelling', async () => {
    replies([{ status: 201, body: written }]);
    const other = JSON.stringify(
      Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse()),
      null,
      2,
    );
    await stockpile(['post', 'inventory', 'XXA', '-'], { input: body });
    await stockpile(['post', 'inventories', 'XXA', '-'], { input: other });
    await stockpile(['post', 'inventories', 'XXB', '-'], { input: body });
    await stockpile(['post', 'count', 'XXA', '-', '--key', 'mine'], { input: body });
    const keys = seen.map((request) => request.headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(keys[3]).toBe('mine');
  });

  it('names the shipment of a transfer and the entries of a correction', async () => {
    replies([{ status: 201, body: { ...written, shipment: 'XXA-2010-1' } }]);
    const transfer = await stockpile(['post', 'transfer', 'XXA', '-'], { input: body });
    expect(transfer.out).toContain('shipment XXA-2010-1');
    replies([{ status: 201, body: { ...written, entries: ['e2', 'e3'] } }]);
    const correction = await stockpile(['post', 'corrections', 'XXA', '-'], { input: body });
    expect(correction.out).toContain('made of entries e2, e3');
  });

  it('makes a dry run and a conditional write', async () => {
    replies([{ body: written }]);
    const options = ['--dry-run', '--if-match', '4'];
    const { out } = await stockpile(['post', 'uses', 'XXA', '-', ...options], { input: body });
    expect(seen[0]?.route).toBe('POST /v1/states/XXA/uses?dryRun=true');
    expect(seen[0]?.headers['if-match']).toBe('"4"');
    expect(out).toContain('would be recorded');
  });

  it('tries again with the same key while the outcome is unknown', async () => {
    const unknown = { status: 503, headers: { 'retry-after': '1' }, body: { title: 'unknown' } };
    replies([unknown, unknown, { status: 201, body: written }]);
    const { status } = await stockpile(['post', 'uses', 'XXA', '-'], { input: body });
    expect(status).toBe(0);
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map((request) => request.headers['idempotency-key'])).size).toBe(1);
  });

  it('gives up in the end, and not at once on a 503 that says when', async () => {
    replies([{ status: 503, headers: { 'retry-after': '1' }, body: { title: 'Busy' } }]);
    const { status, err } = await stockpile(['post', 'uses', 'XXA', '-'], { input: body });
    expect([status, err, seen.length]).toEqual([1, 'stockpile: Busy (503)', 5]);
  });

  it('says what the book refuses, each error with its pointer', async () => {
    const problem = {
      type: 'urn:stockpile-ledger:not-enough',
      title: 'The book refuses the entry',
      errors: [{ pointer: '/lines/0/quantity', detail: 'only 5 there on 2010-12-31' }],
    };
    replies([{ status: 409, body: problem }]);
    const { status, err } = await stockpile(['post', 'uses', 'XXA', '-'], { input: body });
    expect(status).toBe(1);
    expect(err).toBe(
      'stockpile: The book refuses the entry (409)\n  /lines/0/quantity: only 5 there on 2010-12-31',
    );
    const asJson = await stockpile(['post', 'uses', 'XXA', '-', '--json'], { input: body });
    expect(JSON.parse(asJson.err)).toEqual(problem);
  });

  it('says what stands in the way, and where such mines are, once for many lines', async () => {
    const place = { munition: 'M14', lot: 'L\u001b1', site: null, institution: null };
    const holdings = [{ holding: { account: 'retained', ...place }, balance: 12_000 }];
    const change = { effectiveDate: '2010-05', quantity: -1_500 };
    const entries = [{ entry: 'e7', kind: 'destruction', ...change }];
    const errors = [
      { pointer: '/lines/0/quantity', detail: 'too many', entries, holdings },
      { pointer: '/lines/1/quantity', detail: 'too many', entries: [], holdings },
    ];
    replies([{ status: 409, body: { title: 'Refused', errors } }]);
    const { err } = await stockpile(['post', 'uses', 'XXA', '-'], { input: body });
    expect(err.split('\n').slice(1)).toEqual([
      '  /lines/0/quantity: too many',
      '    entry e7: destruction of 2010-05, -1,500',
      '    held: 12,000 in retained, munition M14, lot L\ufffd1',
      '  /lines/1/quantity: too many',
      '    held: as named above',
    ]);
  });

  it('shows in its help what a file can hold, as JSON that can be posted', async () => {
    const { out } = await stockpile(['post', '--help']);
    const bodies = [...out.matchAll(/^ {2}(\w+) +(\{[^]*?\})(?=\n {2}\w|\n\n)/gm)];
    expect(bodies.map(([, kind]) => kind)).toEqual(['inventory', 'destruction', 'reversal']);
    for (const [, kind, text] of bodies) {
      replies([{ status: 201, body: written }]);
      const { status } = await stockpile(['post', kind ?? '', 'XXA', '-'], { input: text ?? '' });
      expect(status).toBe(0);
    }
  });

  it.each([
    [['post', 'gifts', 'XXA', '-'], /no kind "gifts"/],
    [['post', 'uses', 'XXA', '/no/such/file'], /cannot be read/],
    [['post', 'uses', 'XXA', '-'], /not JSON/],
    [['post', 'uses'], /missing required argument/],
    [['keys', 'add', 'clerk', '--role', 'king', '--states', 'all'], /Allowed choices/],
    [['entries', 'XXA', '--limit', '0'], /whole number/],
    [['nonsense'], /unknown command/],
  ])('refuses %j as wrong usage', async (command, message) => {
    const { status, err } = await stockpile(command, { input: '{"half":' });
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(seen).toEqual([]);
  });
});

describe('Asking', () => {
  const known = { position: '42', at: '2026-11-23T10:00:00.000Z' };

  it('shows what remains, by account and munition', async () => {
    const accounts = { 'held/stockpile': 5500, 'held/dispatched': 2000 };
    const munitions = [{ munition: 'M14', remaining: 7500, exact: false, accounts }];
    const figures = { remaining: 7500, exact: false, unaccounted: 12, retained: 250, custody: 0 };
    replies([
      {
        body: {
          state: 'XXA',
          recorded: true,
          effective: '2010-12-31',
          known,
          ...figures,
          accounts,
          munitions,
        },
      },
    ]);
    const when = ['--effective', '2010-12-31', '--known', '42', '--munition', 'M14'];
    const { status, out } = await stockpile(['remaining', 'XXA', ...when]);
    expect(status).toBe(0);
    expect(seen[0]?.route).toBe(
      'GET /v1/states/XXA/remaining?effective=2010-12-31&known=42&munition=M14',
    );
    expect(out).toContain('at the end of 2010-12-31, as known at position 42');
    expect(out).toMatch(/remaining +│ +about 7,500 │/);
    expect(out).toMatch(/held\/dispatched +│ +2,000 │/);
    const unknown = { unknownMunition: true, nearMunitions: ['M14', 'M16'] };
    const zeros = { remaining: 0, unaccounted: 0, retained: 0, custody: 0, accounts: {} };
    const moment = { recorded: true, effective: '2010-12-31', known };
    replies([{ body: { state: 'XXA', ...moment, ...zeros, munitions: [], ...unknown } }]);
    const { err } = await stockpile(['remaining', 'XXA', '--munition', 'M1']);
    expect(err).toBe('The book has no such munition; it has M14, M16.');
  });

  it('follows a paged list to its end, or to the limit', async () => {
    const page = (from: number, next: string | null): Reply => ({
      body: {
        figure: 'retained',
        quantity: 6,
        items: [from, from + 1].map((n) => ({
          entry: `e${n}`,
          actor: 'key-7',
          account: 'retained',
          quantity: 1,
          runningTotal: n,
        })),
        next,
      },
    });
    replies([page(1, 'a'), page(3, 'b'), page(5, null)]);
    const command = ['explain', 'XXA', '--figure', 'retained'];
    const all = await stockpile([...command, '--json']);
    expect((JSON.parse(all.out) as { items: unknown[] }).items).toHaveLength(6);
    expect(seen.map((request) => request.route)[1]).toContain('after=a');

    replies([page(1, 'a'), page(3, 'b')]);
    const some = await stockpile([...command, '--limit', '4']);
    expect(some.out).toMatch(/\+1 │ +4 │ e4 +│ key-7/);
    expect(some.err).toContain('more than these 4');
  });

  it('shows balances by any grouping, entries, States and totals', async () => {
    replies([
      { body: { items: [{ account: 'retained', munition: 'M14', quantity: 1000 }], next: null } },
    ]);
    const balances = await stockpile(['balances', 'XXA', '--by', 'account,munition']);
    expect(balances.out).toMatch(/retained +│ M14 +│ +1,000 │/);
    replies([
      { body: { items: [{ id: 'e1', kind: 'count', postings: written.postings }], next: null } },
    ]);
    expect((await stockpile(['entries', 'XXA'])).out).toMatch(/count +│ +1,234,567 │ e1/);
    const lines = [{ munition: 'M14', quantity: 5 }];
    const sent = { effectiveDate: '2010', method: 'full', reference: 'V-1', complete: true, lines };
    const entry = { id: 'e1', kind: 'count', effectiveDate: '2010', actor: 'key-7', body: sent };
    replies([{ body: entry }]);
    const one = (await stockpile(['entries', 'XXA', 'e1'])).out;
    expect(one).toMatch(
      /effective 2010, .* by key-7\nmethod: full\nreference: V-1\ncomplete: true\n/,
    );
    replies([
      {
        body: {
          items: [
            { state: 'XXA', name: 'A', party: true, remaining: 5, recorded: true },
            { state: 'XXB', name: 'B', party: true, remaining: 0, recorded: false },
          ],
          next: null,
        },
      },
    ]);
    expect((await stockpile(['states'])).out).toMatch(/XXA +│ A +│ yes[^]*XXB/);
    const recorded = (await stockpile(['states', '--recorded'])).out;
    expect(recorded).toMatch(/XXA/);
    expect(recorded).not.toMatch(/XXB/);
    replies([
      {
        body: {
          effective: '2010-12-31',
          known,
          remaining: 5,
          retained: 1,
          custody: 0,
          unaccounted: 0,
          accounts: {},
        },
      },
    ]);
    expect((await stockpile(['totals'])).out).toMatch(/remaining +│ +5 │/);
  });

  it('takes the type of the catalogue where it takes the name as declared', async () => {
    replies([{ body: { items: [], next: null } }]);
    await stockpile(['balances', 'XXA', '--type', 'PMN-2']);
    await stockpile(['explain', 'XXA', '--type', 'PMN-2', '--json']);
    expect(seen[0]?.route).toBe('GET /v1/states/XXA/balances?type=PMN-2&by=account&limit=1000');
    expect(seen[1]?.route).toContain('?type=PMN-2&');
  });

  it('does not let names of others command the terminal', async () => {
    const items = [{ account: 'retained', munition: 'M14\u001b[2J\u202e', quantity: 1 }];
    replies([{ body: { items, next: null } }]);
    const { out } = await stockpile(['balances', 'XXA', '--by', 'munition']);
    expect(out).toContain('M14\ufffd[2J\ufffd');
  });

  it('says where it looked when nothing answers, and how to start the service', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const nobody = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    other.close();
    const env = { STOCKPILE_URL: nobody };
    const { status, err } = await stockpile(['totals'], { env });
    expect(status).toBe(1);
    expect(err).toContain(`No answer from ${nobody}: connection refused.`);
    expect(err).toContain('npx stockpile serve');
    expect((await stockpile(['totals'], { env: { STOCKPILE_URL: 'nowhere' } })).status).toBe(2);
  });

  it('hints at the key when there is none', async () => {
    replies([{ status: 401, body: { title: 'Unauthorized' } }]);
    const { err } = await stockpile(['totals'], { env: { STOCKPILE_KEY: undefined } });
    expect(err).toContain('STOCKPILE_KEY is not set');
  });
});

describe('Keys', () => {
  it('are made, shown once, listed and revoked', async () => {
    replies([
      {
        status: 201,
        body: { id: 'k1', name: 'clerk', role: 'authority', states: ['XXA'], key: 'shown-once' },
      },
    ]);
    const role = ['--role', 'authority', '--states', 'XXA, XXB'];
    const made = await stockpile(['keys', 'add', 'clerk', ...role]);
    expect(made.out).toContain('shown-once');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      name: 'clerk',
      role: 'authority',
      states: ['XXA', 'XXB'],
    });
    expect(seen[0]?.headers['idempotency-key']).toBeDefined();
    replies([
      {
        body: {
          items: [{ id: 'k1', name: 'clerk', role: 'authority', states: 'all' }],
          next: null,
        },
      },
    ]);
    expect((await stockpile(['keys', 'list'])).out).toMatch(
      /k1 +│ clerk +│ authority │ all States/,
    );
    replies([{ status: 204 }]);
    expect((await stockpile(['keys', 'revoke', 'k1'])).out).toBe('Key k1 is revoked.');
    expect(seen.at(-1)?.route).toBe('DELETE /v1/keys/k1');
  });
});

describe('Help', () => {
  it.each([
    ['post'],
    ['remaining'],
    ['explain'],
    ['balances'],
    ['entries'],
    ['differences'],
    ['shipment'],
    ['munitions'],
    ['munitions', 'add'],
    ['states'],
    ['totals'],
    ['obligations'],
    ['due'],
    ['membership'],
    ['timeliness'],
    ['report'],
    ['calendar'],
    ['facts'],
    ['meetings'],
    ['meetings', 'add'],
    ['meetings', 'reverse'],
    ['action-plans', 'add'],
    ['serve'],
    ['keys', 'add'],
    ['keys', 'list'],
    ['keys', 'revoke'],
  ])('of %j has an example', async (...command) => {
    const { status, out } = await stockpile([...command, '--help']);
    expect(status).toBe(0);
    expect(out).toContain(`Example:\n  stockpile ${command.join(' ')}`);
  });
});
