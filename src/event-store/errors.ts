import type { ExpectedRevision } from './event-store.ts';

/** The stream is not where the caller believed it: nothing was recorded; decide again. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly actual: ExpectedRevision;

  constructor(stream: string, expected: ExpectedRevision, actual: ExpectedRevision) {
    super(`stream ${stream} is at ${String(actual)}, not at ${String(expected)}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The store can't take the append now (full disk, closed, lost): nothing was recorded. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The append may or may not have been recorded; the identical call may be repeated. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** An event is larger than the engine takes: nothing was recorded. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
}

/** The store can't be opened as it is: damaged, locked by another process, or from the future. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}
