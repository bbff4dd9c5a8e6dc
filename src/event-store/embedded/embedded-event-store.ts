import type { DatabaseSync } from 'node:sqlite';
import { resolve } from 'node:path';
import { Subject, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import type {
  Appended,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
} from '../event-store.ts';
import { StoreUnavailable } from '../errors.ts';
import { CommitQueue } from './commit-queue.ts';
import type { CommitHook } from './commit-queue.ts';
import { feedOf, positionNumber } from './feed.ts';
import { lockFolder } from './folder-lock.ts';
import type { FolderLock } from './folder-lock.ts';
import { LogFile } from './log-file.ts';
import { prepareLog } from './log-files.ts';
import { hasSpace } from './space.ts';
import { reason } from './sqlite-errors.ts';

/** For tests and measurements; a service opens the store without. */
export interface EmbeddedOptions {
  /** Stands around each COMMIT, to count or to fail it. */
  readonly commitHook?: CommitHook;
  /** Sees the connection once the store is open. */
  readonly onConnected?: (database: DatabaseSync) => void;
}

/**
 * The event store of one process on one machine: a single SQLite file, `<folder>/log.db`, with
 * positions 1, 2, 3 … without gaps. The bytes given to `append` must not be altered before it
 * settles. `append` may also reject with a plain `Error`, which is a mistake in the program: an
 * event id twice in one append or already elsewhere in the log, no events, an empty name.
 */
export class EmbeddedEventStore implements EventStore {
  private readonly folder: string;
  private readonly lock: FolderLock;
  private readonly log: LogFile;
  private readonly queue: CommitQueue;
  private readonly commits = new Subject<void>();
  private closing: Promise<void> | undefined;
  private tidying = false;

  /**
   * Opens the ledger in `folder`, made if it does not exist, after reading the whole log through.
   * Throws `StoreRefused` when the folder can't be used, another process has it open, the log is
   * damaged (naming the first bad position where there is one), or a newer version wrote it.
   */
  static async open(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedEventStore> {
    const path = resolve(folder);
    const lock = lockFolder(path);
    try {
      const log = LogFile.open(path, await prepareLog(path));
      options.onConnected?.(log.database);
      return new EmbeddedEventStore(path, lock, log, options);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  private constructor(folder: string, lock: FolderLock, log: LogFile, options: EmbeddedOptions) {
    this.folder = folder;
    this.lock = lock;
    this.log = log;
    this.queue = new CommitQueue(log, () => this.onCommitted(), options.commitHook);
  }

  /**
   * Why the store takes no append until the process is started again; undefined while all is well.
   * Reading goes on.
   */
  get failure(): Error | undefined {
    return this.queue.failure;
  }

  /**
   * Why appends are refused for want of space; undefined when the last one found some, and as soon
   * as there is some again. Asking tries it, by writing a little beside the log.
   */
  get outOfSpace(): Error | undefined {
    const { outOfSpace } = this.queue;
    return outOfSpace === undefined || hasSpace(this.folder) ? undefined : outOfSpace;
  }

  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended> {
    if (this.closing !== undefined) return Promise.reject(closed());
    return this.queue.append({ stream, expected, events });
  }

  readStream(stream: string, from: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.log.readStream(stream, count(from), count(limit)));
  }

  readAll(after: Position, limit: number): Promise<readonly StoredEvent[]> {
    return this.read(() => this.log.readAll(positionNumber(after), count(limit)));
  }

  at(position: Position): Promise<StoredEvent | undefined> {
    return this.read(() => {
      const [event] = this.log.readAll(positionNumber(position - 1n), 1);
      return event?.position === position ? event : undefined;
    });
  }

  head(): Promise<Position> {
    return this.read(() => BigInt(this.log.head));
  }

  feed(after: Position): Observable<readonly StoredEvent[]> {
    if (this.closing !== undefined) return throwError(closed);
    return feedOf(this.log, this.commits, after);
  }

  close(): Promise<void> {
    this.closing ??= this.read(() => this.shut());
    return this.closing;
  }

  private shut(): void {
    this.queue.drain();
    this.commits.complete();
    try {
      this.log.close();
    } finally {
      this.lock.release();
    }
  }

  /** Runs at once, so that a reading sees what is durable now; errors become rejections. */
  private read<Answer>(work: () => Answer): Promise<Answer> {
    return new Promise((answer) => {
      if (this.closing !== undefined) throw closed();
      answer(work());
    });
  }

  private onCommitted(): void {
    this.commits.next();
    if (this.tidying) return;
    this.tidying = true;
    // In a turn of its own: the answers of the commit go out first.
    setImmediate(() => this.tidy());
  }

  private tidy(): void {
    this.tidying = false;
    if (this.closing !== undefined) return;
    try {
      this.log.tidy();
    } catch (error) {
      this.queue.stop(
        new Error(`the write-ahead file can't be moved into the log: ${reason(error)}`, {
          cause: error,
        }),
      );
    }
  }
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('the ledger is closed');
}

function count(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no count`);
  return value;
}
