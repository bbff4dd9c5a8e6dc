/**
 * The questions that a book asks of the journal, as known now or, with the parameter `:known`, at an
 * earlier position. Totals and changes by day are kept ready as known now; earlier ones are added up
 * from the postings.
 */
export function bookQueries(time: 'now' | 'then') {
  const then = time === 'then';
  const until = (table: string) => (then ? `AND ${table}.position <= :known` : '');
  const stands = then
    ? '(e.reversed_by IS NULL OR e.reversed_by > :known) AND e.position <= :known'
    : 'e.reversed_by IS NULL';
  const balanceAt = then
    ? `coalesce((SELECT sum(quantity) FROM postings INDEXED BY posting_holding
        WHERE holding = h.id AND day <= :day AND position <= :known), 0)`
    : `h.total - coalesce(
        (SELECT sum(change) FROM holding_days WHERE holding = h.id AND day > :day), 0)`;
  const total = then
    ? `coalesce((SELECT sum(quantity) FROM postings INDEXED BY posting_holding
        WHERE holding = h.id AND position <= :known), 0)`
    : 'h.total';
  const revision = then
    ? `(SELECT max(e.revision) FROM entries e WHERE e.state = s.id AND e.position <= :known)`
    : 's.revision';
  /** What standing entries changed in a holding after a day: each once, all its lines together. */
  const changesOf = `
    SELECT e.id AS entry, e.kind, e.effective AS effectiveDate, sum(p.quantity) AS quantity
    FROM postings p INDEXED BY posting_holding CROSS JOIN entries e ON e.position = p.position
    WHERE p.holding = ? AND p.day > ? AND ${stands} AND e.kind <> 'reversal'`;
  const byEntry = 'GROUP BY p.day, p.position HAVING sum(p.quantity)';
  const inOrder = 'ORDER BY p.day, p.position LIMIT ?';
  return {
    // All that ever entered bounds what may still come in: that is asked as of now alone.
    state: `SELECT s.id, ${revision} AS revision, s.inflow FROM states s WHERE s.code = ?`,
    holding: `SELECT h.id, ${total} AS total FROM holdings h WHERE h.state = ? AND h.key = ?`,
    // A day whose changes cancel out has a row or none, as the batches fell: it is no change.
    later: then
      ? `SELECT p.day, sum(p.quantity) AS change FROM postings p INDEXED BY posting_holding
          WHERE p.holding = ? AND p.day > ? ${until('p')}
          GROUP BY p.day HAVING sum(p.quantity) <> 0 ORDER BY p.day`
      : `SELECT day, change FROM holding_days
          WHERE holding = ? AND day > ? AND change <> 0 ORDER BY day`,
    entry: `SELECT e.type, e.revision, e.event, r.id AS reversedBy
      FROM entries e LEFT JOIN entries r ON r.position = e.reversed_by ${until('r')}
      WHERE e.id = ? AND e.state = ? ${until('e')}`,
    outflows: `${changesOf} AND p.day <= ? ${byEntry} < 0 ${inOrder}`,
    vagueInflows: `${changesOf} AND e.first <= ? ${byEntry} > 0 ${inOrder}`,
    counts: `SELECT e.id AS entry, e.revision, a.day, a.counted
      FROM assertions a JOIN entries e ON e.position = a.position
      WHERE a.holding = ? AND a.day >= ? AND ${stands}`,
    completeCounts: `SELECT e.id AS entry, e.revision, c.day, 0 AS counted
      FROM complete_counts c JOIN entries e ON e.position = c.position
      WHERE c.state = ? AND c.account = ? AND c.shipment = ? AND c.day >= ? AND ${stands}`,
    declared: `SELECT e.id, d.day FROM declarations d JOIN entries e ON e.position = d.position
      WHERE d.holding = ? AND ${stands} ORDER BY d.day`,
    holdingsOf: `SELECT h.*, ${balanceAt} AS balance FROM holdings h
      WHERE h.state = :state AND h.munition_key = :munition AND balance > 0
        AND (h.account LIKE 'held/%' OR h.account LIKE 'retained%' OR h.account = 'custody')
      LIMIT :limit`,
    holdingsIn: `SELECT h.*, ${balanceAt} AS balance FROM holdings h
      WHERE h.state = :state AND h.account = :account AND h.shipment_key = :shipment
        AND balance > 0`,
    touching: `SELECT e.type, e.revision, e.event FROM entries e WHERE ${stands}
        AND e.kind <> 'reversal' AND e.position IN
          (SELECT p.position FROM postings p INDEXED BY posting_holding WHERE p.holding = ?)
      ORDER BY e.position`,
    ...dealings(until, stands),
  } as const;
}

/** What is asked of shipments and of explanations. */
function dealings(until: (table: string) => string, stands: string) {
  return {
    shipmentOwner: `SELECT s.code FROM shipment_claims c JOIN states s ON s.id = c.state
      WHERE c.shipment_key = ? AND c.side = 'dispatched' ${until('c')} ORDER BY c.position LIMIT 1`,
    dispatches: `SELECT e.id AS entry, e.kind, e.effective AS effectiveDate,
        sum(c.quantity) AS quantity, c.other AS "to"
      FROM shipment_claims c JOIN entries e ON e.position = c.position
      WHERE c.shipment_key = ? AND c.state = ? AND c.side = 'dispatched' AND e.kind <> 'reversal'
        AND ${stands} GROUP BY c.position ORDER BY c.position`,
    knowsShipment: `SELECT 1 FROM shipment_claims c
      WHERE c.shipment_key = ? AND c.state = ? ${until('c')} LIMIT 1`,
    explanationsOf: `SELECT e.id AS entry, e.kind, e.effective AS effectiveDate, x.quantity
      FROM explanations x JOIN entries e ON e.position = x.position
      WHERE x.difference = ? AND e.state = ? AND ${stands} ORDER BY x.position`,
  } as const;
}
