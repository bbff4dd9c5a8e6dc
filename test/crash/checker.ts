/**
 * The independent checker: knows nothing of the service's code, and reads only what clients saw and
 * what the books say in the end. Returns what is wrong, in words; nothing when all is well.
 */
import { lastDay, legsAsked, moved, pathOf, sumsOf, type Posting } from './expectations.ts';
import type { Answer, Final, History, Read, Write } from './history.ts';
import { isCluster } from '../support/engine.ts';

interface Entry {
  readonly entry: string;
  readonly position: string;
  readonly revision: string;
  readonly recordedAt: string;
  readonly kind: string;
  readonly effectiveDate: string;
  readonly idempotencyKey: string;
  readonly reversedBy: string | null;
  readonly causation: string | null;
  readonly body: { readonly entry?: string };
  readonly postings: readonly Posting[];
}

interface Placed extends Entry {
  readonly state: string;
  readonly at: bigint;
  readonly day: string;
}

/** How many complaints are listed before the rest is only counted. */
const complaintsMax = 50;

export function check(history: History): string[] {
  const complaints: string[] = [];
  const complain = (what: string) => void complaints.push(what);
  const books = new Map<string, Placed[]>();
  for (const final of history.finals) {
    const entries = placed(final);
    books.set(final.state, entries);
    checkBook(final.state, entries, complain);
    checkReversals(entries, complain);
    checkNeverBelowZero(final.state, entries, complain);
    checkFigures(`${final.state} in the end`, entries, final.remaining, complain);
  }
  checkLog([...books.values()].flat(), complain);
  const byKey = checkKeys(history.writes, books, complain);
  for (const write of history.writes) {
    checkWrite(write, byKey.get(`${write.state}/${write.key}`) ?? [], complain);
  }
  checkRealTime(history.writes, complain);
  checkReads(history.reads, books, complain);
  const more = complaints.length - complaintsMax;
  return more > 0 ? [...complaints.slice(0, complaintsMax), `and ${more} more`] : complaints;
}

type Complain = (what: string) => void;

function placed({ state, entries }: Final): Placed[] {
  return (entries as readonly Entry[]).map((entry) => {
    const day = lastDay(entry.effectiveDate);
    return { ...entry, state, at: BigInt(entry.position), day };
  });
}

/** One State's book: revisions without gaps, positions in their order, entries that balance. */
function checkBook(state: string, entries: readonly Placed[], complain: Complain): void {
  let last = 0n;
  entries.forEach((entry, n) => {
    const name = `${state}: entry ${entry.entry}`;
    if (entry.revision !== String(n)) {
      complain(`${name} has revision ${entry.revision} where ${n} is due`);
    }
    if (entry.at <= last) complain(`${name} stands at ${entry.at}, behind one at ${last}`);
    last = entry.at;
    for (const { quantity } of entry.postings) {
      if (!Number.isSafeInteger(quantity)) complain(`${name} posts ${quantity}`);
    }
    for (const [munition, sum] of sumsOf(entry.postings, (p) => p.munition.toUpperCase())) {
      if (sum !== 0) complain(`${name} does not balance: ${sum} of ${munition} come from nowhere`);
    }
  });
}

/** All books together: one order, nothing doubled, recorded times that never go back. */
function checkLog(entries: readonly Placed[], complain: Complain): void {
  const ids = new Set<string>();
  const positions = new Set<bigint>();
  for (const { entry, at, state } of entries) {
    if (ids.has(entry)) complain(`${state}: entry ${entry} is doubled`);
    if (positions.has(at)) complain(`${state}: position ${at} is doubled`);
    ids.add(entry);
    positions.add(at);
  }
  checkTimes(entries, complain);
}

/** In the order of positions; between States only where one process has written all of them. */
function checkTimes(entries: readonly Placed[], complain: Complain): void {
  const inOrder = [...entries].sort((a, b) => (a.at < b.at ? -1 : 1));
  const last = new Map<string, string>();
  for (const { at, recordedAt, state } of inOrder) {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(recordedAt)) {
      complain(`position ${at} was recorded at "${recordedAt}"`);
    }
    const order = isCluster ? state : '';
    const before = last.get(order) ?? '';
    if (recordedAt < before) complain(`recordedAt goes back at position ${at}: behind ${before}`);
    last.set(order, recordedAt);
  }
}

/** Each key at most once in its book, and none that nobody sent; a correction with its parts. */
function checkKeys(
  writes: readonly Write[],
  books: ReadonlyMap<string, readonly Placed[]>,
  complain: Complain,
): Map<string, Placed[]> {
  const sent = new Set(writes.map(({ state, key }) => `${state}/${key}`));
  const byKey = new Map<string, Placed[]>();
  for (const entry of [...books.values()].flat()) {
    const name = `${entry.state}/${entry.idempotencyKey}`;
    const known = byKey.get(name);
    if (known === undefined) byKey.set(name, [entry]);
    else {
      const [head] = known;
      const next = String(Number(known.at(-1)?.revision) + 1);
      const isPart = head?.kind === 'correction' && entry.causation === head.entry;
      if (!isPart) complain(`${name} is doubled: two entries have this key`);
      else if (entry.revision !== next) complain(`${name}: a correction is torn apart`);
      known.push(entry);
    }
    if (!sent.has(name)) complain(`${name} was recorded, and nobody sent it`);
  }
  return byKey;
}

