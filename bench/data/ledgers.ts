import { mkdirSync } from 'node:fs';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.ts';
import type { NewEvent, StoredEvent } from '../../src/event-store/event-store.ts';
import { Journal, journalPath } from '../../src/journal/journal.ts';
import { bookStream } from '../../src/ledger/event-codec.ts';
import { History, type Shape } from './history.ts';

/** How many events are appended, and applied, at once: more than the service takes, to be quick. */
export const batchEvents = 10_000;

/** What it took to build a journal. */
export interface Built {
  readonly entries: number;
  /** Milliseconds spent in the journal alone. */
  readonly journalMs: number;
}

/** Books of these shapes in a journal of their own, without a log. */
export function buildJournal(folder: string, shapes: readonly Shape[]): Built {
  mkdirSync(folder, { recursive: true });
  const journal = new Journal(journalPath(folder));
  let position = 0n;
  let journalMs = 0;
  for (const shape of shapes) {
    const stream = bookStream(shape.state);
    for (const [events, revision] of batchesOf(shape)) {
      const stored = events.map((event, n): StoredEvent => {
        position += 1n;
        return { ...event, stream, revision: revision + n, position };
      });
      journalMs += apply(journal, stored);
    }
  }
  journal.close();
  return { journalMs, entries: Number(position) };
}

/** Books of these shapes in a log and in its journal, as the service would have left them. */
export async function buildLedger(folder: string, shapes: readonly Shape[]): Promise<Built> {
  const store = await EmbeddedEventStore.open(folder);
  const journal = new Journal(journalPath(folder));
  let journalMs = 0;
  let entries = 0;
  for (const shape of shapes) {
    for (const [events, revision] of batchesOf(shape)) {
      const expected = revision === 0 ? 'no-stream' : revision - 1;
      const appended = await store.append(bookStream(shape.state), expected, events);
      journalMs += apply(journal, appended.events);
      entries += events.length;
    }
  }
  await store.close();
  journal.close();
  return { journalMs, entries };
}

function apply(journal: Journal, events: readonly StoredEvent[]): number {
  const start = performance.now();
  journal.apply(events);
  return performance.now() - start;
}

/** The events of a book, batch by batch, each with the revision of its first. */
function* batchesOf(shape: Shape): Generator<[NewEvent[], number]> {
  const history = new History(shape);
  for (let made = 0; made < shape.entries;) {
    const events = history.next(batchEvents);
    yield [events, made];
    made += events.length;
    const [before, now] = [made - events.length, made].map((n) =>
      Math.floor((n * 5) / shape.entries),
    );
    if (before === now || shape.entries < 10_000) continue;
    process.stderr.write(`  ${shape.entries} entries: ${(now ?? 0) * 20} %\n`);
  }
}
