import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plain } from '../contract-support.ts';
import { StoreRefused } from '../errors.ts';
import { EmbeddedEventStore } from './embedded-event-store.ts';
import {
  copyOf,
  filledFolder,
  fingerprint,
  killed,
  newFolder,
  processWithStore,
  removeFolders,
} from './embedded-support.ts';

const eventCount = 600;

async function refusalOf(folder: string): Promise<string> {
  const before = fingerprint(folder);
  const error = await EmbeddedEventStore.open(folder).then(
    async (store) => {
      await store.close();
      return undefined;
    },
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StoreRefused);
  expect(fingerprint(folder)).toEqual(before);
  return (error as StoreRefused).message;
}

function flip(file: string, offset: number): void {
  const bytes = readFileSync(file);
  bytes[offset]! ^= 0x10;
  writeFileSync(file, bytes);
}

/** Offset of a page of one tree of the log, taken from the middle of the tree. */
function pageOf(file: string, tree: string): number {
  const database = new DatabaseSync(file);
  const row = database
    .prepare(
      "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 2",
    )
    .get(tree);
  database.close();
  return (Number(row!['pageno']) - 1) * 4096;
}

function change(folder: string, sql: string): void {
  const database = new DatabaseSync(join(folder, 'log.db'));
  database.exec(sql);
  database.close();
}

