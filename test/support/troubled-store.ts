import { setImmediate as turn } from 'node:timers/promises';
import { EmbeddedEventStore } from '../../src/event-store/embedded/embedded-event-store.ts';
import { OutcomeUnknown, StoreUnavailable } from '../../src/event-store/errors.ts';
import type { EventStore, ExpectedRevision, NewEvent } from '../../src/event-store/event-store.ts';

/** What befalls an append: it is refused, or its outcome is lost before or after it is recorded. */
export type Trouble = 'unavailable' | 'lost-before' | 'lost-after';

/** The embedded store, on which a test brings trouble over the next appends. */
export class TroubledStore implements EventStore {
  /** Trouble for the appends to come, in order; `undefined` for none. */
  readonly ahead: (Trouble | undefined)[] = [];
  readonly #store: EmbeddedEventStore;

  private constructor(store: EmbeddedEventStore) {
    this.#store = store;
  }

  static async open(folder: string): Promise<TroubledStore> {
    return new TroubledStore(await EmbeddedEventStore.open(folder));
  }

  async append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]) {
    const trouble = this.ahead.shift();
    // As long as the real one takes: others are decided meanwhile.
    if (trouble !== undefined) await turn();
    if (trouble === 'unavailable') throw new StoreUnavailable('the disk is full');
    if (trouble === 'lost-before') throw new OutcomeUnknown('the connection was lost');
    const appended = await this.#store.append(stream, expected, events);
    if (trouble === 'lost-after') throw new OutcomeUnknown('the connection was lost');
    return appended;
  }

  readStream(stream: string, from: number, limit: number) {
    return this.#store.readStream(stream, from, limit);
  }

  readAll(after: bigint, limit: number) {
    return this.#store.readAll(after, limit);
  }

  at(position: bigint) {
    return this.#store.at(position);
  }

  head() {
    return this.#store.head();
  }

  feed(after: bigint) {
    return this.#store.feed(after);
  }

  close() {
    return this.#store.close();
  }
}
