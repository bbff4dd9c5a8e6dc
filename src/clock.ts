/** Where the time comes from; tests bring their own. */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
}

export class SystemClock extends Clock {
  override now(): number {
    return Date.now();
  }
}
