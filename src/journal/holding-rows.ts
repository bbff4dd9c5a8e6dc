import type { DatabaseSync } from 'node:sqlite';
import { holdingKey, nameKey, type Holding } from '../ledger/holding.ts';
import { normaliseName } from '../ledger/names.ts';

export interface HoldingRow {
  readonly id: number;
  readonly cell: number;
}

/** How many holdings are remembered before the memory starts anew. */
const rememberedMax = 20_000;

/** Finds and makes the rows of holdings and of the cells (account, munition) they belong to. */
export class HoldingRows {
  readonly #statements;
  readonly #remembered = new Map<string, HoldingRow>();

  constructor(db: DatabaseSync) {
    this.#statements = {
      find: db.prepare('SELECT id, cell FROM holdings WHERE state = ? AND key = ?'),
      findCell: db.prepare(
        'SELECT id FROM cells WHERE state = ? AND account = ? AND munition_key = ?',
      ),
      makeCell: db.prepare(
        `INSERT INTO cells (state, account, munition_key, munition) VALUES (?, ?, ?, ?)
         RETURNING id`,
      ),
      make: db.prepare(
        `INSERT INTO holdings (state, key, cell, account, munition, lot, site, institution, shipment,
           difference, munition_key, lot_key, site_key, institution_key,
           shipment_key, total)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) RETURNING id`,
      ),
    };
  }

  rowOf(state: number, holding: Holding): HoldingRow {
    const key = holdingKey(holding);
    const memory = `${state} ${key}`;
    const remembered = this.#remembered.get(memory);
    if (remembered !== undefined) return remembered;
    const found = this.#statements.find.get(state, key);
    const row = found
      ? { id: Number(found['id']), cell: Number(found['cell']) }
      : this.#make(state, key, holding);
    if (this.#remembered.size >= rememberedMax) this.#remembered.clear();
    this.#remembered.set(memory, row);
    return row;
  }

  /** What was made in a transaction that was rolled back is not there. */
  forget(): void {
    this.#remembered.clear();
  }

  #make(state: number, key: string, h: Holding): HoldingRow {
    const munition = normaliseName(h.munition);
    const cell = this.#cellOf(state, h, munition);
    const made = this.#statements.make.get(
      state,
      key,
      cell,
      h.account,
      h.munition,
      h.lot,
      h.site,
      h.institution,
      h.shipment,
      h.difference,
      munition,
      keyOf(h.lot),
      keyOf(h.site),
      keyOf(h.institution),
      nameKey(h.shipment),
    );
    return { id: Number(made?.['id']), cell };
  }

  #cellOf(state: number, h: Holding, munition: string): number {
    const { findCell, makeCell } = this.#statements;
    const found =
      findCell.get(state, h.account, munition) ??
      makeCell.get(state, h.account, munition, h.munition);
    return Number(found?.['id']);
  }
}

function keyOf(name: string | null): string | null {
  return name === null ? null : normaliseName(name);
}
