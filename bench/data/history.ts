import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import type { NewEvent } from '../../src/event-store/event-store.ts';
import { ids } from '../../src/http/ids.ts';
import { emptyBook, type BookEntry } from '../../src/ledger/book.ts';
import { contradictionsOf } from '../../src/ledger/contradictions.ts';
import { parseEffectiveDate } from '../../src/ledger/effective-date.ts';
import { effectiveDateOf, type CountRef, type DecidedEntry } from '../../src/ledger/entry.ts';
import { encodeEntry } from '../../src/ledger/event-codec.ts';
import { eventTypeOf } from '../../src/ledger/event-types.ts';
import { holding, type Place } from '../../src/ledger/holding.ts';
import type { Bodies, Kind, PostedEntry } from '../../src/ledger/kinds.ts';
import { postingsOf } from '../../src/ledger/posting-rules.ts';
import { Chance } from './chance.ts';

/** What an invented book looks like. */
export interface Shape {
  readonly state: string;
  readonly entries: number;
  readonly munitions: number;
  /** Lots at sites; each makes up to seven holdings: sources, stock, retained, what is gone. */
  readonly places: number;
  /** Which share of the entries are counts: late entries then contradict them. */
  readonly counts?: number;
}

const firstDay = Date.UTC(2000, 0, 1);
const days = 25 * 365;
const lateShare = 0.15;
/** How many entries a place begins with: declared, partly allocated, partly retained. */
const openings = 3;

export function placeOf({ munitions }: Shape, n: number): Place & { lot: string; site: string } {
  const lot = Math.floor(n / munitions);
  return {
    munition: `Type ${(n % munitions) + 1}`,
    lot: `${lot + 1}-${80 + (n % 9)}`,
    site: `Depot ${((n * 7 + lot) % 12) + 1}`,
  };
}

/** A day of the years that the book covers, by its number. */
export function dayAt(number: number): string {
  return new Date(firstDay + Math.floor(number) * 86_400_000).toISOString().slice(0, 10);
}

export const lastDay = dayAt(days);

/**
 * An invented book over 25 years, entry by entry in the order recorded, by the posting rules and
 * without any server. A good part comes late: dated anywhere between the openings and its turn.
 * Openings are large and all else small, so no holding falls below zero on any day.
 */
export class History {
  readonly #shape: Shape;
  readonly #chance: Chance;
  readonly #stock: number[] = [];
  readonly #counts: CountRef[][] = [];
  #made = 0;

  constructor(shape: Shape, seed = 1) {
    this.#shape = shape;
    this.#chance = new Chance(seed);
  }

  /** The next events, at most as many as asked; none when the book is complete. */
  next(limit: number): NewEvent[] {
    const until = Math.min(this.#made + limit, this.#shape.entries);
    const events: NewEvent[] = [];
    while (this.#made < until) events.push(this.#event());
    return events;
  }

  #event(): NewEvent {
    const n = this.#made++;
    const idempotencyKey = `${this.#shape.state} voucher ${n}`;
    const id = uuidv5(idempotencyKey, ids);
    const entry = this.#decided(id, n);
    const requestHash = createHash('sha256').update(idempotencyKey).digest('hex');
    const data = encodeEntry({
      ...entry,
      state: this.#shape.state,
      recordedAt: new Date(Date.UTC(2025, 0, 1) + n * 10_000).toISOString(),
      actor: 'bench-6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10',
      correlation: id,
      causation: null,
      idempotencyKey,
      requestHash,
      salt: requestHash.slice(0, 32),
    });
    return { id, type: eventTypeOf(entry.kind), data };
  }

  #decided(id: string, n: number): DecidedEntry {
    const { places } = this.#shape;
    const opening = n < openings * places;
    const place = opening ? n % places : this.#chance.whole(0, places - 1);
    const posted = opening
      ? this.#opening(id, Math.floor(n / places), place, n)
      : this.#later(id, place, n);
    const entry = {
      ...posted,
      effective: parseEffectiveDate(effectiveDateOf(posted)),
      postings: postingsOf(posted),
      contradicts: [],
    };
    return this.#taken(entry, place);
  }

