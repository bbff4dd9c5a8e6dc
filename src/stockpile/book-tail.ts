import type { EventStore } from '../event-store/event-store.ts';
import type { Journal } from '../journal/journal.ts';
import { decodeEntry, bookStream } from '../ledger/event-codec.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import { evolve, RunningBook } from '../ledger/running-book.ts';

/** An entry that the journal may not have taken yet, and whether it is durable by now. */
export interface TailEntry {
  readonly entry: RecordedEntry;
  /** Where it landed, once it is durable; rejects when it was not recorded. */
  readonly position: Promise<bigint>;
}

/** How many events are read back at once. */
const pageSize = 500;

/**
 * One State's book as decisions see it: the journal, and over it the entries that were sent to the
 * log and that the journal has not taken yet. So a decision need not wait for the journal, nor for
 * the disk: entries on their way count, and whoever depends on one that fails is decided again.
 */
export class BookTail {
  readonly state: string;
  readonly #journal: () => Journal;
  #entries: TailEntry[] = [];
  #book: RunningBook | undefined;
  /** The position of the journal that `#book` lies over. */
  #base = -1n;

  constructor(state: string, journal: () => Journal) {
    this.state = state;
    this.#journal = journal;
  }

  /** The book with every entry sent so far. */
  book(): RunningBook {
    const journal = this.#journal();
    if (this.#book !== undefined && journal.position === this.#base) return this.#book;
    const base = journal.bookOf(this.state);
    this.#entries = this.#entries.filter(({ entry }) => entry.revision > base.revision);
    this.#base = journal.position;
    this.#book = this.#entries.reduce(
      (book, { entry }) => evolve(book, entry),
      new RunningBook(base),
    );
    return this.#book;
  }

  /** Takes an entry that is being sent to the log. */
  push(tail: TailEntry): void {
    this.#entries.push(tail);
    if (this.#book) evolve(this.#book, tail.entry);
  }

  /** When the last entry was recorded that the journal may not have taken yet. */
  get lastRecordedAt(): string | undefined {
    return this.#entries.at(-1)?.entry.recordedAt;
  }

  find(id: string): TailEntry | undefined {
    return this.#entries.find(({ entry }) => entry.id === id);
  }

  /** Settles when everything sent so far is durable; rejects when some of it is not. */
  async settled(): Promise<void> {
    await Promise.all(this.#entries.map(({ position }) => position));
  }

  /** Forgets what was sent and reads the truth back: after a conflict, or an unknown outcome. */
  async refresh(store: EventStore): Promise<void> {
    const { revision } = this.#journal().bookOf(this.state);
    const read: TailEntry[] = [];
    for (let from = revision + 1; ;) {
      const events = await store.readStream(bookStream(this.state), from, pageSize);
      for (const event of events) {
        const position = Promise.resolve(event.position);
        read.push({ entry: decodeEntry(event), position });
      }
      from += events.length;
      if (events.length < pageSize) break;
    }
    this.#entries = read;
    this.#book = undefined;
  }
}
