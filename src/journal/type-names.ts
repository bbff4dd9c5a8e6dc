/** What the journal asks of the catalogue: which declared names mean a type. */
export abstract class TypeNames {
  /** Compared names of a type as known at a position; `undefined` when there is no such type. */
  abstract keysOf(type: string, known: bigint): readonly string[] | undefined;
}
