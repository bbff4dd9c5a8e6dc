import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import { WrongExpectedRevision } from '../event-store/errors.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { FollowedStream } from '../event-store/followed-stream.ts';
import { Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { LedgerClock } from '../ledger-clock.ts';
import { limits } from '../limits.ts';
import type { TypeNames } from '../journal/type-names.ts';
import {
  keysOf,
  munitionsStream,
  MunitionCatalogue,
  type Munition,
  type MunitionDescribed,
  type MunitionVersion,
} from './munition.ts';

/** Who describes a type, and by which request. */
export interface DescribeRequest {
  readonly id: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

/** The catalogue of munitions that all States share, kept up with the log. */
@Injectable()
export class CatalogueService implements TypeNames, OnModuleInit, OnModuleDestroy {
  readonly catalogue = new MunitionCatalogue();
  readonly #stream: FollowedStream<MunitionDescribed>;
  #following: Subscription | undefined;

  constructor(
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(LedgerClock) private readonly clock: LedgerClock,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {
    this.#stream = new FollowedStream(store, munitionsStream, (event, { position }) =>
      this.catalogue.take(event, position),
    );
  }

  async onModuleInit(): Promise<void> {
    await this.#stream.catchUp();
    this.#following = this.journal.follow((events) => this.#stream.take(events));
  }

  onModuleDestroy(): void {
    this.#following?.unsubscribe();
  }

  keysOf(type: string, known: bigint): readonly string[] | undefined {
    const munition = this.catalogue.find(type, known);
    return munition && keysOf(munition);
  }

  /** Records a version of a type; asked again, the same one. @throws Problem `spelling-taken` */
  async describe(
    munition: Munition,
    { id, ...request }: DescribeRequest,
  ): Promise<{ readonly described: MunitionVersion; readonly replayed: boolean }> {
    this.journal.mustBeReady();
    let replayed = false;
    try {
      await this.#stream.append(() => {
        replayed = this.catalogue.recordedAs(id) !== undefined;
        if (replayed) return [];
        this.#refuseTaken(munition);
        const recordedAt = this.clock.stamp();
        return [{ id, type: 'munition-described-v1' as const, recordedAt, ...request, munition }];
      }, limits.decideAttemptsMax);
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      throw new Problem('busy-book', 'Others keep changing the catalogue', {
        retryAfterSeconds: 1,
      });
    }
    const described = this.catalogue.recordedAs(id);
    if (described === undefined) throw new Error(`the version ${id} was recorded and is not there`);
    if (described.requestHash === request.requestHash) return { described, replayed };
    throw new Problem('idempotency-key-reused', 'The Idempotency-Key described another munition');
  }

  #refuseTaken(munition: Munition): void {
    const taken = this.catalogue.taken(munition);
    if (taken.length === 0) return;
    const names = [munition.type, ...(munition.spellings ?? [])];
    const errors = taken.map(({ spelling, by }) => {
      const at = names.indexOf(spelling);
      const pointer = at === 0 ? '/type' : `/spellings/${at - 1}`;
      return { pointer, detail: `"${spelling}" is a spelling of ${by} already` };
    });
    const detail = `${taken.length} of the names belong to other types; nothing was recorded`;
    throw new Problem('spelling-taken', detail, { errors });
  }
}
