import { createReadStream, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import type { Context } from '../context.ts';
import { batchEvents } from '../data/ledgers.ts';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.ts';
import { Journal } from '../../src/journal/journal.ts';
import { emptyBook } from '../../src/ledger/book.ts';
import { bookStreamPrefix, decodeEntry } from '../../src/ledger/event-codec.ts';
import { evolve, RunningBook } from '../../src/ledger/running-book.ts';
import { byTurns, digits, median, megabytes, ms, timed } from '../output/numbers.ts';
import { against, type Row, type Section } from '../output/report.ts';

const page = 1_000;

/** Reading the log back: into a book, into a new journal, and through its check at the start. */
export async function measureReplay(context: Context): Promise<Section> {
  const { replayed, pairs } = context.sizes;
  const { folder } = context.ledgers.long;
  const file = join(folder, 'log.db');
  const store = await EmbeddedEventStore.open(folder);
  const times = await byTurns(
    pairs,
    () => readAndParse(file, replayed),
    () => replay(store, replayed),
  );
  const journalMs = await rebuild(store, join(context.folder, 'rebuilt.db'), replayed);
  await store.close();
  const rows: Row[] = [
    against(
      `replay of ${digits(replayed)} events: ratio to bare reading and parsing`,
      median(times.map(([bare, ours]) => bare / ours)),
      { atLeast: 0.5 },
      digits,
    ),
    {
      what: 'bare reading and parsing',
      result: perSecond(
        replayed,
        times.map(([bare]) => bare),
      ),
    },
    {
      what: 'replay into a book',
      result: perSecond(
        replayed,
        times.map(([, ours]) => ours),
      ),
    },
    {
      what: `journal rebuilt from the log in batches of ${digits(page)}, the first ${digits(replayed)} events`,
      result: perSecond(replayed, [journalMs]),
    },
    ...(['types12', 'types12Large', 'long'] as const).map((name) => {
      const { entries, journalMs } = context.ledgers[name];
      const what = `journal of ${digits(entries)} entries in batches of ${digits(batchEvents)}, two at once`;
      return { what, result: perSecond(entries, [journalMs]) };
    }),
    ...(await startUp(context, file)),
  ];
  const how =
    'Replay reads the log as the service does, checks every row, decodes it and evolves a book in ' +
    `memory; bare is the same rows from node:sqlite and JSON.parse. Medians of ${pairs} pairs by turns.`;
  return { title: 'Replay, rebuild, start', how, rows };
}

async function startUp(context: Context, file: string): Promise<Row[]> {
  const { folder, entries } = context.ledgers.long;
  const times = await byTurns(
    3,
    () => readBytes(file),
    async () => (await EmbeddedEventStore.open(folder)).close(),
  );
  const bytes = statSync(file).size;
  return [
    {
      what: `opening and checking a log of ${digits(entries)} events, ${megabytes(bytes)}`,
      result: ms(median(times.map(([, ours]) => ours))),
    },
    {
      what: 'the same: ratio to reading the file’s bytes with a CRC-32',
      result: digits(median(times.map(([bare, ours]) => bare / ours))),
    },
  ];
}

/** The least that reading the events can cost: the rows, their text, and JSON.parse. */
function readAndParse(file: string, limit: number): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const statement = database.prepare(
    'SELECT position, stream, revision, id, type, data, checksum FROM events ORDER BY position LIMIT ?',
  );
  statement.setReturnArrays(true);
  let parsed = 0;
  for (const row of statement.iterate(limit) as unknown as Iterable<unknown[]>) {
    const data = row[5] as Uint8Array;
    const text = Buffer.from(data.buffer, data.byteOffset, data.length).toString('utf8');
    if (JSON.parse(text) !== null) parsed += 1;
  }
  database.close();
  return parsed;
}

async function replay(store: EmbeddedEventStore, limit: number): Promise<number> {
  const book = new RunningBook(emptyBook('XXA'));
  for (let at = 0n; at < limit;) {
    const events = await store.readAll(at, page);
    for (const event of events) {
      if (event.stream.startsWith(bookStreamPrefix)) evolve(book, decodeEntry(event));
    }
    at = events.at(-1)?.position ?? BigInt(limit);
  }
  return book.revision;
}

async function rebuild(store: EmbeddedEventStore, path: string, limit: number): Promise<number> {
  const journal = new Journal(path);
  const took = await timed(async () => {
    while (journal.position < limit) journal.apply(await store.readAll(journal.position, page));
  });
  journal.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  return took;
}

async function readBytes(file: string): Promise<number> {
  let checksum = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    checksum = crc32(piece as Buffer, checksum);
  }
  return checksum;
}

function perSecond(events: number, times: readonly number[]): string {
  return `${digits((events / median(times)) * 1000)} events a second`;
}