  #opening(id: string, step: number, place: number, n: number): PostedEntry {
    const effectiveDate = this.#turn(n);
    const line = placeOf(this.#shape, place);
    if (step === 0) {
      const lines = [{ ...line, quantity: 1_000_000 }];
      return entryOf(id, 'inventory', { effectiveDate, basis: 'declared', lines });
    }
    if (step === 1) {
      const lines = [{ ...line, quantity: 400_000 }];
      return entryOf(id, 'allocation', { effectiveDate, status: 'allocated', lines });
    }
    return entryOf(id, 'retention', { effectiveDate, lines: [{ ...line, quantity: 50_000 }] });
  }

  #later(id: string, place: number, n: number): PostedEntry {
    const { places, counts = 0 } = this.#shape;
    if (this.#chance.share() < counts) return this.#count(id, place, n);
    const least = (openings * places * days) / this.#shape.entries;
    const late = this.#chance.share() < lateShare;
    const turn = (n * days) / this.#shape.entries;
    const effectiveDate = late
      ? dayAt(least + 1 + this.#chance.share() * Math.max(0, turn - least - 1))
      : this.#turn(n);
    const lines = [{ ...placeOf(this.#shape, place), quantity: this.#chance.whole(1, 20) }];
    const kind = this.#chance.share();
    if (kind < 0.1) return entryOf(id, 'use', { effectiveDate, lines });
    if (kind < 0.15) return entryOf(id, 'retention', { effectiveDate, lines });
    if (kind < 0.3) return entryOf(id, 'allocation', { effectiveDate, status: 'allocated', lines });
    if (kind < 0.4) return entryOf(id, 'inventory', { effectiveDate, basis: 'newly-found', lines });
    return entryOf(id, 'destruction', {
      effectiveDate,
      article: '4',
      from: kind < 0.6 ? 'held/stockpile' : 'held/allocated',
      destructionSite: 'Range East',
      method: 'open detonation',
      lines,
    });
  }

  /** Counted on its turn, after which nothing is dated yet: the book expects all there is. */
  #count(id: string, place: number, n: number): PostedEntry {
    const expected = this.#stock[place] ?? 0;
    const quantity = expected - (this.#chance.share() < 0.1 ? this.#chance.whole(1, 5) : 0);
    const lines = [{ ...placeOf(this.#shape, place), quantity }];
    const body = {
      effectiveDate: this.#turn(n),
      account: 'held/stockpile' as const,
      method: 'full' as const,
      lines,
    };
    return { id, kind: 'count', body, found: { expected: [expected], others: [] } };
  }

  /** Keeps what later counts and contradictions follow from. */
  #taken(entry: DecidedEntry, place: number): DecidedEntry {
    for (const { account, quantity } of entry.postings) {
      if (account === 'held/stockpile') this.#stock[place] = (this.#stock[place] ?? 0) + quantity;
    }
    const known = this.#counts[place];
    const { last: day } = entry.effective;
    const taken =
      known === undefined ? entry : { ...entry, contradicts: contradicted(entry, known) };
    if (entry.kind === 'count') {
      const counted = entry.body.lines[0]?.quantity ?? 0;
      (this.#counts[place] ??= []).push({ entry: entry.id, day, counted });
    }
    return taken;
  }

  #turn(n: number): string {
    return dayAt((n * days) / this.#shape.entries);
  }
}

/** All that is asked of a count is when it was recorded: before what is recorded now. */
const recordedBefore = { entry: { revision: 0 }, reversedBy: null } as unknown as BookEntry;

function contradicted(entry: DecidedEntry, counts: readonly CountRef[]) {
  const noted = contradictionsOf([entry], {
    ...emptyBook(''),
    entry: (id) => (counts.some((count) => count.entry === id) ? recordedBefore : undefined),
    counts: ({ account }, from) =>
      account === 'held/stockpile' ? counts.filter(({ day }) => day >= from) : [],
  });
  return noted.get(entry.id) ?? [];
}

function entryOf<K extends Exclude<Kind, 'count' | 'reversal'>>(
  id: string,
  kind: K,
  body: Bodies[K],
): PostedEntry {
  return { id, kind, body } as PostedEntry;
}

/** A holding of stock that every book of this shape has. */
export function stockOf(shape: Shape, place: number) {
  return holding('held/stockpile', placeOf(shape, place));
}
