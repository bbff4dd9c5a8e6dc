import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './checker.ts';
import { Clients, readFinal, type Settled } from './clients.ts';
import type { Request } from './requests.ts';
import { killAll, Service } from './service.ts';

const writers = 64;
const share = 60;

const inventory = (quantity: number): Request => ({
  path: 'inventories',
  body: { effectiveDate: '2010', basis: 'seized', lines: [{ munition: 'M14', quantity }] },
});
const destruction = (quantity: number): Request => ({
  path: 'destructions',
  body: {
    effectiveDate: '2011-05',
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range East',
    method: 'open detonation',
    lines: [{ munition: 'M14', quantity }],
  },
});

describe(`${writers} writers on one State`, () => {
  let folder: string;
  let service: Service;
  let clients: Clients;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stockpile-fairness-'));
    service = new Service(folder);
    await service.ready();
  });
  afterAll(async () => {
    await killAll();
    await rm(folder, { recursive: true, force: true });
  });

  const remaining = async (state: string): Promise<unknown> => {
    const final = await readFinal(service, state);
    clients.finals.push(final);
    expect(check(clients)).toEqual([]);
    return (final.remaining as { remaining: number }).remaining;
  };

  it('lose no update, and none of them starves', async () => {
    clients = new Clients();
    clients.open(service);
    const began = performance.now();
    const finished: number[] = [];
    const settled: Settled[] = [];
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let n = 0; n < share; n++) settled.push(await clients.record('XXA', inventory(1)));
        finished.push(performance.now() - began);
      }),
    );
    expect(clients.acknowledged).toBe(writers * share);
    expect(await remaining('XXA')).toBe(writers * share);
    const tries = settled.map((one) => one.tries);
    const waits = settled.map((one) => one.milliseconds).sort((a, b) => a - b);
    const [fastest = 0, slowest = 0] = [finished.at(0), finished.at(-1)];
    process.stdout.write(
      `fairness: tries ${histogram(tries)}; waits p50 ${at(waits, 0.5)}, p99 ${at(waits, 0.99)}, ` +
        `longest ${at(waits, 1)}; writers done after ${ms(fastest)} to ${ms(slowest)}\n`,
    );
    expect(Math.max(...tries)).toBeLessThanOrEqual(10);
    // All have the same share: whoever is favoured would be done long before the others.
    expect(fastest).toBeGreaterThan(slowest / 4);
  }, 60_000);

  it('take from one holding until it is empty, and not one mine more', async () => {
    clients = new Clients();
    clients.open(service);
    await clients.record('XXB', inventory(1_000));
    const took = await Promise.all(
      Array.from({ length: writers }, async () => {
        const { write } = await clients.record('XXB', destruction(20));
        return write.answers.at(-1)?.status;
      }),
    );
    expect(took.filter((status) => status === 201)).toHaveLength(50);
    expect(took.filter((status) => status === 409)).toHaveLength(writers - 50);
    expect(await remaining('XXB')).toBe(0);
  });

  it('sending one request at the same moment under one key record it once', async () => {
    clients = new Clients();
    clients.open(service);
    const first = clients.record('XXC', inventory(5));
    const [write] = clients.writes;
    if (write === undefined) throw new Error('nothing was sent');
    await Promise.all([first, ...Array.from({ length: writers - 1 }, () => clients.settle(write))]);
    const recorded = write.answers.filter(({ replayed }) => !replayed);
    expect([recorded.length, write.answers.length]).toEqual([1, writers]);
    expect(await remaining('XXC')).toBe(5);
  });
});

function histogram(numbers: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const n of numbers) counts.set(n, (counts.get(n) ?? 0) + 1);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return sorted.map(([n, count]) => `${n}: ${count}`).join(', ');
}

function at(sorted: readonly number[], share: number): string {
  return ms(sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}
