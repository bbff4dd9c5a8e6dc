import { randomUUID } from 'node:crypto';
import type { Observable, Subscription } from 'rxjs';
import type { EventStore, ExpectedRevision, NewEvent, StoredEvent } from './event-store.ts';
import { WrongExpectedRevision } from './errors.ts';

/** A store under test; `reopen` closes it and opens what it has kept. */
export interface StoreUnderTest {
  readonly store: EventStore;
  readonly reopen?: () => Promise<EventStore>;
  readonly cleanup: () => Promise<void> | void;
}

/** A stream name that no other test uses, for engines whose server outlives a test. */
export function newStream(): string {
  return `stockpile-${randomUUID()}`;
}

export function event(data: string | Uint8Array = 'data', type = 'tested-v1'): NewEvent {
  return { id: randomUUID(), type, data: typeof data === 'string' ? Buffer.from(data) : data };
}

export function events(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => event(`event ${index}`));
}

export function idsOf(list: readonly NewEvent[]): string[] {
  return list.map(({ id }) => id);
}

/** What two readings of the same event must agree in, with bytes as text that a failure shows. */
export function plain(list: readonly StoredEvent[]) {
  return list.map(({ stream, revision, position, id, type, data }) => ({
    ...{ stream, revision, position, id, type, data: Buffer.from(data).toString('hex') },
  }));
}

/** Follows a feed and lets a test wait until it has brought so many events. */
export class Follower {
  readonly seen: StoredEvent[] = [];
  readonly subscription: Subscription;
  private waiting: (() => void)[] = [];
  private failure: unknown;

  constructor(feed: Observable<readonly StoredEvent[]>, onBatch: () => void = () => undefined) {
    this.subscription = feed.subscribe({
      next: (batch) => {
        this.seen.push(...batch);
        onBatch();
        this.wake();
      },
      error: (error: unknown) => {
        this.failure = error;
        this.wake();
      },
    });
  }

  async until(count: number): Promise<StoredEvent[]> {
    while (this.seen.length < count) {
      if (this.failure !== undefined) throw this.failure as Error;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return this.seen;
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

/** Appends as a caller does that decides again whenever another writer came first. */
export async function appendWithRetries(
  store: EventStore,
  stream: string,
  added: NewEvent,
): Promise<StoredEvent> {
  let expected: ExpectedRevision = 'no-stream';
  for (;;) {
    try {
      const { events: stored } = await store.append(stream, expected, [added]);
      return stored[0]!;
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      expected = error.actual;
    }
  }
}

/** Every event of the log after a position, read in pages. */
export async function readEverything(store: EventStore, after: bigint): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (let at = after; ; at = all.at(-1)!.position) {
    const page = await store.readAll(at, 7);
    if (page.length === 0) return all;
    all.push(...page);
  }
}
