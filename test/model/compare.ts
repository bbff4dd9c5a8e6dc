import { strict as assert } from 'node:assert';
import type { HoldingFilter, Page, TwoTimes } from '../../src/journal/asked.ts';
import { groupings, type Grouping } from '../../src/journal/balances.ts';
import type { Figures } from '../../src/journal/figures.ts';
import type { Journal } from '../../src/journal/journal.ts';
import { accounts, type Account, type Figure } from '../../src/ledger/accounts.ts';
import { holding } from '../../src/ledger/holding.ts';
import { plainKey, type Run } from './both-books.ts';
import { keyOf, plainName, type Model, type Spot } from './model.ts';
import {
  differencesAt,
  figuresAt,
  grouped,
  itemsOf,
  postings,
  type Answer,
  type Filter,
} from './questions.ts';

/** Random numbers that choose what is asked beside the figures. */
export interface Questions {
  readonly limit: number;
  readonly by: readonly Grouping[];
  readonly filter: Filter;
  /** One moment in how many is asked for its explanations and lists. */
  readonly every: number;
}

const isShown = (account: string): boolean => !account.startsWith('source/');

/** Every moment at which a figure can change: each position, at each day and on its eve. */
export function* moments({ models, events }: Run): Generator<TwoTimes> {
  const days = new Set<string>(['2199-12-31']);
  for (const model of models.values()) {
    for (const { day } of model.list) {
      days.add(day);
      const eve = new Date(Date.parse(day) - 86_400_000);
      days.add(eve.toISOString().slice(0, 10));
    }
  }
  for (const { position } of events)
    for (const effective of days) yield { effective, known: position };
}

/** Asks the journal and the model every question at every moment; throws at the first difference. */
export function compareAll(run: Run, questions: Questions): number {
  let asked = 0;
  for (const at of moments(run)) {
    const deep = asked++ % questions.every === 0;
    for (const [state, model] of run.models) {
      if (state === 'XXB' && model.list.length === 0) continue;
      const label = `${state} on ${at.effective} as known at ${at.known}`;
      compareFigures(run.journal, state, model, at, {}, label);
      if (!deep) continue;
      compareFigures(run.journal, state, model, at, questions.filter, `${label}, filtered`);
      compareExplanations(run.journal, state, model, at, questions, label);
      compareLists(run.journal, state, model, at, questions, label);
    }
    if (deep) compareTotals(run, at);
  }
  return asked;
}

function compareFigures(
  journal: Journal,
  state: string,
  model: Model,
  at: TwoTimes,
  filter: Filter,
  label: string,
): void {
  const { munitions, ...figures } = journal.figures.of(journal.stateId(state), at, filter);
  const asked = { day: at.effective, known: at.known, filter };
  const { munitions: byName, ...expected } = figuresAt(model, asked);
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
  model: Model,
  at: TwoTimes,
  { limit, filter }: Questions,
  label: string,
): void {
  const id = journal.stateId(state);
  const asked = { day: at.effective, known: at.known, filter };
  const {
    munitions: _munitions,
    accounts: balances,
    exact: _exact,
    ...figures
  } = figuresAt(model, asked);
  const balance = (account: string): number | undefined =>
    isShown(account) ? (balances[account] ?? 0) : undefined;
  const all: (readonly [string, number | undefined])[] = [
    ...Object.entries(figures),
    ...accounts
      .filter((a) => a !== 'retained' && (balances[a] !== undefined || !isShown(a)))
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
    const expected = itemsOf(model, figure, asked).map(({ entry, spot, quantity }) => {
      const undone = model.list.find((e) => e.undoes === entry && e.position <= at.known)?.id;
      return `${entry.id} ${entry.date} ${keyOf({ ...spot, mark: '' })} ${quantity} ${undone ?? null}`;
    });
    assert.deepEqual(told.sort(), expected.sort(), `items of ${figure}, ${label}`);
  }
}

function compareLists(
  journal: Journal,
  state: string,
  model: Model,
  at: TwoTimes,
  { limit, by, filter }: Questions,
  label: string,
): void {
  const id = journal.stateId(state);
  const asked = { day: at.effective, known: at.known, filter };
  const balances = paged(limit, (page) => journal.balances.page(id, by, at, filter, page));
  const told = balances.map((b) => `${by.map((g) => plainName(b[g])).join('|')} ${b.quantity}`);
  const groups = [...grouped(postings(model, asked), by)];
  const expected = groups.filter(([, n]) => n !== 0).map(([key, n]) => `${key} ${n}`);
  assert.deepEqual(told.sort(), expected.sort(), `balances by ${by.join()} of ${label}`);
  if (Object.keys(filter).length === 0) {
    const sum = balances.reduce((total, { quantity }) => total + quantity, 0);
    assert.equal(sum, 0, `all accounts of ${label} add up to nothing`);
  }
  const differences = paged(limit, (page) => journal.differences.page(id, at, page));
  const listed = differences.map(({ id: _id, explainedBy: _by, holding, ...rest }) => ({
    ...rest,
    spot: holding && plainKey(holding),
  }));
  const inWords = (all: readonly object[]) =>
    all.map((d) => JSON.stringify(d, Object.keys(d).sort())).sort();
  const open = inWords(differencesAt(model, { ...asked, filter: {} }));
  assert.deepEqual(inWords(listed), open, `differences of ${label}`);
  const entries = paged(limit, (page) => journal.entries.page(id, at, page));
  assert.deepEqual(
    entries.map(({ entry, position, reversedBy }) => [entry.id, position, reversedBy]),
    model.list
      .filter((e) => e.position <= at.known && e.day <= at.effective)
      .map((e) => {
        const undone = model.list.find((o) => o.undoes === e && o.position <= at.known);
        return [e.id, String(e.position), undone?.id ?? null];
      }),
    `entries of ${label}`,
  );
}

function compareTotals({ journal, models }: Run, at: TwoTimes): void {
  const totals = journal.totals.at(at);
  const figures = { remaining: 0n, retained: 0n, custody: 0n, unaccounted: 0n };
  const sums: Record<string, bigint> = {};
  for (const model of models.values()) {
    const answer = figuresAt(model, { day: at.effective, known: at.known });
    for (const name of ['remaining', 'retained', 'custody', 'unaccounted'] as const) {
      figures[name] += BigInt(answer[name]);
    }
    for (const [account, n] of Object.entries(answer.accounts)) {
      sums[account] = (sums[account] ?? 0n) + BigInt(n);
    }
  }
  const states = [...models.values()].filter((m) => (m.list[0]?.position ?? 99999n) <= at.known);
  assert.deepEqual(
    totals,
    { states: states.length, figures, accounts: sums },
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

/** Nothing that mines can be in is below zero on any day, as known at any position. */
export function neverBelowZero({ models }: Run): void {
  for (const model of models.values()) {
    for (const { position } of model.list) {
      for (const { day } of model.list) {
        const held = postings(model, { day, known: position });
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

/** What the journal answers at a moment, for comparing two journals. */
export function everything(journal: Journal, state: string, at: TwoTimes): unknown {
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
    totals: journal.totals.at(at),
    moment: journal.momentAt({ position: at.known }),
  };
}
