import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StoreRefused } from '../errors.ts';
import { events } from '../contract-support.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';
import { killed, newFolder, processWithStore, removeFolders } from './embedded-support.ts';

describe('The folder of an embedded ledger', () => {
  afterEach(removeFolders);

  it('is refused to a second process while a first has it open, and named', async () => {
    const folder = newFolder();
    const holder = await processWithStore(folder);
    try {
      const second = EmbeddedEventStore.open(folder);
      await expect(second).rejects.toBeInstanceOf(StoreRefused);
      await expect(second).rejects.toThrow(
        `another process has this ledger open (folder ${folder}): process ${holder.pid}`,
      );
    } finally {
      await killed(holder);
    }
  });

  it('is free again when its process was killed, with all that was acknowledged', async () => {
    const folder = newFolder();
    const work = `for (let n = 0; n < 20; n += 1) {
      const event = { id: 'id-' + n, type: 'tested-v1', data: Buffer.from('data ' + n) };
      await store.append('stockpile-XXA', n === 0 ? 'no-stream' : n - 1, [event]);
    }`;
    await killed(await processWithStore(folder, work));
    const store = await EmbeddedEventStore.open(folder);
    expect(await store.head()).toBe(20n);
    const [last] = await store.readStream('stockpile-XXA', 19, 1);
    expect(Buffer.from(last!.data).toString()).toBe('data 19');
    await store.close();
  });

  it('is refused to a second store of the same process, also by another path', async () => {
    const folder = newFolder();
    const link = join(newFolder(), 'link');
    symlinkSync(folder, link);
    const store = await EmbeddedEventStore.open(folder);
    await expect(EmbeddedEventStore.open(folder)).rejects.toThrow('has this ledger open');
    await expect(EmbeddedEventStore.open(link)).rejects.toThrow('has this ledger open');
    await store.append('stockpile-XXA', 'no-stream', events(1));
    await store.close();
    await (await EmbeddedEventStore.open(folder)).close();
  });

  it('is made where it does not exist', async () => {
    const store = await EmbeddedEventStore.open(join(newFolder(), 'in', 'depth'));
    expect(await store.head()).toBe(0n);
    await store.close();
  });

  it('is refused where it is a file, lies below a file or can’t be made', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, 'text');
    for (const path of [file, join(file, 'below'), '/proc/no-ledger']) {
      const opening = EmbeddedEventStore.open(path);
      await expect(opening).rejects.toBeInstanceOf(StoreRefused);
      await expect(opening).rejects.toThrow(`the folder ${path} can't hold a ledger`);
    }
  });

  it('is refused where the lock is not usable, and says that it may be deleted', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'lock.db'));
    await expect(EmbeddedEventStore.open(folder)).rejects.toThrow("can't be locked: lock.db");
  });
});
