import { Injectable } from '@nestjs/common';

/**
 * An idempotency key is bound by one request, of an entry, a fact or a report: requests that would
 * record under the same id come one after another, so that each sees what the one before it recorded.
 */
@Injectable()
export class RequestTurns {
  readonly #last = new Map<string, Promise<unknown>>();

  readonly #binding: ((id: string) => boolean)[] = [];

  /** Adds a record, beside the books, in which a request can have been recorded. */
  watch(has: (id: string) => boolean): void {
    this.#binding.push(has);
  }

  /** Whether a record beside the books holds what was recorded under an id. */
  isBound(id: string): boolean {
    return this.#binding.some((has) => has(id));
  }

  async take<T>(id: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(id);
    const mine = before === undefined ? work() : before.then(work, work);
    this.#last.set(id, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(id) === mine) this.#last.delete(id);
    }
  }
}
