import type { DatabaseSync } from 'node:sqlite';
import { bucketsOf } from './buckets.ts';
import type { HoldingRow } from './holding-rows.ts';

/** Bucket numbers (years, months, days) are below this, so a cell and a bucket make one number. */
const bucketSpan = 2 ** 27;

/**
 * Keeps the running totals of cells by calendar bucket, and of holdings by day. What only says
 * "as known now" is gathered over a batch and written once; what must be known for every position
 * is written with each entry.
 */
export class RunningTotals {
  readonly #statements;
  readonly #buckets = new Map<number, { total: number; position: bigint }>();
  readonly #sums: { cell: number; bucket: number; position: bigint; total: number }[] = [];
  readonly #entryCells = new Map<number, { day: number; change: number }>();
  readonly #holdingDays = new Map<number, Map<number, number>>();

  constructor(db: DatabaseSync) {
    this.#statements = {
      bucket: db.prepare('SELECT total FROM buckets WHERE cell = ? AND bucket = ?'),
      setBucket: db.prepare('INSERT OR REPLACE INTO buckets VALUES (?, ?, ?, ?)'),
      sum: db.prepare('INSERT INTO sums VALUES (?, ?, ?, ?)'),
      holdingDay: db.prepare(
        `INSERT INTO holding_days VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET change = change + excluded.change`,
      ),
      holding: db.prepare('UPDATE holdings SET total = total + ? WHERE id = ?'),
    };
  }

  /** Adds one posting of the entry under way. */
  add(row: HoldingRow, day: number, quantity: number): void {
    const cell = this.#entryCells.get(row.cell);
    if (cell) cell.change += quantity;
    else this.#entryCells.set(row.cell, { day, change: quantity });
    const days = this.#holdingDays.get(row.id) ?? new Map<number, number>();
    days.set(day, (days.get(day) ?? 0) + quantity);
    this.#holdingDays.set(row.id, days);
  }

  /** Notes what the entry at this position changed: all of its postings together. */
  closeEntry(position: bigint): void {
    for (const [cell, { day, change }] of this.#entryCells) {
      if (change === 0) continue;
      for (const bucket of bucketsOf(day)) {
        const total = this.#totalOf(cell, bucket) + change;
        this.#buckets.set(cell * bucketSpan + bucket, { total, position });
        this.#sums.push({ cell, bucket, position, total });
      }
    }
    this.#entryCells.clear();
  }

  /** Writes what was gathered over the batch, in the order of the tables: page by page. */
  flush(): void {
    this.#sums.sort((a, b) => a.cell - b.cell || a.bucket - b.bucket);
    for (const { cell, bucket, position, total } of this.#sums) {
      this.#statements.sum.run(cell, bucket, position, total);
    }
    for (const [key, { total, position }] of this.#buckets) {
      const bucket = key % bucketSpan;
      this.#statements.setBucket.run((key - bucket) / bucketSpan, bucket, position, total);
    }
    for (const [holding, days] of this.#holdingDays) {
      let sum = 0;
      for (const [day, change] of days) {
        if (change !== 0) this.#statements.holdingDay.run(holding, day, change);
        sum += change;
      }
      if (sum !== 0) this.#statements.holding.run(sum, holding);
    }
    this.forget();
  }

  forget(): void {
    this.#sums.length = 0;
    this.#buckets.clear();
    this.#entryCells.clear();
    this.#holdingDays.clear();
  }

  #totalOf(cell: number, bucket: number): number {
    const gathered = this.#buckets.get(cell * bucketSpan + bucket);
    if (gathered !== undefined) return gathered.total;
    return Number(this.#statements.bucket.get(cell, bucket)?.['total'] ?? 0);
  }
}
