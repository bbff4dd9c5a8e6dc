import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import {
  event,
  events,
  Follower,
  idsOf,
  newStream,
} from '../../src/event-store/contract-support.ts';
import {
  EventTooLarge,
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../../src/event-store/errors.ts';
import type { EventStore, NewEvent } from '../../src/event-store/event-store.ts';
import type { AppendFault, FakeServer } from './fake-server.ts';
import { newLedger, openOn, repeats, shortLimits, Stage } from './support.ts';

let stage: Stage;
let server: FakeServer;
let store: EventStore;
let stream: string;
const ledger = 'tested';

/** What the client lets go of, and what would end the process. */
const escaped: unknown[] = [];
const onEscape = (error: unknown): number => escaped.push(error);

beforeEach(async () => {
  process.on('unhandledRejection', onEscape).on('uncaughtException', onEscape);
  stage = new Stage();
  server = await stage.server();
  store = await stage.store(server, ledger);
  stream = newStream();
});

afterEach(async () => {
  await stage.end();
  await pause(20);
  process.off('unhandledRejection', onEscape).off('uncaughtException', onEscape);
  expect(escaped.splice(0)).toEqual([]);
  expect(server.batchCalls).toBe(0);
});

/** The ids that the server holds for a stream: the truth, whatever the store says. */
const held = (): string[] => idsOf(server.log.stream(`${ledger}.${stream}`));

/** Each repeated, to find what fails one time in a hundred. */
const times = Array.from({ length: repeats }, (_, n) => n + 1);

describe.each(times)('The defects of the client, round %p', () => {
  it('T1: a conflict tells where the stream is, and not 1', async () => {
    await store.append(stream, 'no-stream', events(42));
    const refusal = store.append(stream, 7, events(1));
    await expect(refusal).rejects.toMatchObject({ expected: 7, actual: 41 });
  });

  it('T2: one store losing its server does not touch another store of the process', async () => {
    const dying = await stage.server();
    const other = await stage.store(dying);
    dying.appendFaults.push('no-answer');
    const lost = other.append(newStream(), 'no-stream', events(1));
    const sound = store.append(stream, 'no-stream', events(1));
    while (dying.appends === 0) await pause(1);
    dying.kill();
    await sound;
    await expect(lost).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(held()).toHaveLength(1);
  });

  it('T3: what is not bytes is refused before the client sees it', async () => {
    const wrong = { ...event(), data: { quantity: 1n } } as unknown as NewEvent;
    await expect(store.append(stream, 'no-stream', [wrong])).rejects.toThrow('must be bytes');
    const noUuid = { ...event(), id: 'entry-1' };
    await expect(store.append(stream, 'no-stream', [noUuid])).rejects.toThrow('must be a UUID');
    expect(server.appends).toBe(0);
  });

  it('T4: a cluster that can’t be discovered at first is found when it is there', async () => {
    server.kill();
    const waiting: string[] = [];
    const opened = openOn([server.port, server.port], ledger, shortLimits, (why) =>
      waiting.push(why),
    );
    while (waiting.length === 0) await pause(20);
    expect(waiting[0]).toContain('Failed to discover');
    await server.start();
    const late = await opened;
    stage.onEnd(() => late.close());
    server.kill();
    await expect(late.append(stream, 'no-stream', events(1))).rejects.toThrow(/event store/);
    await server.start();
    await late.append(stream, 'no-stream', events(1));
  });

  it('T5: an append that is never answered has an outcome all the same', async () => {
    server.appendFaults.push('no-answer');
    const [given] = [events(1)];
    await store.append(stream, 'no-stream', given);
    expect(held()).toEqual(idsOf(given));
    server.appendFaults.push(...many('no-answer'));
    const never = store.append(stream, 0, events(1));
    await expect(never).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('T6: a feed asked for while the server is down begins when it is up', async () => {
    const start = await store.head();
    server.kill();
    const follower = new Follower(store.feed(start));
    await pause(100);
    await server.start();
    await store.append(stream, 'no-stream', events(3));
    expect(await follower.until(3)).toHaveLength(3);
    follower.subscription.unsubscribe();
  });

  it('T7: checkpoints do not hold the feed up, and it goes on from them', async () => {
    const follower = new Follower(store.feed(0n));
    const { events: stored } = await store.append(stream, 'no-stream', events(1));
    await follower.until(1);
    server.log.noise(200);
    server.subscribedFrom.length = 0;
    // Silence, and then it is asked for again: not from the last event but from the checkpoint.
    while (server.subscribedFrom.length === 0) await pause(20);
    expect(server.subscribedFrom[0]! > stored[0]!.position).toBe(true);
    await store.append(stream, 0, events(1));
    expect(await follower.until(2)).toHaveLength(2);
    follower.subscription.unsubscribe();
  });

  it('T8: after a restart of the server appends and feeds go on by themselves', async () => {
    const follower = new Follower(store.feed(0n));
    await store.append(stream, 'no-stream', events(2));
    await follower.until(2);
    server.kill();
    await expect(store.append(stream, 1, events(1))).rejects.toThrow(/event store/);
    const underWay = store.append(stream, 1, events(1));
    await server.start();
    await underWay;
    const seen = await follower.until(3);
    expect(idsOf(seen)).toEqual(held());
    follower.subscription.unsubscribe();
  });
});

/** More than an append has time for. */
function many(fault: AppendFault): AppendFault[] {
  return Array.from({ length: 1_000 }, () => fault);
}

describe.each(times)('An append that a server fails, round %p', () => {
  const passing: AppendFault[] = [
    ...(['lost-reply', 'lost-request', 'no-reply', 'no-answer'] as const),
    ...(['not-leader', 'not-ready', 'write-timeout'] as const),
  ];

  it.each(passing)('is recorded once when it passes: %s', async (fault) => {
    await store.append(stream, 'no-stream', events(1));
    server.appendFaults.push(fault, undefined as never, fault);
    const given = events(3);
    const { events: stored } = await store.append(stream, 0, given);
    const [one] = [event()];
    await store.append(stream, 3, [one]);
    expect(held().slice(1)).toEqual(idsOf([...given, one]));
    expect(stored.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(await store.at(stored[1]!.position)).toMatchObject({ id: given[1]!.id });
  });

  it('is found where it stands when no answer ever comes', async () => {
    server.appendFaults.push(...many('no-reply'));
    const given = events(2);
    const { events: stored } = await store.append(stream, 'no-stream', given);
    expect(idsOf(stored)).toEqual(idsOf(given));
    expect(held()).toEqual(idsOf(given));
  });

  it.each(['denied'] as const)('is not recorded when the server refuses us: %s', async (fault) => {
    server.appendFaults.push(fault);
    const refused = store.append(stream, 'no-stream', events(1));
    await expect(refused).rejects.toBeInstanceOf(StoreUnavailable);
    expect(held()).toEqual([]);
  });

  it('is of unknown outcome when it is refused only after an attempt that may stand', async () => {
    server.appendFaults.push('parked', ...many('denied'));
    const unknown = store.append(stream, 'no-stream', events(1));
    await expect(unknown).rejects.toBeInstanceOf(OutcomeUnknown);
    server.release();
    expect(held()).toHaveLength(1);
  });

  it('is too large when the server says so', async () => {
    server.appendFaults.push('too-large');
    const refused = store.append(stream, 'no-stream', events(1));
    await expect(refused).rejects.toBeInstanceOf(EventTooLarge);
    await expect(refused).rejects.toThrow('1048576');
  });

  it('is not called refused while an attempt of it may still be done', async () => {
    await store.append(stream, 'no-stream', events(1));
    // It expects a revision that the stream has not reached: others may bring it there later.
    server.appendFaults.push('parked');
    const early = store.append(stream, 2, events(1));
    await expect(early).rejects.toBeInstanceOf(OutcomeUnknown);
    await store.append(stream, 0, events(2));
    server.release();
    expect(held()).toHaveLength(4);
  });

  it('is refused for good once others stand at its place, whatever is parked', async () => {
    await store.append(stream, 'no-stream', events(1));
    const others = await stage.store(server, ledger);
    server.appendFaults.push('parked');
    const late = store.append(stream, 0, events(1));
    const first = others.append(stream, 0, events(1));
    const outcomes = await Promise.allSettled([late, first]);
    const kept = held();
    server.release();
    expect(held()).toEqual(kept);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { name: 'WrongExpectedRevision', actual: 1 },
    });
  });

  it('leaves those made behind it unsent when it has no outcome', async () => {
    server.appendFaults.push(...many('no-answer'));
    const [first, second, third] = await Promise.allSettled([
      store.append(stream, 'no-stream', events(1)),
      store.append(stream, 0, events(1)),
      store.append(stream, 1, events(1)),
    ]);
    expect(first).toMatchObject({ reason: { name: 'OutcomeUnknown' } });
    expect(second).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    expect(third).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    server.appendFaults.length = 0;
    await store.append(newStream(), 'no-stream', events(1));
    expect(held()).toEqual([]);
  });

  it('refuses no repetition that was sent together with something new', async () => {
    const given = events(3);
    await store.append(stream, 'no-stream', given);
    const [, again, more] = await Promise.all([
      store.append(newStream(), 'no-stream', events(1)),
      store.append(stream, 0, given.slice(1)),
      store.append(stream, 2, events(1)),
      store.append(stream, 'no-stream', given),
    ]);
    expect(idsOf(again.events)).toEqual(idsOf(given.slice(1)));
    expect(more.events[0]!.revision).toBe(3);
  });

  it('survives a frozen server', async () => {
    server.isFrozen = true;
    const given = events(1);
    const underWay = store.append(stream, 'no-stream', given);
    await pause(400);
    server.isFrozen = false;
    await underWay;
    expect(held()).toEqual(idsOf(given));
  });

  it('survives storms of conflicts', async () => {
    const stores = [store, await stage.store(server, ledger), await stage.store(server, ledger)];
    const write = async (one: EventStore, n: number): Promise<void> => {
      for (let at = -1; ;) {
        try {
          await one.append(stream, at < 0 ? 'no-stream' : at, [event(`writer ${n}`)]);
          return;
        } catch (error) {
          if (!(error instanceof WrongExpectedRevision)) throw error;
          at = error.actual === 'no-stream' ? -1 : error.actual;
        }
      }
    };
    await Promise.all(Array.from({ length: 30 }, (_, n) => write(stores[n % 3]!, n)));
    expect(new Set(held()).size).toBe(30);
    expect(held()).toHaveLength(30);
  });
});

describe.each(times)('A feed that a server fails, round %p', () => {
  it.each(['stalled', 'too-slow', 'doubled'] as const)(
    'brings everything once and in order: %s',
    async (fault) => {
      await store.append(stream, 'no-stream', events(30));
      server.feedFaults.push(fault, fault);
      const follower = new Follower(store.feed(0n));
      await follower.until(30);
      await store.append(stream, 29, events(5));
      expect(idsOf(await follower.until(35))).toEqual(held());
      follower.subscription.unsubscribe();
    },
  );

  it('is asked for again when the server freezes', async () => {
    const follower = new Follower(store.feed(0n));
    await store.append(stream, 'no-stream', events(1));
    await follower.until(1);
    server.isFrozen = true;
    await pause(900);
    server.isFrozen = false;
    await store.append(stream, 0, events(1));
    expect(idsOf(await follower.until(2))).toEqual(held());
    follower.subscription.unsubscribe();
  });

  it('refuses to begin where no event stands', async () => {
    const { events: stored } = await store.append(stream, 'no-stream', events(2));
    const follower = new Follower(store.feed(stored[0]!.position + 1n));
    await expect(follower.until(1)).rejects.toThrow('no event of this ledger stands at');
  });

  it('stops at an event that no ledger has written, and says which', async () => {
    await store.append(stream, 'no-stream', events(1));
    const foreign = { ...event('{}'), contentType: 'application/json' };
    server.log.append(`${ledger}.${stream}`, 0, [foreign]);
    const { position } = server.log.all.at(-1)!;
    const follower = new Follower(store.feed(0n));
    await follower.until(1);
    await expect(follower.until(2)).rejects.toThrow(`position ${position}`);
  });
});

describe.each(times)('A store that is closed or unreachable, round %p', () => {
  it('hands over what is under way, and closes although the server says nothing', async () => {
    new Follower(store.feed(0n));
    const underWay = store.append(stream, 'no-stream', events(2));
    const closed = store.close();
    expect((await underWay).events).toHaveLength(2);
    await closed;
    const other = await stage.store(server, newLedger());
    new Follower(other.feed(0n));
    await pause(50);
    server.isFrozen = true;
    const lost = other.append(stream, 'no-stream', events(1)).catch((error: unknown) => error);
    await other.close();
    expect(await lost).toBeInstanceOf(OutcomeUnknown);
  });

  it('says that it is unreachable, and takes it back', async () => {
    const failing = store as EventStore & { readonly failure?: Error };
    server.kill();
    await expect(store.append(stream, 'no-stream', events(1))).rejects.toThrow(/event store/);
    expect(failing.failure?.message).toContain('No connection established');
    await server.start();
    await store.append(stream, 'no-stream', events(1));
    expect(failing.failure).toBeUndefined();
  });
});
