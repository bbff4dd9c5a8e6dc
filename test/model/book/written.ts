import type { Command as AnyCommand, SingleCommand } from '../../../src/ledger/decide.ts';
import { keyOf, type Spot } from './spot.ts';

export type Command = AnyCommand;
export type Single = SingleCommand;
export type Kind = Command['kind'];
export type Of<K extends Kind> = Extract<Command, { kind: K }>;

/** A quantity that goes from one holding to another. */
export interface Move {
  readonly from: Spot;
  readonly to: Spot;
  readonly quantity: number;
  readonly exact: boolean;
}

/** One side of a move. */
export interface Leg {
  readonly spot: Spot;
  readonly key: string;
  readonly change: number;
  readonly exact: boolean;
}

/** What a count says of one holding. */
export interface Said {
  readonly counted: number;
  readonly exact: boolean;
}

export interface Counting {
  readonly account: string;
  readonly shipment: string;
  readonly full: boolean;
  readonly complete: boolean;
  readonly said: ReadonlyMap<string, Said>;
  readonly differences: readonly {
    readonly mark: Spot;
    readonly spot: Spot;
    readonly book: number;
    readonly counted: number;
    readonly exact: boolean;
  }[];
}

/** Counts that an entry puts in question for one holding. */
export interface Contradicts {
  readonly mark: string;
  readonly spot: Spot;
  readonly change: number;
  /** The first day on which the holding changed. */
  readonly since: string;
  readonly exact: boolean;
  readonly counts: readonly { readonly entry: Written; readonly counted: number }[];
}

/** What an entry says of a shipment: of one munition and lot, on one of the two sides. */
export interface Claim {
  readonly shipment: string;
  readonly side: 'dispatched' | 'returned' | 'received' | 'givenBack';
  /** Whose they are while they are away. */
  readonly whose: 'sender' | 'receiver';
  readonly munition: string;
  readonly lot: string;
  readonly quantity: number;
  readonly other: string | null;
}

/** One entry of the list. */
export interface Written {
  readonly id: string;
  readonly state: string;
  readonly order: number;
  readonly position: bigint;
  readonly command: Command;
  readonly date: string;
  readonly day: string;
  readonly moves: readonly Move[];
  readonly legs: readonly Leg[];
  readonly undoes: Written | null;
  readonly counting: Counting | null;
  /** Found once the entry is accepted. */
  readonly contradicts: Contradicts[];
  readonly claims: readonly Claim[];
  /** The differences that it explains, by mark, or `shipment:` and the name of a shipment. */
  readonly explains: readonly { readonly what: string; readonly quantity: number }[];
}

/** What was said: the entries that the command became, or why it became none. */
export type Verdict =
  | { readonly says: 'accepted'; readonly entries: readonly Written[] }
  | { readonly says: 'refused'; readonly codes: readonly string[] }
  | { readonly says: 'invalid' };

export function legsOf(moves: readonly Move[]): Leg[] {
  return moves.flatMap(({ from, to, quantity, exact }) => [
    { spot: from, key: keyOf(from), change: -quantity, exact },
    { spot: to, key: keyOf(to), change: quantity, exact },
  ]);
}

export function sum(legs: readonly Leg[], key: string): number {
  return legs.reduce((total, leg) => (leg.key === key ? total + leg.change : total), 0);
}

/** What a count says of a holding, if it says anything. */
export function saidOf({ counting }: Written, key: string): Said | undefined {
  if (counting === null) return undefined;
  const named = counting.said.get(key);
  if (named || !counting.complete) return named;
  const [account, , , , , shipment] = key.split('|');
  const within = account === counting.account && shipment === counting.shipment;
  return within ? { counted: 0, exact: true } : undefined;
}
