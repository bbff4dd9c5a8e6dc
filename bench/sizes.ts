import type { Shape } from './data/history.ts';

/** How much is measured: everything that `--quick` makes smaller. */
export interface Sizes {
  readonly clients: number;
  readonly warmUpSeconds: number;
  readonly loadSeconds: number;
  readonly rounds: number;
  /** Events replayed at once, and how many pairs of each comparison. */
  readonly replayed: number;
  readonly pairs: number;
  /** Questions asked of each kind. */
  readonly questions: number;
  readonly quietSeconds: number;
  readonly books: typeof books;
}

const books = {
  /** 10^5 and 10^6 postings of 12 types: one line makes two postings. */
  types12: { state: 'XXA', entries: 50_000, munitions: 12, places: 480 },
  types12Large: { state: 'XXA', entries: 500_000, munitions: 12, places: 480 },
  types30: { state: 'XXA', entries: 50_000, munitions: 30, places: 1_200 },
  /** The long book: 10^6 entries and 10^5 holdings, about seven for each place. */
  long: { state: 'XXA', entries: 1_000_000, munitions: 30, places: 15_000 },
  /** As the long one by the place, but short: beside it in the same journal. */
  short: { state: 'XXB', entries: 1_000, munitions: 15, places: 15 },
  /** With stock-takings and late entries that contradict them. */
  counted: { state: 'XXA', entries: 50_000, munitions: 12, places: 480, counts: 0.02 },
} satisfies Record<string, Shape>;

export const full: Sizes = {
  clients: 64,
  warmUpSeconds: 3,
  loadSeconds: 2.5,
  rounds: 5,
  replayed: 100_000,
  pairs: 5,
  questions: 1_000,
  quietSeconds: 10,
  books,
};

export const quick: Sizes = {
  ...full,
  warmUpSeconds: 1,
  loadSeconds: 1,
  rounds: 2,
  replayed: 10_000,
  pairs: 3,
  questions: 300,
  quietSeconds: 2,
  books: {
    ...books,
    types12: { ...books.types12, entries: 5_000 },
    types12Large: { ...books.types12Large, entries: 20_000 },
    types30: { ...books.types30, entries: 5_000 },
    long: { ...books.long, entries: 40_000, places: 600 },
    counted: { ...books.counted, entries: 5_000 },
  },
};
