import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { RequestTurns } from '../compliance/request-turns.ts';
import type { FiledReports } from '../compliance/submissions.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { FollowedStream } from '../event-store/followed-stream.ts';
import { Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { limits } from '../limits.ts';
import type { Fact } from '../treaty/facts.ts';
import {
  ReportBook,
  reportsStream,
  type Filing,
  type KnownText,
  type ReportEvent,
  type ReportFiled,
} from './report-book.ts';

/** Who writes, and by which request. */
export interface ReportRequest {
  readonly id: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

type WithoutRequest<E> = E extends ReportEvent
  ? Omit<E, keyof ReportRequest | 'recordedAt'>
  : never;

/** Keeps texts and filings: written once, kept for ever, kept up with the log. */
@Injectable()
export class ReportKeeper implements FiledReports, OnModuleInit, OnModuleDestroy {
  readonly book = new ReportBook();
  readonly #store: EventStore;
  readonly #stream: FollowedStream<ReportEvent>;
  #following: Subscription | undefined;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(RequestTurns) private readonly turns: RequestTurns,
  ) {
    this.#store = store;
    this.#stream = new FollowedStream(store, reportsStream, (event, stored) =>
      this.book.take(event, stored),
    );
    turns.watch((id) => this.has(id));
  }

  async onModuleInit(): Promise<void> {
    await this.#stream.catchUp();
    this.#following = this.journal.follow((events) => this.#stream.take(events));
  }

  onModuleDestroy(): void {
    this.#following?.unsubscribe();
  }

  /** Whether a request has written something: its key is bound then. */
  has(id: string): boolean {
    return this.book.recordedAs(id) !== undefined;
  }

  /**
   * Writes what `make` makes of the present state; asked again, the same. @throws Problem
   */
  write<E extends ReportEvent>(
    make: () => WithoutRequest<E>,
    request: ReportRequest,
  ): Promise<{ readonly written: KnownText | Filing; readonly replayed: boolean }> {
    this.journal.mustBeReady();
    return this.turns.take(request.id, () => this.#write(make, request));
  }

  async #write<E extends ReportEvent>(make: () => WithoutRequest<E>, request: ReportRequest) {
    let replayed = false;
    await this.#stream.append(() => {
      const before = this.book.recordedAs(request.id);
      replayed = before !== undefined;
      if (before !== undefined) return sameRequest(before, request);
      const made = make();
      const entry = this.journal.journal.bookOf(made.state).entry(request.id);
      if (entry !== undefined || this.turns.isBound(request.id)) throw keyReused();
      const recordedAt = this.clock.stamp();
      return [{ ...made, ...request, recordedAt }];
    }, limits.decideAttemptsMax);
    const written = this.book.recordedAs(request.id) as KnownText | Filing | undefined;
    if (written === undefined) throw new Error(`${request.id} was written and is not there`);
    return { written, replayed };
  }

  /** A filing with the report in it, from the log. */
  async whole({ revision, id }: Filing): Promise<ReportFiled> {
    const [stored] = await this.#store.readStream(reportsStream, revision, 1);
    if (stored?.id !== id) throw new Error(`the filing ${id} is not at its place in the log`);
    return JSON.parse(Buffer.from(stored.data).toString('utf8')) as ReportFiled;
  }

  /** Every filing is a submission under the treaty; the secretariat's own record governs beside it. */
  submissions(state: string, known: bigint): readonly Fact<'report-submission'>[] {
    return this.book.filings(state, known).map((filing): Fact<'report-submission'> => {
      const { id, position, revision, recordedAt, actor, idempotencyKey, requestHash } = filing;
      const record = { id, position, revision, recordedAt, actor, idempotencyKey, requestHash };
      const { kind, period, submittedOn, year, n } = filing;
      const body = {
        kind: kind === 'initial' ? ('initial' as const) : ('annual' as const),
        period: period.text,
        submittedOn,
        voluntary: kind === 'voluntary',
        source: `filing ${n} for ${year} in this ledger`,
      };
      return { ...record, kind: 'report-submission', state, body };
    });
  }
}

function sameRequest(before: { requestHash: string }, { requestHash }: ReportRequest): [] {
  if (before.requestHash !== requestHash) throw keyReused();
  return [];
}

function keyReused(): Problem {
  return new Problem('idempotency-key-reused', 'The Idempotency-Key belongs to another request');
}
