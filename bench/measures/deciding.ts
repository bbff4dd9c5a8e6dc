import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { Chance } from '../data/chance.ts';
import { dayAt, lastDay, type Shape } from '../data/history.ts';
import { Journal, journalPath } from '../../src/journal/journal.ts';
import { digits, median, ms, percentile } from '../output/numbers.ts';
import { against, type Row, type Section } from '../output/report.ts';
import { destroyOne } from './destroy-one.ts';

const chance = new Chance(5);
const goal = { atMost: 2 };
const tenYears = 3_652;
const days = {
  today: () => lastDay,
  'ten years back': () => dayAt(25 * 365 - tenYears + chance.whole(-180, 180)),
} as const;

/** Deciding on a very long book and on a short one, and as the first thing after a start. */
export function measureDeciding({ sizes, ledgers }: Context): Section {
  const { long, short, types12Large } = sizes.books;
  const journal = new Journal(journalPath(ledgers.long.folder));
  const busy = new Journal(journalPath(ledgers.types12Large.folder));
  const rows: Row[] = [];
  for (const [name, day] of Object.entries(days)) {
    const times: Record<'short' | 'long' | 'busy', number[]> = { short: [], long: [], busy: [] };
    for (let n = -100; n < sizes.questions; n++) {
      const took = {
        short: decideOnce(journal, short, day()),
        long: decideOnce(journal, long, day()),
        busy: decideOnce(busy, types12Large, day()),
      };
      if (n >= 0)
        for (const book of ['short', 'long', 'busy'] as const) times[book].push(took[book]);
    }
    const [p50, p99] = [0.5, 0.99].map((share) => {
      return percentile(times.long, share) / percentile(times.short, share);
    });
    rows.push(
      { what: `${name}, ${digits(short.entries)} entries`, result: both(times.short) },
      { what: `${name}, ${digits(long.entries)} entries`, result: both(times.long) },
      against(
        `${name}: ratio of the p50`,
        p50 ?? 0,
        goal,
        digits,
        `of the p99 ${digits(p99 ?? 0)}`,
      ),
      {
        what: `${name}, ${digits(types12Large.entries)} entries on few holdings (${entriesEach(types12Large)} a lot)`,
        result: both(times.busy),
      },
    );
  }
  journal.close();
  busy.close();
  rows.push(...afterStart(ledgers.long.folder, long, short));
  return {
    title: 'Deciding',
    how:
      'A destruction of one line, decided over the journal as the service does, by turns on ' +
      `a long book and a short one with as many entries a lot (${entriesEach(long)}) in the same journal.`,
    rows,
  };
}

function decideOnce(journal: Journal, shape: Shape, day: string): number {
  const start = performance.now();
  destroyOne(journal, shape, chance.whole(0, shape.places - 1), day);
  return performance.now() - start;
}

/** In a new process each: opening the journal and deciding once. */
function afterStart(folder: string, ...shapes: readonly Shape[]): Row[] {
  return shapes.map((shape) => {
    const script = join(import.meta.dirname, 'first-decision.ts');
    const times = Array.from({ length: 5 }, (_, n) => {
      const place = String((n * 101) % shape.places);
      const args = [script, folder, JSON.stringify(shape), place];
      return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
    });
    const [opening, first] = [0, 1].map((n) => median(times.map((each) => each[n] ?? 0)));
    return {
      what: `after a start, ${digits(shape.entries)} entries`,
      result: `journal opened in ${ms(opening ?? 0)}, first decision ${ms(first ?? 0)}`,
    };
  });
}

function both(times: readonly number[]): string {
  return `p50 ${ms(percentile(times, 0.5))}, p99 ${ms(percentile(times, 0.99))}`;
}

function entriesEach({ entries, places }: Shape): string {
  return digits(Math.round(entries / places));
}
