import type { Context, Ledger } from '../context.ts';
import { Chance } from '../data/chance.ts';
import { dayAt, lastDay, placeOf, type Shape } from '../data/history.ts';
import type { HoldingFilter, TwoTimes } from '../../src/journal/asked.ts';
import { Journal, journalPath } from '../../src/journal/journal.ts';
import { digits, ms, percentile } from '../output/numbers.ts';
import { against, type Row, type Section } from '../output/report.ts';

const chance = new Chance(3);
const allDays = 25 * 365;
const goal = { atMost: 5 };

/** A journal with the book that is asked about. */
interface Asked {
  readonly name: string;
  readonly shape: Shape;
  readonly journal: Journal;
  readonly id: number;
  /** Milliseconds of each question, by its kind. */
  readonly times: Map<string, number[]>;
}

type Question = (asked: Asked) => { at: TwoTimes; filter?: HoldingFilter };

const past = () => dayAt(chance.whole(1, allDays));
const some = ({ shape }: Asked) => placeOf(shape, chance.whole(0, shape.places - 1));

const questions: Readonly<Record<string, Question>> = {
  'past day, past position': ({ journal }) => {
    const known = BigInt(chance.whole(1, Number(journal.position)));
    return { at: { effective: past(), known } };
  },
  'past day, as known now': ({ journal }) => ({
    at: { effective: past(), known: journal.position },
  }),
  'today, as known now': ({ journal }) => ({
    at: { effective: lastDay, known: journal.position },
  }),
  'of one lot, past day, as known now': (asked) => {
    const { munition, lot } = some(asked);
    const at = { effective: past(), known: asked.journal.position };
    return { at, filter: { munition, lot } };
  },
  'of one site, past day, as known now': (asked) => {
    const at = { effective: past(), known: asked.journal.position };
    return { at, filter: { site: some(asked).site } };
  },
};

/** Figures of any day as known at any position, by turns from books of different lengths. */
export function measureFigures({ sizes, ledgers }: Context): Section {
  const { books } = sizes;
  const all = [
    open('12 types', books.types12, ledgers.types12),
    open('12 types', books.types12Large, ledgers.types12Large),
    open('30 types', books.types30, ledgers.types30),
    open('30 types', books.long, ledgers.long),
    open('12 types, counts contradicted', books.counted, ledgers.counted),
  ];
  for (let asked = -20; asked < sizes.questions; asked++) {
    for (const [kind, question] of Object.entries(questions)) {
      // Narrowed questions add up holdings: fewer of them, so that the whole does not take long.
      if (kind.startsWith('of ') && asked % 5 !== 0) continue;
      for (const one of all) ask(one, kind, question, asked >= 0);
    }
  }
  const rows: Row[] = all.flatMap(rowsOf);
  const [small, large, smallWide, largeWide] = all;
  if (small && large) rows.push(growth(small, large));
  if (smallWide && largeWide) rows.push(growth(smallWide, largeWide));
  for (const { journal } of all) journal.close();
  return {
    title: 'Figures at two times',
    how:
      'All figures of a State (remaining, retained, each account, each type) on a day, as known ' +
      `at a position; ${digits(sizes.questions)} questions of each kind, by turns. Seven accounts, ` +
      'days over 25 years, 15 % of the entries late.',
    rows,
  };
}

function open(name: string, shape: Shape, { folder }: Ledger): Asked {
  const journal = new Journal(journalPath(folder));
  const id = journal.stateId(shape.state);
  return { name, shape, journal, id, times: new Map() };
}

function ask(asked: Asked, kind: string, question: Question, counts: boolean): void {
  const { at, filter } = question(asked);
  const start = performance.now();
  asked.journal.figures.of(asked.id, at, filter);
  const took = performance.now() - start;
  if (!counts) return;
  const times = asked.times.get(kind) ?? [];
  times.push(took);
  asked.times.set(kind, times);
}

function rowsOf(asked: Asked): Row[] {
  return [...asked.times].map(([kind, times]) => {
    const p50 = percentile(times, 0.5);
    const p99 = percentile(times, 0.99);
    return against(`${titleOf(asked)}: ${kind}, p99`, p99, goal, ms, `p50 ${ms(p50)}`);
  });
}

/** No worse than logarithmic: at most as the logarithm of the number of postings. */
function growth(small: Asked, large: Asked): Row {
  const kind = 'past day, as known now';
  const [a = [], b = []] = [small, large].map(({ times }) => times.get(kind));
  const [least, most] = [small, large].map(({ shape }) => 2 * shape.entries);
  const bound = Math.log(most ?? 1) / Math.log(least ?? 1);
  const factor = percentile(b, 0.5) / percentile(a, 0.5);
  const [from, to] = [least, most].map((postings) => digits(postings ?? 0));
  const what = `${small.name}: growth of the p50 as known now, from ${from} to ${to} postings`;
  return against(what, factor, { atMost: bound }, (value) => `× ${digits(value)}`);
}

function titleOf({ name, shape }: Asked): string {
  return `${name}, ${digits(2 * shape.entries)} postings`;
}