/** What the client of one write was told, against what stands in the book. */
function checkWrite(write: Write, recorded: readonly Placed[], complain: Complain): void {
  const name = `${write.state}/${write.key}`;
  const acknowledged = write.answers.filter(({ status }) => status === 201);
  const refused = write.answers.filter(({ status }) => status >= 400 && status < 500);
  const first = acknowledged[0];
  if (first !== undefined && recorded.length === 0) {
    complain(`${name} was acknowledged, and it is missing`);
  }
  for (const { body } of acknowledged.slice(1)) {
    if (canonical(body) !== canonical(first?.body)) {
      complain(`${name} was answered differently: ${canonical(body)} or ${canonical(first?.body)}`);
    }
  }
  if (acknowledged.filter(({ replayed }) => !replayed).length > 1) {
    complain(`${name} was told twice that it was recorded just now`);
  }
  for (const { began, status } of refused) {
    const before = acknowledged.find(({ ended }) => ended < began);
    if (before !== undefined) complain(`${name} was acknowledged, and then answered ${status}`);
  }
  if (refused.length > 0 && acknowledged.length === 0 && recorded.length > 0) {
    complain(`${name} was refused, and it was recorded`);
  }
  for (const { status } of write.answers) {
    if (status >= 500 && status !== 503) complain(`${name} was answered ${status}`);
  }
  checkOtherBody(write, acknowledged, complain);
  if (recorded.length > 0) checkRecorded(name, write, first, recorded, complain);
}

function checkOtherBody(
  { state, key, toOtherBody }: Write,
  acknowledged: readonly Answer[],
  complain: Complain,
): void {
  for (const { status, began } of toOtherBody) {
    const after = acknowledged.some(({ ended }) => ended < began);
    if (status === 201 || (after && status !== 422 && status !== 503)) {
      complain(`${state}/${key}: another body under this key was answered ${status}`);
    }
  }
}

function checkRecorded(
  name: string,
  write: Write,
  acknowledged: Answer | undefined,
  recorded: readonly Placed[],
  complain: Complain,
): void {
  const [head, ...parts] = recorded;
  if (canonical(head?.body) !== canonical(write.body)) {
    complain(`${name} was changed: ${canonical(write.body)} became ${canonical(head?.body)}`);
  }
  const asked = partsAsked(write);
  if (parts.length !== asked.length - 1) complain(`${name} has ${parts.length} parts`);
  asked.forEach((legs, n) => {
    const posted = moved(recorded[n]?.postings ?? []);
    if (legs === undefined || canonical(legs) === canonical(posted)) return;
    complain(`${name} posts ${canonical(posted)}, asked for was ${canonical(legs)}`);
  });
  if (acknowledged === undefined) return;
  const last = recorded.at(-1);
  const is = {
    entry: head?.entry,
    position: last?.position,
    revision: last?.revision,
    recordedAt: head?.recordedAt,
    postings: recorded.flatMap(({ postings }) => postings),
    ...(parts.length > 0 && { entries: parts.map(({ entry }) => entry) }),
  };
  for (const [field, value] of Object.entries(is)) {
    const told = (acknowledged.body as Record<string, unknown>)[field];
    if (canonical(told) === canonical(value)) continue;
    complain(`${name} was changed: ${field} is ${canonical(value)}, told was ${canonical(told)}`);
  }
}

/** What each entry of a request posts, where that follows from the request alone. */
function partsAsked({ path, body }: Write): (Record<string, number> | undefined)[] {
  if (path !== 'corrections') return [legsAsked(path, body)];
  const { reverse, replace } = body as { reverse: string[]; replace: { kind: string }[] };
  const replaced = replace.map((part) => legsAsked(pathOf[part.kind] ?? '', part));
  return [{}, ...reverse.map(() => undefined), ...replaced];
}

/** What was sent after another was acknowledged stands behind it. */
function checkRealTime(writes: readonly Write[], complain: Complain): void {
  const acknowledged = writes.flatMap((write) => {
    const first = write.answers.find(({ status }) => status === 201);
    if (first === undefined) return [];
    return [{ ...write, ended: first.ended, at: BigInt((first.body as Entry).position) }];
  });
  const bySent = [...acknowledged].sort((a, b) => a.sent - b.sent);
  const byEnded = [...acknowledged].sort((a, b) => a.ended - b.ended);
  let highest = 0n;
  let n = 0;
  for (const { state, key, sent, at } of bySent) {
    for (let done = byEnded[n]; done !== undefined && done.ended < sent; done = byEnded[++n]) {
      if (done.at > highest) highest = done.at;
    }
    if (at <= highest) {
      complain(`${state}/${key} stands at ${at}, though ${highest} was acknowledged before`);
    }
  }
}

