import { strict as assert } from 'node:assert';
import type { HoldingFilter, Page, TwoTimes } from '../../src/journal/asked.ts';
import { groupings, type Grouping } from '../../src/journal/balances.ts';
import type { Figures } from '../../src/journal/figures.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { accounts, type Account, type Figure } from '../../src/ledger/accounts.ts';
import { holding } from '../../src/ledger/holding.ts';
import type { BookList } from './book/book-list.ts';
import { plainKey, type Run } from './both-books.ts';
import { compareDifferences, compareShipments } from './compare-two-sides.ts';
import { figuresAt, grouped, itemsOf, postings, type Answer } from './book/questions.ts';
import { bareKeyOf, isSource, plainName, type Filter, type Spot } from './book/spot.ts';

/** Random numbers that choose when is asked, and what is asked beside the figures. */
export interface Questions {
  readonly limit: number;
  readonly by: readonly Grouping[];
  readonly filter: Filter;
  /** How many moments are asked for anything. */
  readonly moments: number;
  /** And one of those in how many for its explanations and lists. */
  readonly deep: number;
}

const endOfDays = '2199-12-31';

/** Every moment at which a figure can change: each position, at each day and on its eve. */
export function* moments({ world, events }: Run): Generator<TwoTimes> {
  const days = new Set<string>([endOfDays]);
  for (const { day } of world.entries) {
    days.add(day);
    const eve = new Date(Date.parse(day) - 86_400_000);
    days.add(eve.toISOString().slice(0, 10));
  }
  for (const { position } of events)
    for (const effective of days) yield { effective, known: position };
}

/** So many of the moments, spread over all of them, and what is known in the end of all days. */
export function sample(run: Run, size: number): TwoTimes[] {
  const all = [...moments(run)];
  const last = all.findLast(({ effective }) => effective === endOfDays);
  return all.filter((at, n) => at === last || (n * 7919) % all.length < size);
}

/** Asks the journal and the model every question at random moments; throws at the first difference. */
export function compareAll(run: Run, questions: Questions): number {
  let asked = 0;
  for (const at of sample(run, questions.moments)) {
    const deep = asked++ % questions.deep === 0;
    for (const [state, book] of run.world.books) {
      if (book.list.length === 0) continue;
      const label = `${state} on ${at.effective} as known at ${at.known}`;
      compareFigures(run.journal, state, book, at, {}, label);
      if (!deep) continue;
      compareFigures(run.journal, state, book, at, questions.filter, `${label}, filtered`);
      compareExplanations(run.journal, state, book, at, questions, label);
      compareLists(run.journal, state, book, at, questions, label);
      compareDifferences(run, state, at, questions.limit, label);
    }
    if (!deep) continue;
    compareTotals(run, at);
    compareShipments(run, at);
  }
  return asked;
}

function compareFigures(
  journal: Journal,
  state: string,
  book: BookList,
  at: TwoTimes,
  filter: Filter,
  label: string,
): void {
  const { munitions, ...figures } = journal.figures.of(journal.stateId(state), at, filter);
  const asked = { day: at.effective, known: at.known, filter };
  const { munitions: byName, ...expected } = figuresAt(book, asked);
  assert.deepEqual(inOrder(figures), expected, `figures of ${label}`);
  const named = munitions.map(({ munition, ...rest }) => [plainName(munition), inOrder(rest)]);
  assert.equal(new Set(named.map(([name]) => name)).size, named.length, `names of ${label}`);
  assert.deepEqual(Object.fromEntries(named), byName, `munitions of ${label}`);
}

function inOrder({ accounts, ...rest }: Figures): Answer {
  return { ...rest, accounts: Object.fromEntries(Object.entries(accounts).sort()) };
}

function compareExplanations(
  journal: Journal,
  state: string,
  book: BookList,
  at: TwoTimes,
  { limit, filter }: Questions,
  label: string,
): void {
  const id = journal.stateId(state);
  const asked = { day: at.effective, known: at.known, filter };
  const answer = figuresAt(book, asked);
  const { munitions: _munitions, accounts: balances, exact: _exact, ...figures } = answer;
  const balance = (account: string): number | undefined =>
    isSource(account) ? undefined : (balances[account] ?? 0);
  const all: (readonly [string, number | undefined])[] = [
    ...Object.entries(figures),
    ...accounts
      .filter((a) => a !== 'retained' && (balances[a] !== undefined || isSource(a)))
      .map((a) => [a, balance(a)] as const),
  ];
  for (const [figure, total] of all) {
    const items = paged(limit, (page) =>
      journal.explanations.page(id, figure as Figure | Account, at, filter, page),
    );
    let running = 0;
    for (const item of items) {
      running += item.quantity;
      assert.equal(item.runningTotal, running, `running total of ${figure}, ${label}`);
    }
    if (total !== undefined) assert.equal(running, total, `items of ${figure}, ${label}`);
    const told = items.map(
      (i) => `${i.entry} ${i.effectiveDate} ${plainKey(i)} ${i.quantity} ${i.reversedBy}`,
    );
    const expected = itemsOf(book, figure, asked).map(({ entry, spot, quantity }) => {
      const undone = book.list.find((e) => e.undoes === entry && e.position <= at.known)?.id;
      return `${entry.id} ${entry.date} ${bareKeyOf(spot)} ${quantity} ${undone ?? null}`;
    });
    assert.deepEqual(told.sort(), expected.sort(), `items of ${figure}, ${label}`);
  }
}

