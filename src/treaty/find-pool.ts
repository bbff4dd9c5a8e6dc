/** A change of the stock of one type and lot, by one entry. */
export interface PoolMove {
  readonly entry: string;
  /** Positive: into the stock; negative: out of it. */
  readonly quantity: number;
  /** Whether it newly found what came in. */
  readonly isFind: boolean;
  /** The find that an outflow names. */
  readonly find: string | undefined;
}

/**
 * How much of a find is left of a pool of mines that can't be told apart. An outflow that names a
 * find takes from it first; one that names none takes other stock first, then the oldest find.
 *
 * @param moves in the order of their effective dates
 */
export function leftInPool(find: string, moves: readonly PoolMove[]): number {
  let other = 0;
  const finds = new Map<string, number>();
  const take = (from: string, most: number): number => {
    const taken = Math.min(most, finds.get(from) ?? 0);
    if (taken > 0) finds.set(from, (finds.get(from) ?? 0) - taken);
    return taken;
  };
  for (const { entry, quantity, isFind, find: named } of moves) {
    if (quantity >= 0) {
      if (isFind) finds.set(entry, (finds.get(entry) ?? 0) + quantity);
      else other += quantity;
      continue;
    }
    let out = -quantity;
    if (named !== undefined) out -= take(named, out);
    const fromOther = Math.min(out, other);
    other -= fromOther;
    out -= fromOther;
    for (const oldest of finds.keys()) out -= take(oldest, out);
  }
  return finds.get(find) ?? 0;
}
