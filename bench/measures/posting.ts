import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { Chance } from '../data/chance.ts';
import { lastDay, placeOf, dayAt } from '../data/history.ts';
import { ServerChild, type Counters } from '../load/child.ts';
import { drive, post, type Load, type NextRequest } from '../load/clients.ts';
import { against, type Row, type Section } from '../output/report.ts';
import { digits, median, megabytes, ms, percentile } from '../output/numbers.ts';

const key = 'bench-key-0123456789abcdef';
const goal = 0.7;
const places = { munitions: 12, places: 480 };
const states = Array.from({ length: 20 }, (_, n) => `XX${String.fromCharCode(65 + n)}`);
const chance = new Chance(7);

/** A load on the service: requests of one kind, for one State or over many. */
interface Scenario {
  readonly name: string;
  readonly next: NextRequest;
}

interface Run {
  readonly bare: number;
  readonly service: number;
  readonly load: Load;
  readonly counters: Counters;
}

const scenarios: readonly Scenario[] = [
  { name: 'inventories, one State', next: () => inventory('XXA') },
  { name: 'inventories, 20 States', next: () => inventory(anyState()) },
  { name: 'destructions, one State', next: () => destruction('XXA') },
  { name: 'destructions, 20 States', next: () => destruction(anyState()) },
];

/** Durable POSTs of many clients, beside POSTs that are only validated, by turns. */
export async function measurePosting(context: Context): Promise<Section> {
  const { clients, warmUpSeconds, rounds } = context.sizes;
  const bare = await ServerChild.start('bare-server.ts', []);
  const folder = join(context.folder, 'posting');
  const service = await ServerChild.start('service.ts', [folder, key], context.profile);
  for (const state of states) await drive(service.port, 1, 0, () => stock(state));
  const runs = new Map(scenarios.map(({ name }) => [name, [] as Run[]]));
  try {
    await drive(bare.port, clients, warmUpSeconds, () => inventory('XXA'));
    for (const { next } of scenarios) await drive(service.port, clients, warmUpSeconds / 2, next);
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`  round ${round + 1} of ${rounds}\n`);
      for (const { name, next } of scenarios) {
        runs.get(name)?.push(await compare(context, bare, service, next));
      }
    }
    const { rss } = await service.counters();
    return section(context, runs, rss);
  } finally {
    await bare.stop();
    await service.stop();
  }
}

async function compare(
  { sizes: { clients, loadSeconds } }: Context,
  bare: ServerChild,
  service: ServerChild,
  next: NextRequest,
): Promise<Run> {
  const empty = await drive(bare.port, clients, loadSeconds, () => inventory('XXA'));
  const before = await service.counters();
  const load = await drive(service.port, clients, loadSeconds, next);
  const after = await service.counters();
  const counters = Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name, value - before[name as keyof Counters]]),
  ) as unknown as Counters;
  return { bare: rate(empty), service: rate(load), load, counters };
}

function section({ sizes }: Context, runs: Map<string, Run[]>, rss: number): Section {
  const bare = median([...runs.values()].flat().map((run) => run.bare));
  const rows: Row[] = [{ what: 'empty validated POST', result: `${digits(bare)} a second` }];
  for (const [name, all] of runs) {
    const ratio = median(all.map((run) => run.service / run.bare));
    const latencies = all.flatMap(({ load }) => load.latencies);
    const sum = (of: (run: Run) => number) => all.reduce((total, run) => total + of(run), 0);
    const commits = sum(({ counters }) => counters.commits);
    const seconds = sum(({ load }) => load.seconds);
    const waiting = sum(({ counters }) => counters.commitMs);
    rows.push(
      against(
        `${name}: ratio`,
        ratio,
        { atLeast: goal },
        digits,
        `${digits(median(all.map((run) => run.service)))} a second`,
      ),
      {
        what: `${name}: latency`,
        result: `p50 ${ms(percentile(latencies, 0.5))}, p99 ${ms(percentile(latencies, 0.99))}`,
      },
      {
        what: `${name}: commits`,
        result:
          `${digits(sum(({ counters }) => counters.events) / commits)} entries each, ` +
          `${ms(waiting / commits)} each, ${digits(waiting / seconds / 10)} % of the time`,
      },
      {
        what: `${name}: cores used`,
        result:
          `service ${digits(sum(({ counters }) => counters.cpuMicros) / 1e6 / seconds)}, ` +
          `clients ${digits(median(all.map(({ load }) => load.ownCpu)))}`,
      },
    );
  }
  rows.push({ what: 'memory of the service right after', result: megabytes(rss) });
  return {
    title: 'Durable POST',
    how:
      `${sizes.clients} clients, each request with its own key and one line; ` +
      `${sizes.rounds} rounds of ${sizes.loadSeconds} s by turns with an empty POST of the same ` +
      'framework (same parser, same body class and validation, no guard, nothing recorded). ' +
      'The ratio is the median of the pairs.',
    rows,
  };
}

function rate({ answered, seconds }: Load): number {
  return answered / seconds;
}

function anyState(): string {
  return states[chance.whole(0, states.length - 1)] ?? 'XXA';
}

/** Enough of everything for all destructions, long ago. */
function stock(state: string): string {
  const lines = Array.from({ length: places.places }, (_, n) => ({
    ...placeOf({ ...places, state, entries: 0 }, n),
    quantity: 1_000_000_000,
  }));
  return request(state, 'inventories', {
    effectiveDate: dayAt(0),
    basis: 'declared',
    adds: true,
    lines,
  });
}

function inventory(state: string): string {
  return request(state, 'inventories', {
    effectiveDate: someDay(),
    basis: 'declared',
    adds: true,
    lines: [someLine(state)],
    reference: 'V-2004-17',
  });
}

function destruction(state: string): string {
  return request(state, 'destructions', {
    effectiveDate: someDay(),
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range East',
    method: 'open detonation',
    lines: [someLine(state)],
  });
}

function someLine(state: string) {
  const place = placeOf({ ...places, state, entries: 0 }, chance.whole(0, places.places - 1));
  return { ...place, quantity: chance.whole(1, 20) };
}

/** One of the last 365 days of the years that the books cover. */
function someDay(): string {
  return dayAt((Date.parse(lastDay) - Date.parse(dayAt(0))) / 86_400_000 - chance.whole(0, 364));
}

function request(state: string, path: string, body: object): string {
  const headers = { Authorization: `Bearer ${key}`, 'Idempotency-Key': randomUUID() };
  return post(`/v1/states/${state}/${path}`, headers, JSON.stringify(body));
}
