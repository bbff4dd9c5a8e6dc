import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore } from './event-store.ts';
import { EventTooLarge, StoreUnavailable, WrongExpectedRevision } from './errors.ts';
import { limits } from '../limits.ts';
import {
  appendWithRetries,
  event,
  events,
  Follower,
  idsOf,
  newStream,
  plain,
  readEverything,
} from './contract-support.ts';
import type { StoreUnderTest } from './contract-support.ts';

interface Context {
  store: EventStore;
  stream: string;
  /** Closes the store and opens it again, or keeps it where the engine can't. */
  reopen(): Promise<void>;
}

/**
 * What every event store does, whatever its engine: positions are only compared, what a feed brings
 * is waited for, and no test relies on being alone in the log behind the head it started from.
 */
export function eventStoreContract(name: string, openStore: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of an event store`, () => {
    let opened: StoreUnderTest;
    const context: Context = {
      store: undefined as unknown as EventStore,
      stream: '',
      async reopen() {
        if (opened.reopen !== undefined) context.store = await opened.reopen();
      },
    };

    beforeEach(async () => {
      opened = await openStore();
      context.store = opened.store;
      context.stream = newStream();
    });

    afterEach(async () => {
      await context.store.close();
      await opened.cleanup();
    });

    describe('expected revisions', () => expectedRevisions(context));
    describe('what is kept', () => whatIsKept(context));
    describe('repeated appends', () => repeatedAppends(context));
    describe('concurrent appends', () => concurrentAppends(context));
    describe('reading', () => reading(context));
    describe('the feed', () => theFeed(context));
    describe('closing', () => closing(context));
  });
}

function expectedRevisions(context: Context): void {
  it('gives the events of a new stream the revisions from 0 on', async () => {
    const { store, stream } = context;
    const { events: first } = await store.append(stream, 'no-stream', events(2));
    const { events: second } = await store.append(stream, 1, events(1));
    expect([...first, ...second].map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(first.every((stored) => stored.stream === stream)).toBe(true);
  });

  it('refuses an append to a stream that does not exist, and says that it does not', async () => {
    const { store, stream } = context;
    const refusal = store.append(stream, 0, events(1));
    await expect(refusal).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(refusal).rejects.toMatchObject({ stream, expected: 0, actual: 'no-stream' });
    expect(await store.readStream(stream, 0, 10)).toEqual([]);
  });

  it('refuses a new stream where there is one, and says where it is', async () => {
    const { store, stream } = context;
    await store.append(stream, 'no-stream', events(3));
    const refusal = store.append(stream, 'no-stream', events(1));
    await expect(refusal).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(refusal).rejects.toMatchObject({ expected: 'no-stream', actual: 2 });
  });

  it.each([0, 2, 7])('refuses revision %p of a stream that is at 1', async (expected) => {
    const { store, stream } = context;
    await store.append(stream, 'no-stream', events(2));
    const refusal = store.append(stream, expected, events(1));
    await expect(refusal).rejects.toBeInstanceOf(WrongExpectedRevision);
    await expect(refusal).rejects.toMatchObject({ expected, actual: 1 });
    expect(await store.readStream(stream, 0, 10)).toHaveLength(2);
  });

  it('records all events of an append or none', async () => {
    const { store, stream } = context;
    await store.append(stream, 'no-stream', events(1));
    await expect(store.append(stream, 3, events(5))).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(await store.readStream(stream, 0, 10)).toHaveLength(1);
    const five = events(5);
    await store.append(stream, 0, five);
    expect(idsOf(await store.readStream(stream, 1, 10))).toEqual(idsOf(five));
  });
}

function whatIsKept(context: Context): void {
  it('gives back the exact bytes, type and id, also after it was opened again', async () => {
    const { stream } = context;
    const bytes = Uint8Array.from({ length: 512 }, (_, index) => index % 256);
    const given = [event(bytes, 'every-byte-v1'), event(new Uint8Array(0)), event('{"größe":"٣"}')];
    const { events: stored } = await context.store.append(stream, 'no-stream', given);
    await context.reopen();
    const read = await context.store.readStream(stream, 0, 10);
    expect(plain(read)).toEqual(plain(stored));
    expect(read.map(({ id, type }) => ({ id, type }))).toEqual(
      given.map(({ id, type }) => ({ id, type })),
    );
    expect(read.map(({ data }) => Buffer.from(data).toString('hex'))).toEqual(
      given.map(({ data }) => Buffer.from(data).toString('hex')),
    );
  });

  it('takes an event of two mebibytes', async () => {
    const { store, stream } = context;
    const data = Buffer.alloc(2 * 1024 * 1024, 'stockpile ');
    await store.append(stream, 'no-stream', [event(data)]);
    const [read] = await store.readStream(stream, 0, 1);
    expect(Buffer.compare(Buffer.from(read!.data), data)).toBe(0);
  });

  it('refuses an event above the limit, and everything appended with it', async () => {
    const { store, stream } = context;
    const tooLarge = event(new Uint8Array(limits.eventBytesMax + 1));
    const refusal = store.append(stream, 'no-stream', [event(), tooLarge]);
    await expect(refusal).rejects.toBeInstanceOf(EventTooLarge);
    expect(await store.readStream(stream, 0, 10)).toEqual([]);
  });
}

function repeatedAppends(context: Context): void {
  it('answers a repeated append with its original places and writes nothing', async () => {
    const { store, stream } = context;
    const given = events(3);
    const { events: first } = await store.append(stream, 'no-stream', given);
    const head = await store.head();
    const { events: again } = await store.append(stream, 'no-stream', given);
    expect(plain(again)).toEqual(plain(first));
    expect(await store.head()).toBe(head);
  });

  it('answers it so after the stream has moved on and the store was opened again', async () => {
    const { stream } = context;
    const given = events(2);
    await context.store.append(stream, 'no-stream', events(1));
    const { events: first } = await context.store.append(stream, 0, given);
    await context.store.append(stream, 2, events(4));
    await context.reopen();
    const { events: again } = await context.store.append(stream, 0, given);
    expect(plain(again)).toEqual(plain(first));
    expect(await context.store.readStream(stream, 0, 100)).toHaveLength(7);
  });

  it('answers a repetition of the leading events with their places', async () => {
    const { store, stream } = context;
    const given = events(3);
    const { events: first } = await store.append(stream, 'no-stream', given);
    const { events: again } = await store.append(stream, 'no-stream', given.slice(0, 2));
    expect(plain(again)).toEqual(plain(first.slice(0, 2)));
  });

  it('refuses a repetition that goes on differently, or longer', async () => {
    const { store, stream } = context;
    const given = events(2);
    await store.append(stream, 'no-stream', given);
    const different = store.append(stream, 'no-stream', [given[0]!, event()]);
    await expect(different).rejects.toBeInstanceOf(WrongExpectedRevision);
    const longer = store.append(stream, 'no-stream', [...given, event()]);
    await expect(longer).rejects.toBeInstanceOf(WrongExpectedRevision);
    expect(idsOf(await store.readStream(stream, 0, 10))).toEqual(idsOf(given));
  });

  it('answers two identical appends made at the same moment with one place', async () => {
    const { store, stream } = context;
    const given = events(2);
    const both = await Promise.all([
      store.append(stream, 'no-stream', given),
      store.append(stream, 'no-stream', given),
    ]);
    expect(plain(both[0].events)).toEqual(plain(both[1].events));
    expect(await store.readStream(stream, 0, 10)).toHaveLength(2);
  });
}

function concurrentAppends(context: Context): void {
  it('decides appends made one after another without waiting in the order made', async () => {
    const { store, stream } = context;
    const given = events(50);
    await Promise.all(
      given.map((one, index) => store.append(stream, index === 0 ? 'no-stream' : index - 1, [one])),
    );
    expect(idsOf(await store.readStream(stream, 0, 100))).toEqual(idsOf(given));
  });

  it('refuses what was made behind a refused append, even where the revision fits', async () => {
    const { store, stream } = context;
    await store.append(stream, 'no-stream', events(2));
    const outcomes = await Promise.allSettled([
      store.append(stream, 0, events(1)),
      store.append(stream, 1, events(1)),
      store.append(stream, 2, events(1)),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ reason: { name: 'WrongExpectedRevision' } });
    }
    expect(await store.readStream(stream, 0, 10)).toHaveLength(2);
    await store.append(stream, 1, events(1));
  });

  it('loses nothing when 64 writers share one stream and decide again', async () => {
    const { store, stream } = context;
    const given = events(64);
    const stored = await Promise.all(given.map((one) => appendWithRetries(store, stream, one)));
    const read = await store.readStream(stream, 0, 1_000);
    expect(read.map(({ revision }) => revision)).toEqual(given.map((_, index) => index));
    expect(idsOf(read).sort()).toEqual(idsOf(given).sort());
    for (const one of stored) expect(read[one.revision]!.id).toBe(one.id);
  });

  it('lets a refused append hurt none of the others', async () => {
    const { store, stream } = context;
    const others = Array.from({ length: 10 }, newStream);
    const [refused, ...accepted] = await Promise.allSettled([
      store.append(stream, 5, events(1)),
      ...others.map((other) => store.append(other, 'no-stream', events(2))),
    ]);
    expect(refused.status).toBe('rejected');
    expect(accepted.every(({ status }) => status === 'fulfilled')).toBe(true);
    for (const other of others) expect(await store.readStream(other, 0, 10)).toHaveLength(2);
  });
}

function reading(context: Context): void {
  it('knows no event of a stream that does not exist', async () => {
    expect(await context.store.readStream(context.stream, 0, 10)).toEqual([]);
  });

  it('reads a stream in pages', async () => {
    const { store, stream } = context;
    const given = events(7);
    await store.append(stream, 'no-stream', given);
    expect(idsOf(await store.readStream(stream, 0, 3))).toEqual(idsOf(given.slice(0, 3)));
    expect(idsOf(await store.readStream(stream, 3, 3))).toEqual(idsOf(given.slice(3, 6)));
    expect(idsOf(await store.readStream(stream, 6, 3))).toEqual(idsOf(given.slice(6)));
    expect(await store.readStream(stream, 7, 3)).toEqual([]);
  });

  it('orders the events of all streams by strictly increasing positions', async () => {
    const { store } = context;
    const start = await store.head();
    const streams = [newStream(), newStream(), newStream()];
    const appended: string[] = [];
    for (let round = 0; round < 6; round += 1) {
      const stream = streams[round % 3]!;
      const given = events(2);
      await store.append(stream, round < 3 ? 'no-stream' : 1, given);
      appended.push(...idsOf(given));
    }
    const all = await readEverything(store, start);
    expect(idsOf(all)).toEqual(appended);
    const sorted = all.map(({ position }) => position);
    expect(sorted.every((position, index) => position > (sorted[index - 1] ?? start))).toBe(true);
    expect(await store.head()).toBe(sorted.at(-1));
  });

  it('gives as many events of all streams as are asked for, each once', async () => {
    const { store, stream } = context;
    const start = await store.head();
    const given = events(1_300);
    await store.append(stream, 'no-stream', given.slice(0, 700));
    await store.append(stream, 699, given.slice(700));
    expect(idsOf(await store.readAll(start, 10_000))).toEqual(idsOf(given));
    expect(idsOf(await store.readAll(start, 1_100))).toEqual(idsOf(given.slice(0, 1_100)));
  });

  it('knows which event stands at a position, and where none does', async () => {
    const { store, stream } = context;
    const { events: stored } = await store.append(stream, 'no-stream', events(3));
    for (const one of stored)
      expect(plain([(await store.at(one.position))!])).toEqual(plain([one]));
    const { position } = stored.at(-1)!;
    expect(await store.at(position + 1_000_000n)).toBeUndefined();
    expect(await store.at(position + 1n)).toBeUndefined();
    expect(await store.at(0n)).toBeUndefined();
  });

  it('has its head at the last event, and keeps it when opened again', async () => {
    const before = await context.store.head();
    const { events: stored } = await context.store.append(context.stream, 'no-stream', events(3));
    const head = await context.store.head();
    expect(head).toBe(stored.at(-1)!.position);
    expect(head > before).toBe(true);
    await context.reopen();
    expect(await context.store.head()).toBe(head);
    expect(await context.store.readAll(head, 10)).toEqual([]);
  });
}

function theFeed(context: Context): void {
  it('brings what is there, then what comes, and agrees with reading', async () => {
    const { store, stream } = context;
    const start = await store.head();
    await store.append(stream, 'no-stream', events(5));
    const follower = new Follower(store.feed(start));
    await follower.until(5);
    await store.append(stream, 4, events(2));
    await Promise.all(events(10).map((one) => appendWithRetries(store, newStream(), one)));
    const seen = await follower.until(17);
    follower.subscription.unsubscribe();
    expect(plain(seen)).toEqual(plain(await readEverything(store, start)));
  });

  it('goes on behind the position it is given', async () => {
    const { store, stream } = context;
    const { events: stored } = await store.append(stream, 'no-stream', events(5));
    const follower = new Follower(store.feed(stored[2]!.position));
    await follower.until(2);
    const { events: later } = await store.append(stream, 4, events(1));
    expect(plain(await follower.until(3))).toEqual(plain([...stored.slice(3), ...later]));
    follower.subscription.unsubscribe();
  });

  it('brings nothing once unsubscribed, also from within a batch', async () => {
    const { store, stream } = context;
    const start = await store.head();
    const stopped: Follower = new Follower(store.feed(start), () => {
      stopped.subscription.unsubscribe();
    });
    const witness = new Follower(store.feed(start));
    await store.append(stream, 'no-stream', events(1));
    await stopped.until(1);
    await store.append(stream, 0, events(3));
    await witness.until(4);
    witness.subscription.unsubscribe();
    expect(stopped.seen).toHaveLength(1);
  });

  it('lets a subscriber append', async () => {
    const { store, stream } = context;
    const reply = newStream();
    const answers: Promise<unknown>[] = [];
    const follower: Follower = new Follower(store.feed(await store.head()), () => {
      if (answers.length === 0) answers.push(store.append(reply, 'no-stream', events(1)));
    });
    await store.append(stream, 'no-stream', events(1));
    const seen = await follower.until(2);
    await Promise.all(answers);
    follower.subscription.unsubscribe();
    expect(seen.map((one) => one.stream)).toEqual([stream, reply]);
  });
}

function closing(context: Context): void {
  it('finishes the appends under way and refuses new ones', async () => {
    const { store, stream } = context;
    const underWay = store.append(stream, 'no-stream', events(2));
    const closed = store.close();
    await expect(store.append(stream, 1, events(1))).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await underWay).events).toHaveLength(2);
    await closed;
    await store.close();
    await context.reopen();
    if (context.store !== store) {
      expect(await context.store.readStream(stream, 0, 10)).toHaveLength(2);
    }
  });
}
