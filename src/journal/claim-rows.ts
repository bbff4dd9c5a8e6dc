import type { DatabaseSync } from 'node:sqlite';
import { explainedBy, shipmentDifference } from '../ledger/differences.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import { nameKey } from '../ledger/holding.ts';
import { shipmentClaims } from '../ledger/shipments.ts';
import { normaliseName } from '../ledger/names.ts';

/** Differences of an entry that are of no line are numbered after all others. */
const claimsFrom = 2_000_000;

/** Writes what entries claim beside the postings: about shipments, figures, and differences. */
export class ClaimRows {
  readonly #statements;

  constructor(db: DatabaseSync) {
    const difference = `INSERT INTO differences VALUES
      (?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL, ?, NULL, ?, ?)`;
    this.#statements = {
      explanation: db.prepare('INSERT INTO explanations VALUES (?, ?, ?, ?)'),
      claim: db.prepare(
        'INSERT INTO shipment_claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      known: db.prepare(
        'SELECT 1 FROM shipment_claims WHERE shipment_key = ? AND state = ? LIMIT 1',
      ),
      difference: db.prepare(difference),
    };
  }

  record(state: number, position: bigint, day: number, entry: RecordedEntry): void {
    for (const { difference, quantity } of explainedBy(entry)) {
      this.#statements.explanation.run(difference, position, day, quantity);
    }
    if (entry.kind === 'statement') {
      const { figure, quantity, filter, source, precision = 'exact' } = entry.body;
      const about = JSON.stringify({ figure, filter, source, precision });
      const what = [position, 0, `${entry.id}.0`, state, 'statement', day, day] as const;
      const exact = Number(precision === 'exact');
      this.#statements.difference.run(...what, quantity, exact, about);
    }
    this.#shipment(state, position, day, entry);
  }

  #shipment(state: number, position: bigint, day: number, entry: RecordedEntry): void {
    shipmentClaims(entry, entry.postings).forEach((claim, leg) => {
      const { shipment, side, munition, lot, quantity, other, senderKeepsTitle } = claim;
      const key = nameKey(shipment);
      if (this.#statements.known.get(key, state) === undefined) {
        // The id is the State's own: each side lists the shipment among its differences.
        const id = `${shipmentDifference(shipment)}@${state}`;
        const about = JSON.stringify({ shipment });
        const what = [position, claimsFrom, id, state, 'shipment', day, day] as const;
        this.#statements.difference.run(...what, null, 1, about);
      }
      const keys = [normaliseName(munition), nameKey(lot)] as const;
      const names = [shipment, state, side, munition, lot, ...keys] as const;
      const kept = Number(senderKeepsTitle);
      this.#statements.claim.run(key, position, leg, ...names, quantity, day, other, kept);
    });
  }
}
