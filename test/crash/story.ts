import type { StoredEvent } from '../../src/event-store/event-store.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { groupings, type Grouping } from '../../src/journal/balances.ts';
import { accounts, figures } from '../../src/ledger/accounts.ts';
import { decide, type Command } from '../../src/ledger/decide.ts';
import { kinds, paths } from '../../src/ledger/kinds.ts';
import { asStored } from '../support/stored.ts';
import { Random } from './random.ts';
import { draw, openings, type Request } from './requests.ts';

const now = Date.parse('2026-03-01T00:00:00Z');
const states = ['XXA', 'XXB', 'XXC'];

/**
 * A log with this many events of every kind, decided against the journal, which takes each of them
 * before the next one is decided. Positions have gaps, and some events are not of a book.
 */
export function tellStory(count: number, seed: number, journal: Journal): StoredEvent[] {
  const random = new Random(seed);
  const events: StoredEvent[] = [];
  const recorded = new Map<string, string[]>(states.map((state) => [state, []]));
  let position = 0n;
  const take = (event: StoredEvent): void => {
    position = event.position;
    events.push(event);
    journal.apply([event]);
  };
  const ask = (state: string, request: Request, id: string): void => {
    const decision = decide(commandOf(request, id), journal.bookOf(state), now);
    if (decision.outcome !== 'decided') return;
    for (const [part, entry] of decision.entries.entries()) {
      const ids = recorded.get(state) ?? [];
      const cause = part > 0 ? { causation: id } : {};
      const place = { state, revision: ids.length, position: position + BigInt(random.int(1, 3)) };
      take(asStored(entry, { ...place, ...cause }));
      ids.push(entry.id);
    }
  };
  for (const state of states) {
    openings().forEach((request, n) => ask(state, request, `opening-${state}-${n}`));
  }
  for (let n = 0, others = 0; events.length < count; n++) {
    const state = random.pick(states);
    ask(state, draw(random, recorded.get(state) ?? []), `entry-${n}`);
    if (random.chance(0.02)) take(otherEvent((others += 1), position + 1n));
  }
  return events;
}

function commandOf({ path, body }: Request, id: string): Command {
  const kind = kinds.find((one) => paths[one] === path);
  const members = (n: number): string => `${id}-${n}`;
  return { id, kind, body, members } as unknown as Command;
}

/** An event of a stream that is no State's book. */
function otherEvent(revision: number, position: bigint): StoredEvent {
  const recordedAt = new Date(Date.UTC(2026, 0, 1) + Number(position) * 1000).toISOString();
  const data = Buffer.from(JSON.stringify({ recordedAt, type: 'other-v1' }));
  const id = `other-${revision}`;
  return { id, type: 'other-v1', data, stream: 'other', revision: revision - 1, position };
}

/** Very many answers of a journal, at many moments of both times, as one text. */
export function answersOf(journal: Journal, last: bigint, seed: number): string {
  const random = new Random(seed);
  const days = ['1999-05-31', '2003-09-30', '2005-12-31', '2008-12-31', '2012-02-28', '2026-03-01'];
  const said: unknown[] = [
    journal.position,
    journal.lastApplied(),
    journal.momentAt({ position: last }),
  ];
  for (let n = 0; n < 60; n++) {
    const known = n === 0 ? last : BigInt(random.int(0, Number(last)));
    const at = { effective: random.pick(days), known };
    said.push(at, journal.momentAt({ position: known }), [...journal.recordedStates(known)]);
    said.push(journal.totals.at(at));
    const state = random.pick(states);
    said.push(...aboutState(journal, state, at, random));
  }
  for (const state of states) said.push(forDecisions(journal, state));
  return JSON.stringify(said, (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  );
}

function aboutState(
  journal: Journal,
  state: string,
  at: { effective: string; known: bigint },
  random: Random,
): unknown[] {
  const id = journal.stateId(state);
  const filter = random.pick([
    {},
    { munition: 'm14' },
    { lot: null },
    { site: 'Shelf' },
    { munition: 'PMN-2', institution: 'Army' },
  ]);
  const by: Grouping[] = groupings.filter((g) => g === 'account' || random.chance(0.5));
  const figure = random.pick([...figures, ...accounts]);
  const page = { limit: 200 };
  return [
    journal.revisionAt(id, at.known),
    journal.figures.of(id, at, filter),
    journal.figures.of(id, at),
    journal.explanations.page(id, figure, at, filter, page),
    journal.explanations.page(id, 'remaining', at, filter, page),
    journal.balances.page(id, by, at, filter, page),
    journal.differences.page(id, at, page),
    journal.entries.page(id, at, page),
  ];
}

/** What the write side asks of a book. */
function forDecisions(journal: Journal, state: string): unknown[] {
  const book = journal.bookOf(state);
  const holdings = ['PMN-2', 'M14', 'PFM-1'].flatMap((munition) =>
    book.holdingsOf(munition, '2026-03-01', 100),
  );
  return [
    book.revision,
    book.inflow,
    holdings,
    holdings.map(({ holding }) => [
      book.balance(holding, '2006-06-06'),
      book.changesAfter(holding, '2001-01-01'),
      book.counts(holding, '2001-01-01'),
      book.declaredOn(holding),
      book.outflows(holding, '2001-01-01', '2010-01-01', 20),
    ]),
  ];
}

/** Events as text, and back: to hand them to another process. */
export function toText(events: readonly StoredEvent[]): string {
  return JSON.stringify(
    events.map(({ position, data, ...rest }) => ({
      ...rest,
      position: position.toString(),
      data: Buffer.from(data).toString('base64'),
    })),
  );
}

export function fromText(text: string): StoredEvent[] {
  const read = JSON.parse(text) as (Omit<StoredEvent, 'position' | 'data'> & {
    position: string;
    data: string;
  })[];
  return read.map(({ position, data, ...rest }) => ({
    ...rest,
    position: BigInt(position),
    data: Buffer.from(data, 'base64'),
  }));
}
