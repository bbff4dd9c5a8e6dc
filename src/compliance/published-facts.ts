import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { v5 as uuidv5 } from 'uuid';
import type { EventStore } from '../event-store/event-store.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import { ids } from '../http/ids.ts';
import { bookStreamPrefix } from '../ledger/event-codec.ts';
import type { AskedFact } from '../treaty/facts.ts';
import { FactKeeper } from './fact-keeper.ts';

/** Facts of the treaty as they were published, with their sources. */
export interface PublishedFacts {
  readonly version: string;
  readonly about: string;
  readonly facts: readonly AskedFact[];
}

/** Who is named as having recorded them. */
export const publishedActor = 'published-facts';

/** How many events are looked at at once to see whether anyone has recorded anything. */
const looked = 1_000;

/**
 * Gives a new ledger the published membership: as ordinary facts with their sources, once. A ledger
 * in use is left as it is, also when a newer file comes with a newer program.
 */
@Injectable()
export class PublishedFactsLoader implements OnApplicationBootstrap {
  readonly #log = new Logger('Treaty');

  constructor(
    @Inject(FactKeeper) private readonly keeper: FactKeeper,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const published = readPublishedFacts();
    if (this.keeper.revision >= 0) return this.#compare(published);
    if (!(await this.#isUnused())) {
      this.#log.warn(
        `No facts of the treaty are recorded, and the ledger is in use: the published facts of ` +
          `${published.version} were not loaded. The secretariat records what is missing`,
      );
      return;
    }
    const begun = await this.keeper.begin(published.facts.map((fact, n) => requestOf(fact, n)));
    if (!begun) return;
    this.#log.log(`${published.facts.length} published facts of ${published.version} loaded`);
  }

  /** A newer file is never loaded silently. */
  #compare({ version, facts }: PublishedFacts): void {
    const missing = facts.filter((fact, n) => !this.keeper.has(requestOf(fact, n).request.id));
    if (missing.length === 0 || !this.keeper.book.isRecordedBy(publishedActor)) return;
    this.#log.warn(
      `${missing.length} published facts of ${version} are not as this ledger loaded them. ` +
        'Nothing was changed: the secretariat records what is new',
    );
  }

  /** Whether no State has an entry yet; keys and types may have been recorded before. */
  async #isUnused(): Promise<boolean> {
    for (let after = 0n; ;) {
      const events = await this.store.readAll(after, looked);
      if (events.some(({ stream }) => stream.startsWith(bookStreamPrefix))) return false;
      if (events.length < looked) return true;
      after = events.at(-1)?.position ?? after;
    }
  }
}

export function readPublishedFacts(): PublishedFacts {
  const file = new URL('published-facts.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as PublishedFacts;
}

/** The same id wherever and whenever it is loaded: a fact is not loaded twice. */
function requestOf(fact: AskedFact, n: number) {
  const text = canonicalize(fact) ?? '';
  const requestHash = createHash('sha256').update(text).digest('hex');
  const id = uuidv5(`${publishedActor}/${requestHash}`, ids);
  const idempotencyKey = `${publishedActor}/${n + 1}`;
  const request = { id, actor: publishedActor, idempotencyKey, requestHash };
  return { ...fact, request: { ...request, ifMatch: undefined, dryRun: false } };
}
