import type { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from '@jest/globals';
import { limits } from '../../limits.ts';
import { event, events, Follower, idsOf, newStream } from '../contract-support.ts';
import { EventTooLarge, OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import type { CommitHook } from './commit-queue.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';
import { newFolder, removeFolders } from './embedded-support.ts';

function failure(errcode: number, message: string): Error {
  return Object.assign(new Error(message), { errcode });
}

/** A store whose commits a test can watch and fail, and whose disk it can fill. */
async function openWatched(folder = newFolder()) {
  let database!: DatabaseSync;
  const watched = {
    commits: 0,
    onCommit: ((commit) => commit()) as CommitHook,
    pages: (most: number) => database.exec(`PRAGMA max_page_count = ${most}`),
    folder,
  };
  const store = await EmbeddedEventStore.open(folder, {
    onConnected: (connection) => (database = connection),
    commitHook: (commit) => {
      watched.commits += 1;
      watched.onCommit(commit);
    },
  });
  return { store, watched };
}

describe('Group commit of the embedded engine', () => {
  afterEach(removeFolders);

  it('lets all appends of one turn share one commit', async () => {
    const { store, watched } = await openWatched();
    await Promise.all(events(300).map((one) => store.append(newStream(), 'no-stream', [one])));
    expect(watched.commits).toBe(1);
    expect(await store.head()).toBe(300n);
    await store.close();
  });

  it('puts no more into one commit than the limit', async () => {
    const { store, watched } = await openWatched();
    const many = limits.commitAppendsMax * 2 + 1;
    await Promise.all(events(many).map((one) => store.append(newStream(), 'no-stream', [one])));
    expect(watched.commits).toBe(3);
    await store.close();
  });

  it('answers an append, and shows it to the feed, only after its commit', async () => {
    const { store, watched } = await openWatched();
    const order: string[] = [];
    watched.onCommit = (commit) => {
      order.push('before the commit');
      commit();
      order.push('after the commit');
    };
    const follower = new Follower(store.feed(0n), () => order.push('fed'));
    const append = store
      .append('stockpile-XXA', 'no-stream', events(1))
      .then(() => order.push('answered'));
    await Promise.all([append, follower.until(1)]);
    expect(order).toEqual(['before the commit', 'after the commit', 'answered', 'fed']);
    await store.close();
  });

  it('commits nothing when every append is refused or repeated', async () => {
    const { store, watched } = await openWatched();
    const given = events(2);
    await store.append('stockpile-XXA', 'no-stream', given);
    await store.append('stockpile-XXA', 'no-stream', given);
    await expect(store.append('stockpile-XXA', 7, events(1))).rejects.toThrow();
    expect(watched.commits).toBe(1);
    await store.close();
  });

  it('refuses appends beyond the queue, and takes them again when it is empty', async () => {
    const { store } = await openWatched();
    const waiting = events(limits.commitQueueMax).map((one) =>
      store.append(newStream(), 'no-stream', [one]),
    );
    await expect(store.append(newStream(), 'no-stream', events(1))).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    await Promise.all(waiting);
    await store.append(newStream(), 'no-stream', events(1));
    await store.close();
  });

  it('refuses what waits behind more bytes than may wait', async () => {
    const { store } = await openWatched();
    const data = new Uint8Array(limits.eventBytesMax + 1);
    const fit = Math.floor(limits.commitQueueBytesMax / data.length);
    const attempts = await Promise.allSettled(
      Array.from({ length: fit + 1 }, () => store.append(newStream(), 'no-stream', [event(data)])),
    );
    const reasons = attempts.map((one) => (one.status === 'rejected' ? (one.reason as Error) : 0));
    expect(reasons.filter((one) => one instanceof EventTooLarge)).toHaveLength(fit);
    expect(reasons.filter((one) => one instanceof StoreUnavailable)).toHaveLength(1);
    await store.close();
  });

  it('calls an id that stands elsewhere, or twice in one append, a mistake', async () => {
    const { store } = await openWatched();
    const [one] = events(1);
    await store.append('stockpile-XXA', 'no-stream', [one!]);
    await expect(store.append('stockpile-XXB', 'no-stream', [one!])).rejects.toThrow(
      'stands already at position 1',
    );
    const other = event();
    await expect(store.append('stockpile-XXB', 'no-stream', [other, other])).rejects.toThrow(
      'occurs twice',
    );
    await expect(store.append('stockpile-XXB', 'no-stream', [])).rejects.toThrow('no events');
    await expect(store.append('stockpile-XXB', -1, events(1))).rejects.toThrow('no revision');
    await store.close();
  });
});

describe('A failing commit of the embedded engine', () => {
  afterEach(removeFolders);

  it('refuses every append of a full disk, and goes on when there is space again', async () => {
    const { store, watched } = await openWatched();
    await store.append('stockpile-XXA', 'no-stream', events(1));
    const follower = new Follower(store.feed(0n));
    watched.pages(1);
    const big = event(Buffer.alloc(100_000));
    const outcomes = await Promise.allSettled([
      store.append('stockpile-XXA', 0, events(2)),
      store.append('stockpile-XXB', 'no-stream', [event(), big]),
      store.append('stockpile-XXC', 4, events(1)),
    ]);
    for (const outcome of outcomes) {
      const reason = (outcome as PromiseRejectedResult).reason as Error;
      expect(reason).toBeInstanceOf(StoreUnavailable);
      expect(reason.message).toMatch(/full/);
    }
    expect(store.failure).toBeUndefined();
    expect(await store.head()).toBe(1n);
    expect(await store.readStream('stockpile-XXB', 0, 10)).toEqual([]);
    watched.pages(1_000_000);
    await store.append('stockpile-XXB', 'no-stream', [big]);
    expect((await follower.until(2)).map(({ position }) => position)).toEqual([1n, 2n]);
    await store.close();
    await (await EmbeddedEventStore.open(watched.folder)).close();
  });

  it('undoes a commit that certainly failed', async () => {
    const { store, watched } = await openWatched();
    watched.onCommit = () => {
      throw failure(13, 'database or disk is full');
    };
    const given = events(1);
    await expect(store.append('stockpile-XXA', 'no-stream', given)).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    watched.onCommit = (commit) => commit();
    const { events: stored } = await store.append('stockpile-XXA', 'no-stream', given);
    expect(stored[0]!.position).toBe(1n);
    await store.close();
  });

  it('calls the outcome unknown after an I/O error, and takes nothing until restarted', async () => {
    const { store, watched } = await openWatched();
    await store.append('stockpile-XXA', 'no-stream', events(1));
    const follower = new Follower(store.feed(0n));
    await follower.until(1);
    watched.onCommit = () => {
      throw failure(1034, 'disk I/O error');
    };
    const [unknown, refused] = await Promise.allSettled([
      store.append('stockpile-XXA', 0, events(1)),
      store.append('stockpile-XXA', 5, events(1)),
    ]);
    expect((unknown as PromiseRejectedResult).reason).toBeInstanceOf(OutcomeUnknown);
    expect((refused as PromiseRejectedResult).reason).toBeInstanceOf(StoreUnavailable);
    expect(store.failure?.message).toMatch(/disk I\/O error.*restart/);
    const later = store.append('stockpile-XXB', 'no-stream', events(1));
    await expect(later).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(later).rejects.toThrow('restart');
    expect(await store.head()).toBe(1n);
    expect(follower.seen).toHaveLength(1);
    await store.close();
  });

  it('answers the repeated append after the restart, when it was recorded after all', async () => {
    const { store, watched } = await openWatched();
    watched.onCommit = (commit) => {
      commit();
      throw failure(1034, 'disk I/O error');
    };
    const given = events(2);
    await expect(store.append('stockpile-XXA', 'no-stream', given)).rejects.toBeInstanceOf(
      OutcomeUnknown,
    );
    await store.close();
    const again = await EmbeddedEventStore.open(watched.folder);
    const { events: stored } = await again.append('stockpile-XXA', 'no-stream', given);
    expect(stored.map(({ position }) => position)).toEqual([1n, 2n]);
    expect(idsOf(await again.readAll(0n, 10))).toEqual(idsOf(given));
    await again.close();
  });

  it('refuses what was made behind a failed batch, even where the revision fits', async () => {
    const { store, watched } = await openWatched();
    const filling = events(limits.commitAppendsMax - 1).map((one) =>
      store.append(newStream(), 'no-stream', [one]),
    );
    watched.onCommit = () => {
      watched.onCommit = (commit) => commit();
      throw failure(13, 'database or disk is full');
    };
    const lost = store.append('stockpile-XXA', 'no-stream', events(1));
    const other = store.append('stockpile-XXA', 'no-stream', events(1));
    const behindLost = store.append('stockpile-XXA', 0, events(1));
    const outcomes = await Promise.allSettled([...filling, lost, other, behindLost]);
    expect(outcomes.slice(-3).map(({ status }) => status)).toEqual([
      'rejected',
      'fulfilled',
      'rejected',
    ]);
    await store.close();
  });
});
