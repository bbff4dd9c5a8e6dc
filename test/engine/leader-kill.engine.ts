import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { event, Follower, idsOf } from '../../src/event-store/contract-support.ts';
import {
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../src/event-store/errors.ts';
import type { EventStore, NewEvent, StoredEvent } from '../../src/event-store/event-store.ts';
import { readConnection } from '../../src/event-store/eventstoredb/connection.ts';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.ts';
import { Nodes } from './nodes.ts';
import { withLedger } from '../support/engine.ts';

const command = process.env['STOCKPILE_TEST_EVENTSTOREDB_COMMAND'] ?? '';
const faults = Number(process.env['STOCKPILE_TEST_LEADER_KILLS'] ?? 4);
const writersPerStream = 3;
/** Milliseconds within which a cluster that lost its leader must answer writers again. */
const answersWithinMs = 120_000;

/** What the writers were told, by id of the event. */
const acknowledged = new Map<string, StoredEvent>();
const refused = new Set<string>();
const unknown = new Set<string>();
let over = false;

/** Appends one event after another to a stream that others write to as well. */
async function write(store: EventStore, stream: string): Promise<void> {
  for (let at = -1; !over;) {
    const one = event(`${stream} ${at}`);
    at = (await tell(store, stream, at, one)) ?? (await revisionOf(store, stream, at));
  }
}

/** Where the stream is; as it was when nobody answers. */
async function revisionOf(store: EventStore, stream: string, before: number): Promise<number> {
  try {
    return (await store.readStream(stream, before + 1, 10_000)).at(-1)?.revision ?? before;
  } catch (error) {
    if (error instanceof StoreUnavailable) return before;
    throw error;
  }
}

/** Where the stream is now, undefined when that has to be read. */
async function tell(store: EventStore, stream: string, at: number, one: NewEvent) {
  try {
    const { events } = await store.append(stream, at < 0 ? 'no-stream' : at, [one]);
    acknowledged.set(one.id, events[0]!);
    return events[0]!.revision;
  } catch (error) {
    if (error instanceof WrongExpectedRevision) {
      refused.add(one.id);
      return error.actual === 'no-stream' ? -1 : error.actual;
    }
    if (error instanceof OutcomeUnknown) unknown.add(one.id);
    else if (!(error instanceof StoreUnavailable)) throw error;
    await pause(20);
    return undefined;
  }
}

const perhaps = command === '' ? describe.skip : describe;

perhaps('A cluster of three whose leader is killed and frozen under load', () => {
  let nodes: Nodes;
  const stores: EventStore[] = [];

  beforeAll(async () => {
    nodes = await Nodes.start(command, 3);
    const connection = readConnection(withLedger(nodes.connection, 'killed'));
    for (let n = 0; n < 2; n += 1) {
      stores.push(await EventStoreDBEventStore.open(connection, () => undefined));
    }
  }, 300_000);

  afterAll(async () => {
    for (const store of stores) await store.close();
    nodes?.stop();
  });

  it('loses nothing, doubles nothing, and tells no untruth', async () => {
    const streams = ['stockpile-XXA', 'stockpile-XXB', 'stockpile-XXC'];
    const follower = new Follower(stores[0]!.feed(0n));
    const writing = Array.from({ length: writersPerStream * streams.length }, (_, n) =>
      write(stores[n % stores.length]!, streams[n % streams.length]!),
    );
    // A writer that ends by itself ends the test, which would wait for it for ever.
    const failed = Promise.all(writing);
    const outages: number[] = [];
    try {
      for (let n = 0; n < faults; n += 1) {
        await Promise.race([failed, more(50, `before fault ${n}`)]);
        const leader = await nodes.leader();
        const since = performance.now();
        if (n % 2 === 0) leader.kill();
        else leader.freeze();
        await Promise.race([failed, more(20, `during fault ${n}`)]);
        outages.push(performance.now() - since);
        if (n % 2 === 0) leader.start();
        else leader.thaw();
        for (const node of nodes.nodes) await node.healthy();
      }
      await Promise.race([failed, more(50, 'after the last fault')]);
    } finally {
      // Also after a failure: writers that nobody stops would keep the run from ending.
      over = true;
    }
    await failed;

    const all = await readLog(stores[0]!);
    const seen = await follower.until(all.length);
    follower.subscription.unsubscribe();
    process.stdout.write(
      `leader: ${faults} faults, ${acknowledged.size} acknowledged, ${refused.size} refused, ` +
        `${unknown.size} of unknown outcome, longest until the next answer ${Math.max(...outages).toFixed(0)} ms\n`,
    );
    judge(all, seen);
  }, 3_600_000);

  /** Waits until so many more were acknowledged. @throws Error when that takes too long */
  async function more(count: number, when: string): Promise<void> {
    const wanted = acknowledged.size + count;
    const until = performance.now() + answersWithinMs;
    while (acknowledged.size < wanted) {
      if (over) return;
      if (performance.now() > until) {
        const missing = wanted - acknowledged.size;
        throw new Error(`${when}: ${missing} of ${count} answers missing; ${await nodes.states()}`);
      }
      await pause(20);
    }
  }
});

async function readLog(store: EventStore): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll(all.at(-1)?.position ?? 0n, 1_000);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

function judge(all: readonly StoredEvent[], seen: readonly StoredEvent[]): void {
  const standing = new Map(all.map((stored) => [stored.id, stored]));
  expect(standing.size).toBe(all.length);
  for (const [id, told] of acknowledged) {
    const { stream, revision, position } = standing.get(id) ?? ({} as Partial<StoredEvent>);
    expect({ stream, revision, position }).toEqual({
      ...{ stream: told.stream, revision: told.revision, position: told.position },
    });
  }
  for (const id of refused) expect(standing.has(id)).toBe(false);
  const unaccounted = all.filter(({ id }) => !acknowledged.has(id) && !unknown.has(id));
  expect(unaccounted).toEqual([]);
  expect(idsOf(seen)).toEqual(idsOf(all));
}
