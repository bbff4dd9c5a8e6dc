import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { Subject, type Subscription } from 'rxjs';
import { StoreRefused } from '../event-store/errors.ts';
import type { EventStore, StoredEvent } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { Problem } from '../http/problem.ts';
import { limits } from '../limits.ts';
import { SETTINGS } from '../settings.token.ts';
import type { Settings } from '../settings.ts';
import { CannotApply, isFileTrouble } from './journal-writer.ts';
import { deleteOtherJournals, Journal, journalPath } from './journal.ts';

/** How far the journal is: whether its answers are those of the whole log. */
export type JournalStatus =
  | { readonly status: 'catching-up'; readonly position: bigint; readonly head: bigint }
  | { readonly status: 'ready'; readonly position: bigint }
  | { readonly status: 'stopped'; readonly position: bigint; readonly reason: string };

/** Milliseconds between two lines of progress. */
const progressEveryMs = 2_000;

/** Milliseconds after which a journal whose file made trouble (a full disk) is tried again. */
const againAfterMs = 1_000;

/** Keeps the journal up with the log, and says how far it is. */
@Injectable()
export class JournalService implements OnModuleInit, OnApplicationShutdown {
  readonly #applied = new Subject<readonly StoredEvent[]>();
  readonly #log = new Logger('Journal');
  readonly #waiting = new Set<() => void>();
  readonly #store: EventStore;
  readonly #settings: Settings;
  #journal: Journal | undefined;
  #feed: Subscription | undefined;
  #head = 0n;
  #ready = false;
  #stopped: string | undefined;
  #progressAt = 0;
  #again: NodeJS.Timeout | undefined;

  constructor(@Inject(EVENT_STORE) store: EventStore, @Inject(SETTINGS) settings: Settings) {
    this.#store = store;
    this.#settings = settings;
  }

  /** @throws StoreRefused when the journal has seen more than the log holds */
  async onModuleInit(): Promise<void> {
    mkdirSync(this.#settings.dataFolder, { recursive: true });
    const journal = new Journal(journalPath(this.#settings.dataFolder));
    this.#journal = journal;
    await this.#checkAgainstLog(journal);
    this.#head = await this.#store.head();
    this.#ready = journal.position >= this.#head;
    if (!this.#ready) journal.tune('building');
    this.#follow(journal);
  }

  /** After the last request was answered. */
  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#again);
    this.#feed?.unsubscribe();
    this.#journal?.close();
    await this.#store.close();
  }

  get status(): JournalStatus {
    const position = this.#journal?.position ?? 0n;
    if (this.#stopped !== undefined) return { status: 'stopped', position, reason: this.#stopped };
    return this.#ready
      ? { status: 'ready', position }
      : { status: 'catching-up', position, head: this.#head };
  }

  /** The journal, when it answers for the whole log. @throws Problem `not-ready` */
  get journal(): Journal {
    const now = this.status;
    if (now.status === 'ready' && this.#journal) return this.#journal;
    const detail =
      now.status === 'stopped'
        ? `The journal stopped at position ${now.position}: ${now.reason}`
        : `The journal is at position ${now.position}, the log is at ${this.#head} or further`;
    throw new Problem('not-ready', detail, { retryAfterSeconds: 2 });
  }

  /** The latest instant that the journal has taken, in milliseconds; 0 before the first. */
  get lastMoment(): number {
    return this.#journal?.lastMoment ?? 0;
  }

  /** @throws Problem `not-ready` */
  mustBeReady(): void {
    void this.journal;
  }

  /** Gives every batch that the journal took; who can't take it stops the service, as the journal. */
  follow(take: (events: readonly StoredEvent[]) => void): Subscription {
    return this.#applied.subscribe((events) => {
      try {
        take(events);
      } catch (error) {
        this.#stop(error);
      }
    });
  }

  /** Waits, a bounded time, until the journal has taken a position. @throws Problem */
  async reached(position: bigint): Promise<void> {
    const until = performance.now() + limits.minPositionWaitMs;
    while (this.journal.position < position) {
      const left = until - performance.now();
      if (left <= 0) {
        const detail = `Position ${position} has not been reached; the journal is at ${this.journal.position}`;
        throw new Problem('not-yet-known', detail, { retryAfterSeconds: 1 });
      }
      await this.#nextBatch(left);
    }
  }

  #nextBatch(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeoutMs);
      this.#waiting.add(wake);
    });
  }

  #follow(journal: Journal): void {
    this.#feed = this.#store.feed(journal.position).subscribe({
      next: (events) => this.#take(journal, events),
      error: (error: unknown) => this.#stop(error),
    });
  }

  #take(journal: Journal, events: readonly StoredEvent[]): void {
    if (this.#stopped !== undefined) return;
    try {
      journal.apply(events);
    } catch (error) {
      // Where the journal stops follows from the log alone, not from how the batches fell.
      if (error instanceof CannotApply) {
        const before = events.filter(({ position }) => position < error.position);
        if (before.length > 0) this.#take(journal, before);
      }
      this.#stop(error);
      if (isFileTrouble(error)) this.#tryAgain(journal);
      return;
    }
    if (!this.#ready) this.#progress(journal.position);
    this.#applied.next(events);
    for (const wake of [...this.#waiting]) wake();
  }

  #progress(position: bigint): void {
    this.#ready = position >= this.#head;
    if (this.#ready) this.#caughtUp();
    const now = performance.now();
    if (!this.#ready && now - this.#progressAt < progressEveryMs) return;
    this.#progressAt = now;
    const percent = this.#head === 0n ? 100n : (position * 100n) / this.#head;
    this.#log.log(`Reading the log: position ${position} of ${this.#head} (${percent} %)`);
  }

  #caughtUp(): void {
    this.#journal?.tune('keeping-up');
    deleteOtherJournals(this.#settings.dataFolder);
  }

  /** Once the disk has space again the journal goes on where it stopped: the log has it all. */
  #tryAgain(journal: Journal): void {
    this.#ready = false;
    const resume = async (): Promise<void> => {
      this.#head = await this.#store.head();
      this.#stopped = undefined;
      this.#follow(journal);
    };
    this.#again = setTimeout(() => {
      resume().catch((error: unknown) => this.#stop(error));
    }, againAfterMs);
  }

  #stop(error: unknown): void {
    this.#stopped = error instanceof Error ? error.message : String(error);
    this.#feed?.unsubscribe();
    const at = error instanceof CannotApply ? '' : `after position ${this.#journal?.position}: `;
    this.#log.error(`The journal stopped: ${at}${this.#stopped}`);
    for (const wake of [...this.#waiting]) wake();
  }

  async #checkAgainstLog(journal: Journal): Promise<void> {
    const last = journal.lastApplied();
    if (last === undefined) return;
    const event = await this.#store.at(last.position);
    if (event?.id === last.id) return;
    throw new StoreRefused(
      `The journal has taken event ${last.id} at position ${last.position}, but the log does not ` +
        `hold it there: the log has lost entries, or the journal belongs to another log. Restore ` +
        `the log from a backup; if it is whole, delete ${journalPath(this.#settings.dataFolder)}`,
    );
  }
}
