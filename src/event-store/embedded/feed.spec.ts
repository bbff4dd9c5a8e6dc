import { afterEach, describe, expect, it } from '@jest/globals';
import { limits } from '../../limits.ts';
import { event, Follower } from '../contract-support.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';
import { filledFolder, newFolder, removeFolders } from './embedded-support.ts';

const count = limits.feedBatchEvents * 2 + 5;

describe('The feed of the embedded engine', () => {
  afterEach(removeFolders);

  it('catches up in batches, and lets other work have its turn between them', async () => {
    const store = await EmbeddedEventStore.open(await filledFolder(count));
    const order: string[] = [];
    const follower: Follower = new Follower(store.feed(0n), () => {
      order.push(`fed to ${follower.seen.length}`);
      setImmediate(() => order.push('other work'));
    });
    const seen = await follower.until(count);
    expect(order).toEqual([
      `fed to ${limits.feedBatchEvents}`,
      'other work',
      `fed to ${limits.feedBatchEvents * 2}`,
      'other work',
      `fed to ${count}`,
    ]);
    expect(seen.map(({ position }) => position)).toEqual(seen.map((_, index) => BigInt(index + 1)));
    await store.close();
  });

  it('loses and doubles nothing when appends come during the catch-up', async () => {
    const store = await EmbeddedEventStore.open(await filledFolder(count));
    const appends: Promise<unknown>[] = [];
    const follower = new Follower(store.feed(0n), () => {
      const revision = appends.length - 1;
      if (revision > 2) return;
      appends.push(store.append('stockpile-XXA', revision < 0 ? 'no-stream' : revision, [event()]));
    });
    const seen = await follower.until(count + 4);
    await Promise.all(appends);
    expect(seen.map(({ position }) => position)).toEqual(seen.map((_, index) => BigInt(index + 1)));
    await store.close();
  });

  it('ends a batch of large events early', async () => {
    const store = await EmbeddedEventStore.open(newFolder());
    const data = Buffer.alloc(limits.feedBatchBytesMax / 4);
    for (let revision = -1; revision < 4; revision += 1) {
      const expected = revision < 0 ? 'no-stream' : revision;
      await store.append('stockpile-XXA', expected, [event(data)]);
    }
    const sizes: number[] = [];
    const follower: Follower = new Follower(store.feed(0n), () => sizes.push(follower.seen.length));
    await follower.until(5);
    expect(sizes).toEqual([4, 5]);
    await store.close();
  });

  it('errors at a position that was damaged after the ledger was opened', async () => {
    let alter!: () => void;
    const store = await EmbeddedEventStore.open(await filledFolder(10), {
      onConnected: (database) => {
        alter = () => database.exec("UPDATE events SET type = 'altered' WHERE position = 4");
      },
    });
    alter();
    await expect(new Follower(store.feed(0n)).until(10)).rejects.toThrow('position 4 is damaged');
    await expect(store.readAll(3n, 1)).rejects.toThrow('position 4 is damaged');
    await store.close();
    expect(() => store.feed(0n).subscribe({ error: () => undefined })).not.toThrow();
  });
});