/** A reversal turns every posting of its entry round, and each entry is reversed once at most. */
function checkReversals(entries: readonly Placed[], complain: Complain): void {
  const byId = new Map(entries.map((entry) => [entry.entry, entry]));
  const reversedBy = new Map<string, string>();
  for (const { entry, kind, body, postings, day } of entries) {
    if (kind !== 'reversal') continue;
    const original = byId.get(body.entry ?? '');
    if (original === undefined) {
      complain(`reversal ${entry} has no original`);
      continue;
    }
    if (reversedBy.has(original.entry)) complain(`entry ${original.entry} is reversed twice`);
    reversedBy.set(original.entry, entry);
    const turned = original.postings.map((p) => ({ ...p, quantity: -p.quantity }));
    if (canonical(moved(turned)) !== canonical(moved(postings)) || original.day !== day) {
      complain(`reversal ${entry} does not undo ${original.entry}`);
    }
  }
  for (const { entry, reversedBy: said } of entries) {
    const is = reversedBy.get(entry) ?? null;
    if (said !== is) complain(`entry ${entry} says it is reversed by ${said}; it is by ${is}`);
  }
}

/**
 * No holding is below zero at the end of any day, after any request. The parts of a correction are
 * one request: what one of them takes too much, a later one may bring (docs/adr/0009).
 */
function checkNeverBelowZero(state: string, entries: readonly Placed[], complain: Complain): void {
  const holdings = new Map<string, Map<string, number>>();
  const touched = new Set<string>();
  entries.forEach(({ entry, idempotencyKey, day, postings }, n) => {
    for (const p of postings) {
      if (!/^(held\/|retained|custody$|difference\/shortage$)/.test(p.account)) continue;
      const { account, munition, lot, site, institution, shipment, difference } = p;
      const key = JSON.stringify([account, munition, lot, site, institution, shipment, difference]);
      const days = holdings.get(key) ?? new Map<string, number>();
      days.set(day, (days.get(day) ?? 0) + p.quantity);
      holdings.set(key, days);
      touched.add(key);
    }
    if (entries[n + 1]?.idempotencyKey === idempotencyKey) return;
    for (const key of touched) {
      const below = firstBelowZero(holdings.get(key) ?? new Map());
      if (below) complain(`${state}: after ${entry}, ${key} is below zero on ${below}`);
    }
    touched.clear();
  });
}

/** The first day at whose end a holding is below zero, and its balance then. */
function firstBelowZero(changes: ReadonlyMap<string, number>): string | undefined {
  let balance = 0;
  for (const [day, change] of [...changes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    balance += change;
    if (balance < 0) return `${day}: ${balance}`;
  }
  return undefined;
}

interface Figures {
  readonly effective: string;
  readonly known: { readonly position: string };
  readonly remaining: number;
  readonly retained: number;
  readonly custody: number;
  readonly accounts: Readonly<Record<string, number>>;
}

/** The figures are the sums of the postings, on their day and as known at their position. */
function checkFigures(
  name: string,
  entries: readonly Placed[],
  answer: unknown,
  complain: Complain,
): void {
  const { effective, known, accounts, remaining, retained, custody } = answer as Figures;
  const position = BigInt(known.position);
  const postings = entries
    .filter(({ at, day }) => at <= position && day <= effective)
    .flatMap((entry) => entry.postings);
  const sums = [...sumsOf(postings, (p) => p.account)].filter(
    ([account, sum]) => sum !== 0 && !account.startsWith('source/'),
  );
  const total = (start: string) =>
    sums.reduce((sum, [account, n]) => sum + (account.startsWith(start) ? n : 0), 0);
  const due = {
    remaining: total('held/'),
    retained: total('retained'),
    custody: total('custody'),
    accounts: Object.fromEntries(sums),
  };
  const is = { remaining, retained, custody, accounts };
  if (canonical(is) === canonical(due)) return;
  complain(
    `${name}, effective ${effective}, known ${position}: ${canonical(is)}, ` +
      `but the postings make ${canonical(due)}`,
  );
}

/** Readings show what was recorded by then, never less than asked for, and never go back. */
function checkReads(
  reads: readonly Read[],
  books: ReadonlyMap<string, readonly Placed[]>,
  complain: Complain,
): void {
  const last = new Map<number, bigint>();
  for (const { state, reader, minPosition, body } of reads) {
    const name = `reading of ${state}`;
    const known = BigInt((body as Figures).known.position);
    if (known < BigInt(minPosition)) complain(`${name} knows ${known}; asked was ${minPosition}`);
    if (known < (last.get(reader) ?? 0n)) complain(`${name} went back to ${known}`);
    last.set(reader, known);
    checkFigures(name, books.get(state) ?? [], body, complain);
  }
}

/** JSON with its fields in order, so that equal values are equal texts. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? 'nothing'
  );
}
