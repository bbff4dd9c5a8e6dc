import type { EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import type { ClientOwner } from './client-owner.ts';
import { NoAnswer, spoilsClient } from './verdict.ts';

/** How long calls may take, in milliseconds; tests set shorter ones. */
export interface TimeLimits {
  /** One call to the server: after that the client is given up and another one made. */
  readonly callMs: number;
  /** Everything that is done to learn the outcome of an append, or to answer a read. */
  readonly outcomeMs: number;
  /** A feed that shows no sign of life for so long is asked for again. */
  readonly silenceMs: number;
}

/** Whether the server answers; `failure` is what readiness shows. */
export class Reachability {
  #failingSince: number | undefined;
  #failure: Error | undefined;
  readonly #graceMs: number;

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  /** Why the server does not answer, once it has not for a while; undefined when it does. */
  get failure(): Error | undefined {
    if (this.#failingSince === undefined) return undefined;
    return performance.now() - this.#failingSince < this.#graceMs ? undefined : this.#failure;
  }

  answered(): void {
    this.#failingSince = undefined;
  }

  failed(error: unknown): void {
    this.#failingSince ??= performance.now();
    this.#failure = error instanceof Error ? error : new Error(String(error));
  }
}

/** Makes calls, each with its time limit, and replaces a client that has failed. */
export class Calls {
  readonly owner: ClientOwner;
  readonly limits: TimeLimits;
  readonly reachability: Reachability;
  /** Aborted when the store is closed. */
  readonly stopped: AbortSignal;

  constructor(owner: ClientOwner, limits: TimeLimits, stopped: AbortSignal) {
    this.owner = owner;
    this.limits = limits;
    this.stopped = stopped;
    this.reachability = new Reachability(limits.callMs);
  }

  /**
   * Makes one call. After the time limit it rejects with `NoAnswer` and `cancel` is called; what
   * the call does then is no longer looked at.
   */
  async once<Answer>(
    make: (client: EventStoreDBClient) => { answer: Promise<Answer>; cancel?: () => void },
  ): Promise<Answer> {
    const { client } = this.owner;
    let timer: NodeJS.Timeout | undefined;
    try {
      const { answer, cancel } = make(client);
      const limit = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new NoAnswer(`the server did not answer within ${this.limits.callMs} ms`));
          cancel?.();
        }, this.limits.callMs);
      });
      const answered = await Promise.race([answer, limit]);
      this.reachability.answered();
      return answered;
    } catch (error) {
      if (spoilsClient(error)) this.owner.retire(client);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Waits before the next attempt: 50 ms, then longer, at most a second, never in step. */
export async function backOff(failures: number): Promise<void> {
  const longest = Math.min(1_000, 25 * 2 ** failures);
  await pause(longest / 2 + (Math.random() * longest) / 2);
}
