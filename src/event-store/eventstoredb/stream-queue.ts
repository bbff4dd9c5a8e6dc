import { expectedNumber, isSame } from '../append-request.ts';
import type { AppendRequest } from '../append-request.ts';
import { OutcomeUnknown, StoreUnavailable, WrongExpectedRevision } from '../errors.ts';
import type { Appended, ExpectedRevision, StoredEvent } from '../event-store.ts';
import { limits } from '../../limits.ts';
import type { Settling } from './settling.ts';

/** How many events are read at once to see whether appends are repetitions. */
const pageSize = 500;

/** An append as it comes in. */
export interface Asked {
  readonly request: AppendRequest;
  /** What is wrong with it whatever the log says: it is never sent. */
  readonly mistake: Error | undefined;
  readonly bytes: number;
}

interface Waiting extends Asked {
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The appends to one stream, in the order made: one call is under way at a time, so that none is
 * sent before the outcome of those it builds on is known. What waits meanwhile and continues itself
 * goes out together in the next call, all or nothing: a stream in demand costs one round trip for
 * many appends, as a group commit does.
 */
export class StreamQueue {
  readonly #settling: Settling;
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(settling: Settling) {
    this.#settling = settling;
  }

  /** Settles when nothing is under way any more; undefined when nothing is. */
  get running(): Promise<void> | undefined {
    return this.#running;
  }

  append(asked: Asked): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...asked, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup();
      try {
        const { mistake } = group[0]!;
        if (mistake !== undefined) throw mistake;
        handOut(group, await this.#settling.append(together(group)));
      } catch (error) {
        if (group.length > 1 && isRefusal(error)) await this.#oneByOne(group);
        else await this.#failed(group, error);
      }
    }
    this.#running = undefined;
  }

  /** A group was refused as a whole; its first parts may still be right, or repetitions. */
  async #oneByOne(group: readonly Waiting[]): Promise<void> {
    for (const [index, waiting] of group.entries()) {
      try {
        handOut([waiting], await this.#settling.append(waiting.request));
      } catch (error) {
        this.#waiting.unshift(...group.slice(index + 1));
        return this.#failed([waiting], error);
      }
    }
  }

  async #failed(group: readonly Waiting[], error: unknown): Promise<void> {
    const doomed = this.#waiting.filter((waiting) => isDoomed(waiting, group, error));
    this.#waiting = this.#waiting.filter((waiting) => !doomed.includes(waiting));
    for (const { reject } of group) reject(error);
    if (isRefusal(error)) return this.#refuse(doomed);
    const why = 'an append before this one has no outcome';
    for (const { reject } of doomed) reject(new StoreUnavailable(why));
  }

  /** Refuses appends unless they repeat what stands at their places: one reading for many. */
  async #refuse(doomed: readonly Waiting[]): Promise<void> {
    for (let left = doomed; left.length > 0;) {
      const from = Math.min(...left.map(({ request }) => firstOf(request)));
      const isNear = ({ request }: Waiting): boolean =>
        firstOf(request) === from || endOf(request) <= from + pageSize;
      const near = left.filter(isNear);
      left = left.filter((waiting) => !isNear(waiting));
      const count = Math.max(...near.map(({ request }) => endOf(request))) - from;
      try {
        const { stream } = near[0]!.request;
        const { events, last } = await this.#settling.standing(stream, from, count);
        for (const waiting of near) refuseOne(waiting, events, last);
      } catch (error) {
        for (const { reject } of near) reject(error);
      }
    }
  }

  /** Takes the first that waits, and those after it that continue it. */
  #nextGroup(): Waiting[] {
    const first = this.#waiting[0]!;
    let next = expectedNumber(first.request.expected);
    let bytes = 0;
    const end = this.#waiting.findIndex((waiting, index) => {
      const { expected, events } = waiting.request;
      bytes += waiting.bytes;
      const isTooMuch = index >= limits.clusterGroupMax || bytes > limits.clusterGroupBytesMax;
      const isWrong = (first.mistake ?? waiting.mistake) !== undefined;
      if (index > 0 && (isTooMuch || isWrong || expectedNumber(expected) !== next)) return true;
      next += events.length;
      return false;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}

/**
 * Whether an append that waits needs no call of its own after this failure. Whoever waits now was
 * made before the failure could be known: behind a refusal its revision may come to fit by chance,
 * through others; and with an unknown outcome there is nothing to decide on. One that expects a
 * revision that the stream has passed can only be a repetition.
 */
function isDoomed(
  { request, mistake }: Waiting,
  group: readonly Waiting[],
  error: unknown,
): boolean {
  if (!isRefusal(error)) return true;
  if (mistake !== undefined) return false;
  const expected = expectedNumber(request.expected);
  if (expected > expectedNumber(group[0]!.request.expected)) return true;
  return error instanceof WrongExpectedRevision && expected < expectedNumber(error.actual);
}

function firstOf({ expected }: AppendRequest): number {
  return expectedNumber(expected) + 1;
}

function endOf(request: AppendRequest): number {
  return firstOf(request) + request.events.length;
}

function refuseOne(
  { request, resolve, reject }: Waiting,
  read: readonly StoredEvent[],
  last: ExpectedRevision,
): void {
  const events = read.filter(
    ({ revision }) => revision >= firstOf(request) && revision < endOf(request),
  );
  if (isSame(events, request.events)) resolve({ events });
  else reject(new WrongExpectedRevision(request.stream, request.expected, last));
}

/** Whether nothing was recorded because of what was asked, and not because of the store's state. */
function isRefusal(error: unknown): boolean {
  return !(error instanceof StoreUnavailable || error instanceof OutcomeUnknown);
}

function together(group: readonly Waiting[]): AppendRequest {
  const { stream, expected } = group[0]!.request;
  return { stream, expected, events: group.flatMap(({ request }) => request.events) };
}

function handOut(group: readonly Waiting[], events: readonly StoredEvent[]): void {
  let from = 0;
  for (const { request, resolve } of group) {
    resolve({ events: events.slice(from, from + request.events.length) });
    from += request.events.length;
  }
}