describe('Opening a damaged embedded ledger', () => {
  let sound: string;
  beforeAll(async () => {
    sound = await filledFolder(eventCount);
  });
  afterAll(removeFolders);

  it('names the position of an event whose bytes have changed', async () => {
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    flip(file, readFileSync(file).indexOf('event 416') + 6);
    expect(await refusalOf(folder)).toContain('the event at position 417 does not match');
  });

  it('says what to do, and that nothing was changed', async () => {
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    flip(file, readFileSync(file).indexOf('event 333') + 6);
    const message = await refusalOf(folder);
    expect(message).toContain(`the ledger in ${folder} is damaged`);
    expect(message).toContain('Nothing was changed');
    expect(message).toContain('from a backup');
  });

  it.each(['stream', 'type', 'id', 'revision'])('notices an altered %s', async (column) => {
    const folder = copyOf(sound);
    const value = column === 'revision' ? '9999' : "'altered'";
    change(folder, `UPDATE events SET ${column} = ${value} WHERE position = 77`);
    expect(await refusalOf(folder)).toContain('the event at position 77 does not match');
  });

  it('names the first position that can’t be read when a page of events is broken', async () => {
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    const page = pageOf(file, 'events');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, page, page + 4096);
    writeFileSync(file, bytes);
    expect(await refusalOf(folder)).toMatch(
      /position \d+ is the first that can't be read .*malformed/,
    );
  });

  it.each(['events_by_id', 'events_by_stream'])('notices a changed page of %s', async (index) => {
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    const page = pageOf(file, index);
    // The first of the page's cells that are in use; the rest of a page may be waste.
    const cell = readFileSync(file).readUInt16BE(page + 8);
    flip(file, page + cell + 8);
    expect(await refusalOf(folder)).toContain('its structure is broken');
  });

  it.each([
    ['name of the format', 3],
    ['page size', 16],
    ['application id', 70],
    ['version of the format', 62],
    ['text of the tables', 4050],
  ])('refuses a file whose %s has changed', async (_name, offset) => {
    const folder = copyOf(sound);
    flip(join(folder, 'log.db'), offset);
    await refusalOf(folder);
  });

  it('either refuses a changed byte, wherever it is, or reads every event unharmed', async () => {
    const store = await EmbeddedEventStore.open(copyOf(sound));
    const all = plain(await store.readAll(0n, eventCount));
    await store.close();
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    const bytes = readFileSync(file);
    let refused = 0;
    for (let offset = 17; offset < bytes.length; offset += 1_733) {
      writeFileSync(file, bytes);
      flip(file, offset);
      try {
        const opened = await EmbeddedEventStore.open(folder);
        expect(plain(await opened.readAll(0n, eventCount))).toEqual(all);
        await opened.close();
      } catch (error) {
        expect(error).toBeInstanceOf(StoreRefused);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(30);
  });

  it('names the first missing position of a file that was cut off', async () => {
    const folder = copyOf(sound);
    const file = join(folder, 'log.db');
    truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096);
    expect(await refusalOf(folder)).toMatch(/position \d+ is the first that can't be read/);
  });

  it('names a position whose event was deleted', async () => {
    const folder = copyOf(sound);
    change(folder, 'DELETE FROM events WHERE position = 300');
    expect(await refusalOf(folder)).toContain('the event at position 300 is missing');
  });

  it('refuses a store that a newer version wrote', async () => {
    const folder = copyOf(sound);
    change(folder, 'PRAGMA user_version = 2');
    expect(await refusalOf(folder)).toContain('was written by a newer version');
  });

  it('refuses the database of another program', async () => {
    const folder = newFolder();
    change(folder, 'PRAGMA application_id = 7; CREATE TABLE other (x)');
    expect(await refusalOf(folder)).toContain('the database of another program');
  });

  it('refuses a log that is text, empty, a folder, or missing beside its side file', async () => {
    const folder = newFolder();
    const file = join(folder, 'log.db');
    writeFileSync(file, 'this is not a ledger');
    expect(await refusalOf(folder)).toContain('log.db is not a database');
    writeFileSync(file, '');
    expect(await refusalOf(folder)).toContain('log.db is empty');
    writeFileSync(`${file}-wal`, Buffer.alloc(8_000, 1));
    expect(await refusalOf(folder)).toContain('while log.db-wal stands beside it');
    rmSync(file);
    expect(await refusalOf(folder)).toContain('log.db is missing');
    rmSync(`${file}-wal`);
    writeFileSync(`${file}-journal`, 'x');
    expect(await refusalOf(folder)).toContain('log.db is missing');
  });
});

describe('Opening an embedded ledger after a crash', () => {
  let crashed: string;
  const walBytes = () => statSync(join(crashed, 'log.db-wal')).size;
  beforeAll(async () => {
    crashed = newFolder();
    const work = `for (let n = 0; n < 30; n += 1) {
      const event = { id: 'id-' + n, type: 'tested-v1', data: Buffer.alloc(5000, 'data') };
      await store.append('stockpile-XXA', n === 0 ? 'no-stream' : n - 1, [event]);
    }`;
    await killed(await processWithStore(crashed, work));
  });
  afterAll(removeFolders);

  it('recovers what stands in the write-ahead file', async () => {
    const store = await EmbeddedEventStore.open(copyOf(crashed));
    expect(await store.head()).toBe(30n);
    await store.close();
  });

  it('takes a last transaction that was torn as never made', async () => {
    const folder = copyOf(crashed);
    truncateSync(join(folder, 'log.db-wal'), walBytes() - 1_000);
    const store = await EmbeddedEventStore.open(folder);
    expect(await store.head()).toBe(29n);
    await store.close();
  });

  it('refuses a write-ahead file damaged in the middle, naming the first lost position', async () => {
    const folder = copyOf(crashed);
    flip(join(folder, 'log.db-wal'), Math.floor(walBytes() / 2));
    expect(await refusalOf(folder)).toMatch(
      /log\.db-wal is damaged: position 1\d is the first that can't be read/,
    );
  });

  it('refuses a write-ahead file whose header is damaged', async () => {
    const folder = copyOf(crashed);
    flip(join(folder, 'log.db-wal'), 18);
    expect(await refusalOf(folder)).toContain('the header of log.db-wal');
  });

  it('changes nothing when the database below a write-ahead file is damaged', async () => {
    const folder = copyOf(crashed);
    flip(join(folder, 'log.db'), 3);
    expect(await refusalOf(folder)).toContain('not a database');
    rmSync(join(folder, 'log.db-shm'), { force: true });
    const other = copyOf(folder);
    flip(join(other, 'log.db'), 3);
    const file = join(other, 'log.db-wal');
    const bytes = readFileSync(file);
    flip(file, bytes.indexOf('datadata') - 40);
    await refusalOf(other);
  });
});
