import { normaliseName } from '../ledger/names.ts';

/** The stream that holds every version of every description. */
export const munitionsStream = 'munitions';

/** What Article 7.1(h) asks about each type, as far as it is known. */
export interface Characteristics {
  readonly lengthMm?: number;
  readonly widthMm?: number;
  readonly heightMm?: number;
  readonly diameterMm?: number;
  readonly fusing?: string;
  readonly explosive?: string;
  readonly explosiveGrams?: number;
  readonly metallicContent?: string;
  readonly photographs?: readonly { name: string; mediaType: string; sha256: string }[];
  readonly other?: string;
}

/** A type of munition: the spellings that mean it, and what it is like. */
export interface Munition {
  readonly type: string;
  readonly spellings?: readonly string[];
  readonly characteristics?: Characteristics;
  readonly source?: string;
}

export interface MunitionDescribed {
  readonly id: string;
  readonly type: 'munition-described-v1';
  readonly recordedAt: string;
  readonly actor: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  readonly munition: Munition;
}

/** One version of a description, and from which position on it is known. */
export interface MunitionVersion extends Munition {
  readonly version: number;
  readonly position: bigint;
  readonly recordedAt: string;
  readonly actor: string;
  readonly requestHash: string;
  readonly entry: string;
}

/** Every version of every type: the last one at or before a position is the one known then. */
export class MunitionCatalogue {
  readonly #types = new Map<string, MunitionVersion[]>();
  readonly #byEntry = new Map<string, MunitionVersion>();

  take(
    { id, type, recordedAt, actor, requestHash, munition }: MunitionDescribed,
    position: bigint,
  ): void {
    if (type !== 'munition-described-v1') {
      throw new RangeError(`no description of a munition is written as "${String(type)}"`);
    }
    const key = normaliseName(munition.type);
    const versions = this.#types.get(key) ?? [];
    const version = versions.length + 1;
    const made = { ...munition, version, position, recordedAt, actor, requestHash, entry: id };
    versions.push(made);
    this.#types.set(key, versions);
    this.#byEntry.set(id, made);
  }

  /** A type as known at a position, by any of its spellings. */
  find(name: string, known: bigint): MunitionVersion | undefined {
    const key = normaliseName(name);
    return this.all(known).find((munition) => keysOf(munition).includes(key));
  }

  /** All types as known at a position, by name. */
  all(known: bigint): readonly MunitionVersion[] {
    return [...this.#types.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, versions]) => versions.findLast(({ position }) => position <= known) ?? []);
  }

  versions(type: string, known: bigint): readonly MunitionVersion[] {
    const versions = this.#types.get(normaliseName(type)) ?? [];
    return versions.filter(({ position }) => position <= known);
  }

  recordedAs(entry: string): MunitionVersion | undefined {
    return this.#byEntry.get(entry);
  }

  /** The spellings of a description that another type has, as far as is known now. */
  taken(munition: Munition): readonly { readonly spelling: string; readonly by: string }[] {
    const own = normaliseName(munition.type);
    const others = this.all(2n ** 63n).filter(({ type }) => normaliseName(type) !== own);
    return [munition.type, ...(munition.spellings ?? [])].flatMap((spelling) => {
      const other = others.find((o) => keysOf(o).includes(normaliseName(spelling)));
      return other === undefined ? [] : [{ spelling, by: other.type }];
    });
  }
}

/** The compared forms of all names of a type. */
export function keysOf({ type, spellings = [] }: Munition): string[] {
  return [...new Set([type, ...spellings].map(normaliseName))];
}
