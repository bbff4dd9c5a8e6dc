/**
 * SQL conditions on what stands open at (`:day`, `:known`), shared by figures, balances and
 * differences. Each expects the named tables under the aliases it says.
 */

/** An entry `e` that was recorded by then and not reversed by then. */
export const standing = (e: string): string =>
  `${e}.position <= :known AND (${e}.reversed_by IS NULL OR ${e}.reversed_by > :known)`;

/**
 * A count, later in the log than `position`, that asserts the holding of `day` or after: by a line,
 * or by being complete and not naming it.
 */
const countedSince = (holding: string, day: string, position: string, settles: string): string => `
  EXISTS (SELECT 1 FROM assertions a JOIN entries ae ON ae.position = a.position
    WHERE a.holding = ${holding} AND a.day BETWEEN ${day} AND :day AND a.position > ${position}
      ${settles} AND ${standing('ae')})
  OR EXISTS (SELECT 1 FROM holdings ch
    JOIN complete_counts a ON a.state = ch.state AND a.account = ch.account
      AND a.shipment = ch.shipment_key
    JOIN entries ae ON ae.position = a.position
    WHERE ch.id = ${holding} AND NOT EXISTS (SELECT 1 FROM assertions named
        WHERE named.holding = ch.id AND named.day = a.day AND named.position = a.position)
      AND a.day BETWEEN ${day} AND :day AND a.position > ${position}
      ${settles} AND ${standing('ae')})`;

/**
 * A quantity `d` (of `doubts`, by entry `e`) that is not exact, and that no exact full count of
 * its holding has settled since.
 */
export const doubtful = `
  d.day <= :day AND ${standing('e')}
  AND NOT (${countedSince('d.holding', 'd.day', 'd.position', 'AND a.settles = 1')})`;

/**
 * A contradicted count `d` (of `differences`, by entry `e`): its entry stands, so does a count that
 * it puts in question, and no count of the holding was made since. A count that differs from an
 * earlier one of the same day takes its place and puts nothing in question.
 */
export const contradicting = `
  d.kind = 'contradicted-count' AND ${standing('e')}
  AND EXISTS (SELECT 1 FROM contradicted c JOIN entries ce ON ce.position = c.count
    WHERE c.difference = d.id AND c.day <= :day AND ${standing('ce')}
      AND (e.kind <> 'count' OR c.day > e.day))
  AND NOT (${countedSince('d.holding', 'd.since', 'd.position', '')})`;

/** How much of a difference `d` has been explained. */
export const explainedOf = (difference: string): string => `
  coalesce((SELECT sum(x.quantity) FROM explanations x JOIN entries xe ON xe.position = x.position
    WHERE x.difference = ${difference} AND x.day <= :day AND ${standing('xe')}), 0)`;

/** What of a contradicted count `d` is still open. */
export const contradictionOpen = `(d.quantity - ${explainedOf('d.id')})`;