function compareLists(
  journal: Journal,
  state: string,
  book: BookList,
  at: TwoTimes,
  { limit, by, filter }: Questions,
  label: string,
): void {
  const id = journal.stateId(state);
  const asked = { day: at.effective, known: at.known, filter };
  const balances = paged(limit, (page) => journal.balances.page(id, by, at, filter, page));
  const told = balances.map((b) => `${by.map((g) => plainName(b[g])).join('|')} ${b.quantity}`);
  const groups = [...grouped(postings(book, asked), by)];
  const expected = groups.filter(([, n]) => n !== 0).map(([key, n]) => `${key} ${n}`);
  assert.deepEqual(told.sort(), expected.sort(), `balances by ${by.join()} of ${label}`);
  if (Object.keys(filter).length === 0) {
    const sum = balances.reduce((total, { quantity }) => total + quantity, 0);
    assert.equal(sum, 0, `all accounts of ${label} add up to nothing`);
  }
  const entries = paged(limit, (page) => journal.entries.page(id, at, page));
  assert.deepEqual(
    entries.map(({ entry, position, reversedBy }) => [entry.id, position, reversedBy]),
    book.list
      .filter((e) => e.position <= at.known && e.day <= at.effective)
      .map((e) => {
        const undone = book.list.find((o) => o.undoes === e && o.position <= at.known);
        return [e.id, String(e.position), undone?.id ?? null];
      }),
    `entries of ${label}`,
  );
}

function compareTotals({ journal, world }: Run, at: TwoTimes): void {
  const totals = journal.totals.at(at);
  const figures = { remaining: 0n, retained: 0n, custody: 0n, unaccounted: 0n };
  const sums: Record<string, bigint> = {};
  for (const book of world.books.values()) {
    const answer = figuresAt(book, { day: at.effective, known: at.known });
    for (const name of ['remaining', 'retained', 'custody', 'unaccounted'] as const) {
      figures[name] += BigInt(answer[name]);
    }
    for (const [account, n] of Object.entries(answer.accounts)) {
      sums[account] = (sums[account] ?? 0n) + BigInt(n);
    }
  }
  // What comes to nothing over all States is not shown, as for one.
  for (const [account, n] of Object.entries(sums)) if (n === 0n) delete sums[account];
  const recorded = [...world.books.values()].filter(
    ({ list: [first] }) => first !== undefined && first.position <= at.known,
  );
  assert.deepEqual(
    totals,
    { states: recorded.length, figures, accounts: sums },
    `totals on ${at.effective} as known at ${at.known}`,
  );
}

/** All pages of a list, put together. */
export function paged<T>(
  limit: number,
  page: (asked: { limit: number; cursor?: string | undefined }) => Page<T>,
): T[] {
  const all: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = page({ limit, cursor });
    assert(items.length <= limit && (next === null || items.length === limit), 'a page is full');
    all.push(...items);
    assert(all.length < 10_000, 'a list comes to an end');
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** Nothing that mines can be in is below zero on any day, as known after anything was recorded. */
export function neverBelowZero({ world, whole }: Run): void {
  for (const book of world.books.values()) {
    for (const { position } of book.list.filter((e) => whole.has(e.position))) {
      for (const { day } of book.list) {
        const held = postings(book, { day, known: position });
        const guarded = held.filter(({ spot }) =>
          /^(held\/|retained|custody|difference\/shortage)/.test(spot.account),
        );
        const keys: (keyof Spot)[] = ['account', 'munition', 'lot', 'site', 'institution'];
        for (const [key, n] of grouped(guarded, [...keys, 'shipment', 'mark'])) {
          assert(n >= 0, `${key} stands at ${n} on ${day} as known at ${position}`);
        }
      }
    }
  }
}

/** The log can be asked as it was after each request, and never between the parts of one. */
export function momentsAreWhole({ world, whole, journal }: Run): void {
  let last = 0n;
  const entries = [...world.books.values()].flatMap((book) => book.list);
  for (const { position } of entries.sort((a, b) => Number(a.position - b.position))) {
    if (whole.has(position)) last = position;
    const said = journal.momentAt({ position }).position;
    assert.equal(said, last, `at position ${position} the log is at ${said}, not at ${last}`);
  }
}

/** What the journal answers at a moment, for comparing two journals. */
export function everything(
  journal: Journal,
  state: string,
  shipments: readonly string[],
  at: TwoTimes,
): unknown {
  const id = journal.stateId(state);
  const any: HoldingFilter = {};
  const page = { limit: 1000 };
  const book = journal.bookOf(state);
  return {
    book: [book.revision, book.inflow, book.holdingsIn('held/stockpile', null, at.effective)],
    later: ['PMN-2', 'M14'].map((munition) => {
      const stock = holding('held/stockpile', { munition });
      return [book.changesAfter(stock, '1900-01-01'), book.counts(stock, '1900-01-01')];
    }),
    figures: journal.figures.of(id, at),
    why: (['remaining', 'retained', 'custody', 'unaccounted'] as const).map((figure) =>
      journal.explanations.page(id, figure, at, any, page),
    ),
    balances: journal.balances.page(id, groupings, at, any, page),
    differences: journal.differences.page(id, at, page),
    entries: journal.entries.page(id, at, page).items.map(({ entry, ...rest }) => [entry.id, rest]),
    shipments: shipments.map((name) => journal.shipments.of(name, at)),
    totals: journal.totals.at(at),
    moment: journal.momentAt({ position: at.known }),
  };
}
