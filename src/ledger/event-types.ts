import { kinds, type Kind } from './kinds.ts';

type Event = Readonly<Record<string, unknown>>;

/** The version in which each kind of entry is written now. */
const currentVersion = 1;

/** The name under which entries of a kind are stored: `destruction-v1`. */
export function eventTypeOf(kind: Kind): string {
  return `${kind}-v${currentVersion}`;
}

const kindByType = new Map(kinds.map((kind) => [eventTypeOf(kind), kind]));

/** @throws RangeError for a type that no kind is written as */
export function kindOf(type: string): Kind {
  const kind = kindByType.get(type);
  if (kind === undefined) throw new RangeError(`no kind of entry is written as "${type}"`);
  return kind;
}

/**
 * How an event of an earlier version is read as the next one. Pure, one step each, kept for ever;
 * `test/golden/events` keeps one stored event of every version. None so far: all are of version 1.
 */
const upcasters: Readonly<Record<string, (event: Event) => Event>> = {};

/** The event as the current version would have written it; its `type` then says so. */
export function upcast(type: string, event: Event, steps: typeof upcasters = upcasters): Event {
  const step = steps[type];
  if (step === undefined) return { ...event, type };
  const next = step(event);
  return upcast(String(next['type']), next, steps);
}
