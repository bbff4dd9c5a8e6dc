import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { OutcomeUnknown, StoreUnavailable } from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { FollowedStream } from '../event-store/followed-stream.ts';
import { invalidBody, Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { limits } from '../limits.ts';
import { decideFact, reversalRefusals, type TreatyRecord } from '../treaty/admission.ts';
import { FactBook, type StandingFacts } from '../treaty/fact-book.ts';
import { commonKinds, type AskedFact, type Fact } from '../treaty/facts.ts';
import { mineBan } from '../treaty/mine-ban.ts';
import type { FactRefusal } from '../treaty/refusals.ts';
import { RequestTurns } from './request-turns.ts';
import { factOf, factType, treatyStream, type FactEvent } from './fact-event.ts';

/** Who records a fact, and by which request. */
export interface FactRequest {
  readonly id: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly ifMatch: number | undefined;
  readonly dryRun: boolean;
}

/** What became of a request; a dry run records nothing. */
export type RecordedRequest =
  | { readonly outcome: 'recorded' | 'replayed'; readonly fact: Fact }
  | { readonly outcome: 'would-record' };

const lastPosition = 2n ** 63n - 1n;

/** Keeps the facts of the treaty: decides each against the record, and is kept up with the log. */
@Injectable()
export class FactKeeper implements OnModuleInit, OnModuleDestroy {
  readonly book = new FactBook();
  readonly #stream: FollowedStream<FactEvent>;
  /** Facts of which nobody knows whether they were recorded: until that is known. */
  readonly #unknown = new Set<string>();
  #following: Subscription | undefined;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(RequestTurns) private readonly turns: RequestTurns,
  ) {
    this.#stream = new FollowedStream(store, treatyStream, (event, stored) =>
      this.book.take(factOf(event, stored)),
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

  get revision(): number {
    return this.#stream.revision;
  }

  /** Whether a request has recorded a fact: its key is bound then. */
  has(id: string): boolean {
    return this.book.get(id) !== undefined;
  }

  /**
   * Records a fact; asked again, the same one.
   *
   * @throws Problem when it is refused, or its key belongs to another request
   */
  async record(asked: AskedFact, request: FactRequest): Promise<RecordedRequest> {
    const { id } = request;
    this.journal.mustBeReady();
    try {
      const recorded = await this.turns.take(id, () => this.#record(asked, request));
      this.#unknown.delete(id);
      return recorded;
    } catch (error) {
      if (error instanceof OutcomeUnknown) this.#unknown.add(id);
      // A store that takes nothing now does not say that it took nothing before.
      const sent = error instanceof StoreUnavailable && this.#unknown.has(id);
      throw sent ? new OutcomeUnknown(error.message) : error;
    }
  }

  async #record(asked: AskedFact, request: FactRequest): Promise<RecordedRequest> {
    await this.#catchUp();
    let outcome = 'recorded' as RecordedRequest['outcome'];
    await this.#stream.append(() => {
      const before = this.book.get(request.id);
      outcome = before !== undefined ? 'replayed' : request.dryRun ? 'would-record' : 'recorded';
      if (before !== undefined) return sameRequest(before, request);
      this.#mustFit(asked, request);
      return request.dryRun ? [] : [this.#event(asked, request)];
    }, limits.decideAttemptsMax);
    if (outcome === 'would-record') return { outcome };
    const fact = this.book.get(request.id);
    if (fact === undefined) throw new Error(`the fact ${request.id} was recorded and is not there`);
    return { outcome, fact };
  }

  /** Appends facts as the first of the stream, when it is empty; all of them or none. */
  async begin(facts: readonly (AskedFact & { readonly request: FactRequest })[]): Promise<boolean> {
    let begun = false;
    await this.#stream.append(() => {
      begun = this.#stream.isEmpty;
      return begun ? facts.map(({ request, ...asked }) => this.#event(asked, request)) : [];
    }, limits.decideAttemptsMax);
    return begun;
  }

  /** What is refused is refused on the whole record, and no key is bound twice: facts are few. */
  async #catchUp(): Promise<void> {
    await this.#stream.catchUp();
    await this.journal.reached(await this.store.head());
  }

  #event(asked: AskedFact, request: FactRequest): FactEvent {
    const { kind, state, body } = asked;
    const { id, actor, idempotencyKey, requestHash } = request;
    const said = { kind, state, body } as AskedFact;
    const recordedAt = this.clock.stamp();
    return { ...said, id, type: factType(kind), recordedAt, actor, idempotencyKey, requestHash };
  }

  #mustFit(asked: AskedFact, { id, ifMatch }: FactRequest): void {
    if (asked.state !== null) {
      const bound = this.journal.journal.bookOf(asked.state).entry(id);
      if (bound !== undefined || this.turns.isBound(id)) throw keyReused();
    }
    if (ifMatch !== undefined && ifMatch !== this.revision) {
      const detail = `The record of the treaty is at revision ${this.revision}, not ${ifMatch}`;
      throw new Problem('revision-differs', detail);
    }
    const record = this.#treatyRecord(asked.state);
    if (asked.kind === 'reversal') return this.#mustBeReversible(asked, record);
    const decision = decideFact(asked, record, this.clock.now());
    if (decision.outcome === 'invalid')
      throw invalidBody(decision.faults.map((fault) => ({ ...fault })));
    if (decision.outcome === 'refused') throw refused(decision.refusals);
  }

  #mustBeReversible({ state, body }: AskedFact<'reversal'>, record: TreatyRecord): void {
    const fact = this.book.get(body.entry);
    const own = fact?.state === state ? fact : undefined;
    const reversed = own !== undefined && !this.#standing(state).all.includes(own);
    const isCommon = own !== undefined && commonKinds.includes(own.kind);
    const states = [...this.book.states(lastPosition)].map((code) => this.#standing(code));
    const others = isCommon ? [...states, record.common] : [record.facts];
    const refusals = reversalRefusals(body.entry, own, reversed, record, others);
    if (refusals.length > 0) throw refused(refusals);
  }

  #treatyRecord(state: string | null): TreatyRecord {
    return { law: mineBan, facts: this.#standing(state), common: this.#standing(null) };
  }

  #standing(state: string | null): StandingFacts {
    return this.book.standing(state, lastPosition);
  }
}

function sameRequest(before: Fact, { requestHash }: FactRequest): readonly [] {
  if (before.requestHash !== requestHash) throw keyReused();
  return [];
}

function keyReused(): Problem {
  return new Problem(
    'idempotency-key-reused',
    'The Idempotency-Key belongs to another request; send a new one with a new request',
  );
}

function refused(refusals: readonly FactRefusal[]): Problem {
  const codes = new Set(refusals.map(({ code }) => code));
  const [only = 'refused'] = codes;
  const errors = refusals.map((refusal) => ({ ...refusal }));
  const details = refusals.map(({ detail }) => detail).join('; ');
  return new Problem(codes.size === 1 ? only : 'refused', details, { errors });
}
