/** What clients of the service saw, and what the books say in the end: all that the checker reads. */
export interface History {
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  readonly finals: readonly Final[];
}

/** One answer; `began` and `ended` are ticks of one counter that all clients share. */
export interface Answer {
  readonly began: number;
  readonly ended: number;
  readonly status: number;
  readonly replayed: boolean;
  readonly body: unknown;
}

/** One request to record something, under one key, sent once or more often. */
export interface Write {
  readonly state: string;
  /** Last part of the path: `inventories`, `counts`, … */
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  /** When it was sent first. */
  readonly sent: number;
  readonly answers: Answer[];
  /** How often no answer came. */
  lost: number;
  /** Answers to another body sent under the same key. */
  readonly toOtherBody: Answer[];
}

/** One reading of `/remaining`. */
export interface Read {
  readonly state: string;
  /** Readings by one reader follow each other. */
  readonly reader: number;
  /** The `Ledger-Min-Position` that was sent. */
  readonly minPosition: string;
  readonly body: unknown;
}

/** A State's book in the end: all of `/entries` and `/remaining`. */
export interface Final {
  readonly state: string;
  readonly entries: readonly unknown[];
  readonly remaining: unknown;
}
