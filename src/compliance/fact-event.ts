import type { StoredEvent } from '../event-store/event-store.ts';
import { factPaths, type AskedFact, type Fact, type FactKind } from '../treaty/facts.ts';

/** The stream that holds every fact of the treaty, of all States, in one order. */
export const treatyStream = 'treaty';

/** A fact as it is written. */
export type FactEvent = AskedFact & {
  readonly id: string;
  readonly type: `treaty-${FactKind}-v1`;
  readonly recordedAt: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  /** SHA-256, in hex, of the canonical JSON (RFC 8785) of route and body. */
  readonly requestHash: string;
};

export function factType<K extends FactKind>(kind: K): `treaty-${K}-v1` {
  return `treaty-${kind}-v1`;
}

/** @throws RangeError for an event of a type that is not known here */
export function factOf(event: FactEvent, { position, revision, type }: StoredEvent): Fact {
  const { id, kind, state, body, recordedAt, actor, idempotencyKey, requestHash } = event;
  const isKnown = kind === 'reversal' || kind in factPaths;
  if (!isKnown || type !== factType(kind) || event.type !== type) {
    throw new RangeError(`no fact of the treaty is written as "${type}"`);
  }
  const said = { kind, state, body } as AskedFact;
  return { ...said, id, position, revision, recordedAt, actor, idempotencyKey, requestHash };
}
