/**
 * Every maximum of the service, by name. Each is enforced where it is named and documented in
 * `docs/operations.md`.
 */
export const limits = {
  /** Bytes of a request body. */
  bodyBytesMax: 2 * 1024 * 1024,
  /** How deep a body may nest. */
  bodyDepthMax: 20,
  /** Fields of one object in a body. */
  fieldsMax: 50,
  /** Lines of one entry. */
  linesMax: 10_000,
  /** Entries that one correction reverses or records. */
  correctionPartsMax: 100,
  /** Spellings of one type of munition. */
  spellingsMax: 200,
  /** Pieces of evidence named by one entry. */
  evidenceMax: 100,
  /** Characters of a name: munition, lot, site, institution, method. */
  nameLengthMax: 200,
  /** Characters of a free text: reason, remarks. */
  textLengthMax: 4_000,
  /** Characters of one text of a report. */
  narrativeLengthMax: 100_000,
  /** Characters of an idempotency key. */
  idempotencyKeyLengthMax: 255,
  /** Characters of the bootstrap key, at least: what is shorter can be guessed. */
  bootstrapKeyLengthMin: 8,
  bootstrapKeyLengthMax: 200,
  /** Items of a list's page: unless asked, and at most. */
  pageDefault: 100,
  pageMax: 1_000,
  /** Entries, holdings or counts named in one refusal before "and n more". */
  refusalListMax: 20,
  /** Errors named in one answer. */
  errorsMax: 1_000,
  /** Bytes of one event in the log. */
  eventBytesMax: 16 * 1024 * 1024,
  /** Appends that share one commit of the embedded engine, and that may wait for one. */
  commitAppendsMax: 512,
  commitQueueMax: 10_000,
  /** Bytes of events that may wait for a commit of the embedded engine. */
  commitQueueBytesMax: 256 * 1024 * 1024,
  /** Milliseconds for one call to a cluster, and for everything done to learn an outcome from it. */
  clusterCallMs: 5_000,
  clusterOutcomeMs: 20_000,
  /** Milliseconds without a sign of life after which a feed of a cluster is asked for again. */
  clusterSilenceMs: 10_000,
  /** Appends to one stream that go to a cluster in one call, and their bytes together. */
  clusterGroupMax: 256,
  clusterGroupBytesMax: 256 * 1024,
  /** Events that a read model takes in one transaction. */
  feedBatchEvents: 4_000,
  /** Bytes of events after which a batch of the embedded engine's feed ends early. */
  feedBatchBytesMax: 16 * 1024 * 1024,
  /** Milliseconds that a read waits for `Ledger-Min-Position`. */
  minPositionWaitMs: 5_000,
  /** Times that a command is decided again when another writer came first. */
  decideAttemptsMax: 10,
  /** Live feeds (Server-Sent Events) open at once. */
  liveFeedsMax: 200,
} as const;
