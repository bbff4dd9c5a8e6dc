import type { Fact, FactKind } from './facts.ts';

/** The facts of one State that stand, as known at a position, in the order recorded. */
export class StandingFacts {
  readonly all: readonly Fact[];

  constructor(all: readonly Fact[]) {
    this.all = all;
  }

  of<K extends FactKind>(kind: K): readonly Fact<K>[] {
    return this.all.filter((fact) => fact.kind === kind) as unknown as readonly Fact<K>[];
  }

  /** The same without one of them. */
  without(id: string): StandingFacts {
    return new StandingFacts(this.all.filter((fact) => fact.id !== id));
  }
}

/** A recorded fact, and the reversal that undid it, as known at a position. */
export interface RecordedFact {
  readonly fact: Fact;
  readonly reversedBy: Fact<'reversal'> | null;
}

/** Every fact of the treaty that was ever recorded, folded from its stream. */
export class FactBook {
  readonly #facts: Fact[] = [];
  readonly #byId = new Map<string, Fact>();
  readonly #reversals = new Map<string, Fact<'reversal'>>();
  readonly #standing = new Map<string | null, StandingFacts>();

  take(fact: Fact): void {
    this.#facts.push(fact);
    this.#byId.set(fact.id, fact);
    if (fact.kind === 'reversal') this.#reversals.set(fact.body.entry, fact);
    this.#standing.delete(fact.state);
  }

  get(id: string): Fact | undefined {
    return this.#byId.get(id);
  }

  /** Whether someone has recorded any fact. */
  isRecordedBy(actor: string): boolean {
    return this.#facts.some((fact) => fact.actor === actor);
  }

  /** Position of the last fact taken, 0 before the first. */
  get position(): bigint {
    return this.#facts.at(-1)?.position ?? 0n;
  }

  /** What stands of a State's facts, or of those that are about none (`null`), as known then. */
  standing(state: string | null, known: bigint): StandingFacts {
    if (known < this.position) return this.#standingAt(state, known);
    const kept = this.#standing.get(state);
    if (kept !== undefined) return kept;
    const made = this.#standingAt(state, known);
    this.#standing.set(state, made);
    return made;
  }

  /** Everything recorded of a State, reversed or not, as known at a position. */
  recorded(state: string | null, known: bigint): readonly RecordedFact[] {
    return this.#facts
      .filter((fact) => fact.state === state && fact.position <= known)
      .map((fact) => ({ fact, reversedBy: this.#reversedBy(fact, known) }));
  }

  /** The States that have a fact, as known at a position. */
  states(known: bigint): ReadonlySet<string> {
    const states = this.#facts.filter(({ position }) => position <= known).map((f) => f.state);
    return new Set(states.filter((state) => state !== null));
  }

  #standingAt(state: string | null, known: bigint): StandingFacts {
    const stands = this.recorded(state, known)
      .filter(({ fact, reversedBy }) => fact.kind !== 'reversal' && reversedBy === null)
      .map(({ fact }) => fact);
    return new StandingFacts(stands);
  }

  #reversedBy({ id }: Fact, known: bigint): Fact<'reversal'> | null {
    const reversal = this.#reversals.get(id);
    return reversal !== undefined && reversal.position <= known ? reversal : null;
  }
}
