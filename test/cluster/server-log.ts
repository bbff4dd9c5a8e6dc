/** An event as a server keeps it. */
export interface Kept {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}

export type Proposed = Pick<Kept, 'id' | 'type' | 'contentType' | 'data'>;

/** Where an append landed, or where the stream is instead; −1 for no stream. */
export type Written = { readonly last: Kept } | { readonly actual: number };

/** The log of an EventStoreDB server: one order over all streams, with gaps, system events between. */
export class ServerLog {
  readonly all: Kept[] = [];
  readonly #streams = new Map<string, Kept[]>();
  readonly #listeners = new Set<(event: Kept) => void>();
  #next = 0n;

  constructor() {
    this.append('$settings', -1, [proposed('$UserCreated')]);
  }

  stream(name: string): readonly Kept[] {
    return this.#streams.get(name) ?? [];
  }

  /**
   * As the server decides: what stands already at an exact revision, by its ids, is answered with
   * its place; half of it is a conflict.
   */
  append(name: string, expected: number, events: readonly Proposed[]): Written {
    const stream = this.#streams.get(name) ?? [];
    const standing = stream.slice(expected + 1, expected + 1 + events.length);
    if (expected < stream.length - 1 && standing.length === events.length) {
      if (events.every(({ id }, index) => id === standing[index]!.id)) {
        return { last: standing.at(-1)! };
      }
    }
    if (expected !== stream.length - 1) return { actual: stream.length - 1 };
    for (const event of events) {
      const kept = { ...event, stream: name, revision: stream.length, position: this.#next };
      this.#next += BigInt(100 + event.data.length);
      stream.push(kept);
      this.all.push(kept);
    }
    this.#streams.set(name, stream);
    for (const kept of stream.slice(-events.length)) {
      for (const listener of [...this.#listeners]) listener(kept);
    }
    return { last: stream.at(-1)! };
  }

  /** Events that others write to the same server. */
  noise(count: number): void {
    for (let n = 0; n < count; n += 1) {
      const name = `others-${n % 3}`;
      this.append(name, this.stream(name).length - 1, [proposed('noted')]);
    }
  }

  /** Index in `all` of the event at a position, −1 when none begins there. */
  indexOf(position: bigint): number {
    return this.all.findIndex((event) => event.position === position);
  }

  listen(listener: (event: Kept) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function proposed(type: string): Proposed {
  return {
    id: crypto.randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from('{}'),
  };
}
