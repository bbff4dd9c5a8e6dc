import { strict as assert } from 'node:assert';
import { expectedNumber, isSame, revisionOf } from '../append-request.ts';
import type { AppendRequest } from '../append-request.ts';
import {
  EventTooLarge,
  OutcomeUnknown,
  StoreUnavailable,
  WrongExpectedRevision,
} from '../errors.ts';
import type { StoredEvent } from '../event-store.ts';
import { backOff } from './calls.ts';
import type { Calls } from './calls.ts';
import type { Reading } from './reading.ts';
import { verdictOf } from './verdict.ts';
import type { Verdict } from './verdict.ts';

type Attempt = { readonly is: 'recorded'; readonly position: bigint | undefined } | Verdict;

/**
 * Brings one append to an outcome. It is repeated identically (same ids, same exact revision) until
 * the server gives a verdict: the server compares ids, so what an earlier attempt has recorded is
 * answered as recorded and never written again.
 */
export class Settling {
  readonly #calls: Calls;
  readonly #reading: Reading;

  constructor(calls: Calls, reading: Reading) {
    this.#calls = calls;
    this.#reading = reading;
  }

  /** @throws WrongExpectedRevision, EventTooLarge, StoreUnavailable, OutcomeUnknown */
  async append(request: AppendRequest): Promise<readonly StoredEvent[]> {
    const until = performance.now() + this.#calls.limits.outcomeMs;
    /** Whether an earlier attempt may have reached the server, and may even be done later. */
    let mayStand = false;
    for (let failures = 0; ; failures += 1) {
      const attempt = await this.#attempt(request);
      if (attempt.is === 'recorded') return this.#places(request, attempt.position);
      if (attempt.is === 'unknown') mayStand = true;
      const isOver = performance.now() >= until;
      if (isOver || (attempt.is !== 'unknown' && attempt.is !== 'not-sent')) {
        return this.#conclude(request, attempt, mayStand);
      }
      await backOff(failures);
    }
  }

  async #attempt(request: AppendRequest): Promise<Attempt> {
    const { owner, limits, reachability } = this.#calls;
    const expected = expectedNumber(request.expected);
    try {
      const { position } = await this.#calls.once((client) => ({
        answer: client.appendToStream(
          owner.connection.prefix + request.stream,
          request.events.map(({ id, type, data }) => ({
            ...{ id, type, data, contentType: 'application/octet-stream' as const },
            metadata: undefined,
          })),
          {
            ...owner.callOptions,
            expectedRevision: expected < 0 ? 'no_stream' : BigInt(expected),
            deadline: limits.callMs,
          },
        ),
      }));
      return { is: 'recorded', position: position?.commit };
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict.is === 'conflict' || verdict.is === 'too-large') reachability.answered();
      else reachability.failed(error);
      return verdict;
    }
  }

  /** What is left to say when no attempt was answered as recorded. */
  async #conclude(
    request: AppendRequest,
    verdict: Verdict,
    mayStand: boolean,
  ): Promise<readonly StoredEvent[]> {
    const { stream, expected } = request;
    switch (verdict.is) {
      case 'conflict':
        // Behind the expected revision nothing stands at the place yet: when others bring the
        // stream there, an earlier attempt that waits in a server could still be done.
        if (!mayStand || expectedNumber(verdict.actual) > expectedNumber(expected)) {
          throw new WrongExpectedRevision(stream, expected, verdict.actual);
        }
        break;
      case 'too-large':
        if (mayStand) break;
        throw new EventTooLarge(verdict.why);
      case 'denied':
      case 'not-sent':
        if (mayStand) break;
        throw new StoreUnavailable(`the event store takes nothing: ${verdict.why}`);
      case 'unknown':
        break;
    }
    return this.#readBack(request, verdict.why);
  }

  /** The last resort: what stands at the place of an append of which no answer came. */
  async #readBack(request: AppendRequest, why: string): Promise<readonly StoredEvent[]> {
    const standing = await this.#placesOf(request, 0).catch(() => undefined);
    if (standing !== undefined && isSame(standing.events, request.events)) return standing.events;
    if (standing !== undefined && standing.events.length > 0) {
      throw new WrongExpectedRevision(request.stream, request.expected, standing.last);
    }
    throw new OutcomeUnknown(`the event store gave no outcome: ${why}`);
  }

  /** The places of events that are recorded. @throws OutcomeUnknown when they can't be read */
  async #places(
    request: AppendRequest,
    position: bigint | undefined,
  ): Promise<readonly StoredEvent[]> {
    const { stream, expected, events } = request;
    const [only] = events;
    if (only !== undefined && events.length === 1 && position !== undefined) {
      return [{ ...only, stream, revision: expectedNumber(expected) + 1, position }];
    }
    // The server tells only where the last one stands.
    const { events: standing } = await this.#placesOf(request).catch((error: unknown) => {
      throw new OutcomeUnknown(`it was recorded, but not where: ${String(error)}`);
    });
    assert(isSame(standing, events), `what was appended to ${stream} stands there`);
    return standing;
  }

  /** Events of a stream from a revision on, and where the stream ends. @throws StoreUnavailable */
  async standing(stream: string, from: number, count: number, forMs?: number) {
    const events = await this.#reading.stream(stream, from, count, forMs);
    const isWhole = events.length > 0 && events.length < count;
    const last = isWhole
      ? events.at(-1)!.revision
      : await this.#reading.lastRevision(stream, forMs);
    return { events, last: revisionOf(last) };
  }

  #placesOf({ stream, expected, events }: AppendRequest, forMs?: number) {
    return this.standing(stream, expectedNumber(expected) + 1, events.length, forMs);
  }
}
