import { never, type Spot } from './spot.ts';
import { sum, type Written } from './written.ts';

/** One State's book as a list of what was recorded, read from the start for every question. */
export class BookList {
  readonly state: string;
  readonly list: Written[];
  /** The ids that the service gave to differences, and the marks that they have here. */
  readonly named: Map<string, string>;
  readonly #owner: (shipment: string) => string | undefined;

  /** @param owner who first sent something under a shipment's name, as far as that is known */
  constructor(state: string, owner: (shipment: string) => string | undefined) {
    this.state = state;
    this.list = [];
    this.named = new Map();
    this.#owner = owner;
  }

  /** A book to try something in. */
  copy(): BookList {
    const copy = new BookList(this.state, this.#owner);
    copy.list.push(...this.list);
    for (const [id, mark] of this.named) copy.named.set(id, mark);
    return copy;
  }

  /** Whether an entry is not reversed, as known at a position. */
  stands(entry: Written, known?: bigint): boolean {
    return !this.list.some(
      (other) => other.undoes === entry && (known === undefined || other.position <= known),
    );
  }

  /** What a holding holds at the end of a day, as known now. */
  balance(key: string, day: string): number {
    return sum(
      this.list.filter((e) => e.day <= day).flatMap((e) => e.legs),
      key,
    );
  }

  /** Holdings that are not empty at the end of a day. */
  notEmpty(day: string): Spot[] {
    const spots = new Map(this.list.flatMap((e) => e.legs).map((leg) => [leg.key, leg.spot]));
    return [...spots].filter(([key]) => this.balance(key, day) !== 0).map(([, spot]) => spot);
  }

  /** The least that a holding holds at the end of the day or of any later one. */
  lowestFrom(key: string, day: string): number {
    const days = [day, ...this.list.map((e) => e.day).filter((d) => d > day)];
    return Math.min(...days.map((d) => this.balance(key, d)));
  }

  /** Whose a shipment is: it belongs to the State that first sent something under its name. */
  ownerOf(shipment: string): string | undefined {
    const own = this.list.some((e) => e.claims.some((c) => sends(c, shipment)));
    return this.#owner(shipment) ?? (own ? this.state : undefined);
  }

  /** Where this State's dispatches that stand say that a shipment goes. */
  receiversOf(shipment: string): string[] {
    return this.list
      .filter((e) => this.stands(e) && e.undoes === null)
      .flatMap((e) => e.claims.filter((c) => sends(c, shipment)))
      .flatMap(({ other }) => other ?? []);
  }

  /** Whether this book has ever had an entry about the shipment. */
  knows(shipment: string): boolean {
    return this.list.some((e) => e.claims.some((c) => c.shipment === shipment));
  }

  /** How much of a difference standing entries explain. */
  explained(mark: string, day = never, known?: bigint): readonly Written[] {
    return this.list
      .filter((e) => known === undefined || e.position <= known)
      .filter((e) => e.day <= day && this.stands(e, known))
      .filter((e) => e.explains.some(({ what }) => what === mark));
  }
}

export const sends = (claim: Written['claims'][number], shipment: string): boolean =>
  claim.side === 'dispatched' && claim.shipment === shipment;

export function explainedQuantity(entries: readonly Written[], mark: string): number {
  return entries
    .flatMap((e) => e.explains)
    .reduce((total, { what, quantity }) => (what === mark ? total + quantity : total), 0);
}
