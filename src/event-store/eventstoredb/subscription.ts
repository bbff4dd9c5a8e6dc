import type {
  AllStreamResolvedEvent,
  AllStreamSubscription,
  EventStoreDBClient,
} from '@eventstore/db-client';
import { streamNameFilter } from '@eventstore/db-client';
import type { Position, StoredEvent } from '../event-store.ts';
import { limits } from '../../limits.ts';
import type { Calls } from './calls.ts';
import { toStoredEvent } from './recorded.ts';
import { NoAnswer, spoilsClient } from './verdict.ts';

/** Milliseconds for which the events of a catch-up are gathered into one batch. */
const gatherMs = 20;

/** One catch-up subscription of the client, from its beginning to its end. */
export class OneSubscription {
  /** Settles when it brings no more: with the error, or with nothing when it was only silent. */
  readonly ended: Promise<unknown>;
  /** How far it has brought the subscriber: from there the next one goes on. */
  at: Position;
  isConfirmed = false;
  readonly #calls: Calls;
  readonly #client: EventStoreDBClient;
  readonly #give: (events: readonly StoredEvent[]) => void;
  readonly #subscription: AllStreamSubscription;
  readonly #watch: NodeJS.Timeout;
  #end: (error?: unknown) => void = () => undefined;
  #hasEnded = false;
  #batch: StoredEvent[] = [];
  #bytes = 0;
  #gatheringSince = 0;
  /** The server has searched this far; counts once everything before it was given on. */
  #checkpoint: Position = 0n;
  #isLive = false;
  #isScheduled = false;
  #aliveAt = performance.now();

  constructor(calls: Calls, after: Position, give: (events: readonly StoredEvent[]) => void) {
    this.#calls = calls;
    this.#client = calls.owner.client;
    this.#give = give;
    this.at = after;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#subscription = this.#subscribe();
    this.#watch = setInterval(() => this.#checkLife(), calls.limits.callMs / 4);
  }

  stop(error?: unknown): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearInterval(this.#watch);
    if (error !== undefined && spoilsClient(error)) this.#calls.owner.retire(this.#client);
    // Rejects when the call could not even be begun, which the error has said already.
    this.#subscription.unsubscribe().catch(() => undefined);
    this.#subscription.destroy();
    this.#end(error);
  }

  #subscribe(): AllStreamSubscription {
    const { connection, callOptions } = this.#calls.owner;
    const subscription = this.#client.subscribeToAll({
      ...callOptions,
      fromPosition: this.at <= 0n ? 'start' : { commit: this.at, prepare: this.at },
      filter: streamNameFilter({
        prefixes: [connection.prefix],
        // Must not throw: the client would let go of the error and bring nothing more.
        checkpointReached: (_, { commit }) => {
          this.#checkpoint = commit;
          this.#sign();
        },
      }),
    });
    // All at once, and for good: an error without a listener would end the process.
    subscription
      .on('error', (error) => this.#fail(error))
      .on('end', () => this.#fail(new Error('the subscription ended')))
      .on('close', () => this.#fail(new Error('the subscription was closed')))
      .on('confirmation', () => {
        this.isConfirmed = true;
        this.#sign();
      })
      .on('caughtUp', () => {
        this.#isLive = true;
        this.#sign();
      })
      .on('readable', () => this.#schedule());
    return subscription;
  }

  /** What came before the error is given on all the same. */
  #fail(error: unknown): void {
    if (this.#hasEnded) return;
    this.#giveOn();
    this.stop(error);
  }

  #sign(): void {
    this.#aliveAt = performance.now();
    this.#calls.reachability.answered();
    this.#schedule();
  }

  #checkLife(): void {
    const { callMs, silenceMs } = this.#calls.limits;
    const silentFor = performance.now() - this.#aliveAt;
    if (!this.isConfirmed && silentFor > callMs) {
      this.stop(new NoAnswer(`the server began no subscription within ${callMs} ms`));
    } else if (silentFor > silenceMs) {
      this.stop();
    }
  }

  #schedule(waitMs = 0): void {
    if (this.#isScheduled || this.#hasEnded) return;
    this.#isScheduled = true;
    const pump = (): void => {
      this.#isScheduled = false;
      if (!this.#hasEnded) this.#pump();
    };
    if (waitMs > 0) setTimeout(pump, waitMs);
    else setImmediate(pump);
  }

  /** Takes what the client holds, and gives it on when nothing follows at once or it is enough. */
  #pump(): void {
    const checkpoint = this.#checkpoint;
    const before = this.#batch.length;
    let isDrained: boolean;
    try {
      isDrained = this.#takeAll();
    } catch (error) {
      return this.#fail(error);
    }
    const isGrowing = this.#batch.length > before;
    const isGathered = performance.now() - this.#gatheringSince > gatherMs;
    if (isDrained && this.#batch.length > 0 && !isGathered && (isGrowing || !this.#isLive)) {
      return this.#schedule(this.#isLive ? 0 : gatherMs / 4);
    }
    this.#giveOn();
    if (isDrained && checkpoint > this.at) this.at = checkpoint;
    if (!isDrained) this.#schedule();
  }

  /** Whether the client holds no more; false when the batch is full. @throws StoreRefused */
  #takeAll(): boolean {
    const { prefix } = this.#calls.owner.connection;
    for (;;) {
      if (this.#batch.length >= limits.feedBatchEvents) return false;
      if (this.#bytes >= limits.feedBatchBytesMax) return false;
      const resolved = this.#subscription.read() as AllStreamResolvedEvent | null;
      if (resolved === null) return true;
      this.#aliveAt = performance.now();
      const event = toStoredEvent(resolved, prefix);
      // The server goes on behind the position; what it sends twice counts once.
      if (event === undefined || event.position <= (this.#batch.at(-1)?.position ?? this.at)) {
        continue;
      }
      if (this.#batch.length === 0) this.#gatheringSince = this.#aliveAt;
      this.#batch.push(event);
      this.#bytes += event.data.length;
    }
  }

  #giveOn(): void {
    const events = this.#batch;
    const last = events.at(-1);
    if (last === undefined) return;
    this.#batch = [];
    this.#bytes = 0;
    this.at = last.position;
    this.#give(events);
    this.#aliveAt = performance.now();
  }
}
