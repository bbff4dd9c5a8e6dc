import type { AppendRequest } from '../append-request.ts';
import type { Appended } from '../event-store.ts';
import { OutcomeUnknown, StoreUnavailable } from '../errors.ts';
import { limits } from '../../limits.ts';
import { decideAppend } from './decide-append.ts';
import type { Decision } from './decide-append.ts';
import type { LogFile } from './log-file.ts';
import { Refusals } from './refusals.ts';
import { hasCertainlyNotCommitted, isFull, reason } from './sqlite-errors.ts';

interface Waiting {
  readonly request: AppendRequest;
  readonly number: number;
  readonly bytes: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

/** Lets a caller stand around each COMMIT, to count or to fail it. */
export type CommitHook = (commit: () => void) => void;

/**
 * Group commit: appends that arrive in one turn of the event loop share one transaction, decided in
 * the order made, and each is answered only after COMMIT has returned.
 */
export class CommitQueue {
  private readonly log: LogFile;
  private readonly onCommitted: () => void;
  private readonly commitHook: CommitHook;
  private waiting: Waiting[] = [];
  private waitingBytes = 0;
  private made = 0;
  private scheduled = false;
  private stopped: Error | undefined;
  private full: Error | undefined;
  private readonly refusals = new Refusals();

  constructor(log: LogFile, onCommitted: () => void, commitHook: CommitHook = (run) => run()) {
    this.log = log;
    this.onCommitted = onCommitted;
    this.commitHook = commitHook;
  }

  /** Why no append is taken any more, except for being closed; undefined while all is well. */
  get failure(): Error | undefined {
    return this.stopped;
  }

  /** The last append that came to be written found no space; undefined once one was recorded. */
  get outOfSpace(): Error | undefined {
    return this.full;
  }

  /** Refuses every append from now on, because of `cause`. */
  stop(cause: Error): void {
    this.stopped ??= cause;
  }

  append(request: AppendRequest): Promise<Appended> {
    const bytes = request.events.reduce((sum, event) => sum + event.data.length, 0);
    if (this.stopped !== undefined) return Promise.reject(unavailable(this.stopped));
    if (
      this.waiting.length >= limits.commitQueueMax ||
      (this.waiting.length > 0 && this.waitingBytes + bytes > limits.commitQueueBytesMax)
    ) {
      return Promise.reject(
        new StoreUnavailable(`${this.waiting.length} appends wait already; try again later`),
      );
    }
    return new Promise((resolve, reject) => {
      this.made += 1;
      this.waiting.push({ request, number: this.made, bytes, resolve, reject });
      this.waitingBytes += bytes;
      this.schedule();
    });
  }

  /** Commits all that waits, now. */
  drain(): void {
    while (this.waiting.length > 0) this.flush();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.flush();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private flush(): void {
    const batch = this.waiting.splice(0, limits.commitAppendsMax);
    if (batch.length === 0) return;
    for (const { bytes } of batch) this.waitingBytes -= bytes;
    const headBefore = this.log.head;
    this.settle(batch, this.record(batch));
    if (this.waiting.length === 0) this.refusals.forget();
    if (this.log.head !== headBefore) this.onCommitted();
  }

  /** The outcome of each append of a batch, in order. Never throws. */
  private record(batch: readonly Waiting[]): Decision[] {
    if (this.stopped !== undefined) return this.refuseAll(batch, unavailable(this.stopped));
    let decisions: Decision[];
    try {
      decisions = batch.map((waiting) => this.decide(waiting));
    } catch (error) {
      return this.refuseAll(batch, this.undo(error));
    }
    if (!this.log.inTransaction) return decisions;
    try {
      this.commitHook(() => this.log.commit());
      this.full = undefined;
      return decisions;
    } catch (error) {
      if (hasCertainlyNotCommitted(error)) return this.refuseAll(batch, this.undo(error));
      return this.stopUnknown(decisions, error);
    }
  }

  private decide({ request, number }: Waiting): Decision {
    const behindRefused = this.refusals.standBefore(request, number);
    const decision = decideAppend(this.log, request, behindRefused);
    if ('refused' in decision) this.refusals.add(request, this.made);
    return decision;
  }

  private refuseAll(batch: readonly Waiting[], refused: Error): Decision[] {
    for (const { request } of batch) this.refusals.add(request, this.made);
    return batch.map(() => ({ refused }));
  }

  private undo(cause: unknown): StoreUnavailable {
    try {
      this.log.rollback();
    } catch (error) {
      this.stop(new Error(`a transaction could not be undone: ${reason(error)}`, { cause: error }));
    }
    const refused = unavailable(cause);
    if (isFull(cause)) this.full = refused;
    return refused;
  }

  private stopUnknown(decisions: readonly Decision[], cause: unknown): Decision[] {
    this.stop(
      new Error(
        `a commit failed (${reason(cause)}), and only a restart can tell whether it was recorded`,
        { cause },
      ),
    );
    this.undo(cause);
    const unknown = new OutcomeUnknown(`the commit failed: ${reason(cause)}`, { cause });
    return decisions.map((decision) => ({
      refused: 'refused' in decision ? unavailable(cause) : unknown,
    }));
  }

  private settle(batch: readonly Waiting[], decisions: readonly Decision[]): void {
    batch.forEach(({ resolve, reject }, index) => {
      const decision = decisions[index];
      if (decision !== undefined && 'events' in decision) {
        resolve({ events: decision.events });
      } else {
        reject(decision?.refused ?? new Error('an append was not decided'));
      }
    });
  }
}

function unavailable(cause: unknown): StoreUnavailable {
  return new StoreUnavailable(`the ledger takes no entry now: ${reason(cause)}`, { cause });
}
