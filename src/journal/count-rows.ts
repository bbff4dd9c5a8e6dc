import { strict as assert } from 'node:assert';
import type { DatabaseSync } from 'node:sqlite';
import type { Contradiction, RecordedEntry } from '../ledger/entry.ts';
import { holding, holdingKey, nameKey } from '../ledger/holding.ts';
import type { HoldingRows } from './holding-rows.ts';
import { dayNumber } from './schema.ts';

type CountEntry = Extract<RecordedEntry, { kind: 'count' }>;

/** Differences by contradiction are numbered after those of the lines of the same entry. */
const contradictionsFrom = 1_000_000;

/** Writes what counts assert, the differences they open, and the counts that entries contradict. */
export class CountRows {
  readonly #holdings: HoldingRows;
  readonly #statements;

  constructor(db: DatabaseSync, holdings: HoldingRows) {
    this.#holdings = holdings;
    this.#statements = {
      assertion: db.prepare('INSERT OR REPLACE INTO assertions VALUES (?, ?, ?, ?, ?)'),
      complete: db.prepare('INSERT INTO complete_counts VALUES (?, ?, ?, ?, ?, ?)'),
      difference: db.prepare(
        'INSERT INTO differences VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)',
      ),
      contradicted: db.prepare('INSERT INTO contradicted VALUES (?, ?, ?)'),
      positionOf: db.prepare('SELECT position FROM entries WHERE id = ?'),
    };
    this.#statements.positionOf.setReadBigInts(true);
  }

  record(state: number, position: bigint, day: number, entry: CountEntry): void {
    const { id, body, found, postings } = entry;
    const { account, shipment, method, lines } = body;
    const full = method === 'full';
    if (body.complete) {
      const key = nameKey(shipment);
      this.#statements.complete.run(state, account, key, day, position, Number(full));
    }
    const others = found.others.map((place) => ({ ...place, quantity: 0 }));
    const marks = new Map(
      postings.flatMap((p) => (p.difference === null ? [] : [[p.difference, p] as const])),
    );
    [...lines, ...others].forEach((line, n) => {
      const exact = !('precision' in line) || line.precision === 'exact';
      const { id: row } = this.#holdings.rowOf(state, holding(account, line, { shipment }));
      const { quantity: counted } = line;
      this.#statements.assertion.run(row, day, position, counted, Number(full && exact));
      const mark = marks.get(`${id}.${n}`);
      if (mark === undefined) return;
      const quantity = Math.abs(mark.quantity);
      const short = mark.account === 'difference/shortage';
      this.#statements.difference.run(
        position,
        n,
        `${id}.${n}`,
        state,
        short ? 'shortage' : 'surplus',
        row,
        this.#holdings.rowOf(state, mark).id,
        day,
        day,
        short ? counted + quantity : counted - quantity,
        counted,
        quantity,
        Number(exact),
      );
    });
  }

  contradict(state: number, position: bigint, { id, contradicts, postings }: RecordedEntry): void {
    contradicts.forEach((contradiction, n) => {
      const { holding: questioned, change, counts, since } = contradiction;
      // Of several counts of the same day the last one took the place of the others.
      const first = counts.filter(({ day }) => day === counts[0]?.day).at(-1);
      assert(first !== undefined, 'a contradiction names a count');
      const key = holdingKey(questioned);
      const exact = postings.every((p) => p.precision === 'exact' || holdingKey(p) !== key);
      const difference = `${id}.c${n}`;
      this.#statements.difference.run(
        position,
        contradictionsFrom + n,
        difference,
        state,
        'contradicted-count',
        this.#holdings.rowOf(state, questioned).id,
        null,
        dayNumber(first.day),
        dayNumber(since),
        first.counted + change,
        first.counted,
        Math.abs(change),
        Number(exact),
      );
      this.#nameCounts(difference, contradiction);
    });
  }

  #nameCounts(difference: string, { counts }: Contradiction): void {
    for (const { entry, day } of counts) {
      const position = this.#statements.positionOf.get(entry)?.['position'];
      assert(typeof position === 'bigint', 'a contradicted count was recorded before');
      this.#statements.contradicted.run(difference, position, dayNumber(day));
    }
  }
}
