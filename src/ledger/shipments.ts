import type { Posting } from './posting.ts';
import { shipmentOf } from './posting-rules.ts';
import type { PostedEntry } from './kinds.ts';

/**
 * What one side of a shipment says: `dispatched` and `returned` are the sender's, `received` and
 * `given-back` the receiver's.
 */
export type ShipmentSide = 'dispatched' | 'returned' | 'received' | 'given-back';

/** What an entry says about a shipment, for one type and lot; negative where it is reversed. */
export interface ShipmentClaim {
  readonly shipment: string;
  readonly side: ShipmentSide;
  readonly munition: string;
  readonly lot: string | null;
  readonly quantity: number;
  /** The other State, as this side names it. */
  readonly other: string | null;
  /** Whether they stay the sender's (sent for destruction), by what this side says. */
  readonly senderKeepsTitle: boolean;
}

type Shipping = Extract<PostedEntry, { kind: 'transfer' | 'receipt' | 'return' }>;

function isShipping(entry: PostedEntry): entry is Shipping {
  return entry.kind === 'transfer' || entry.kind === 'receipt' || entry.kind === 'return';
}

function shipmentNamed(entry: Shipping): string {
  return entry.kind === 'transfer' ? shipmentOf(entry) : entry.body.shipment;
}

/** The shipment that an entry is about, if it is about one. */
export function shipmentIn(entry: PostedEntry): string | undefined {
  return isShipping(entry) ? shipmentNamed(entry) : undefined;
}

/** What an entry says about its shipment, by line. */
export function shipmentClaims(entry: PostedEntry, postings: readonly Posting[]): ShipmentClaim[] {
  const told = entry.kind === 'reversal' ? entry.found.reversed : entry;
  if (!isShipping(told)) return [];
  const shipment = shipmentNamed(told);
  const sign = entry.kind === 'reversal' ? -1 : 1;
  return postings.flatMap((p): ShipmentClaim[] => {
    const side = sideOf(told, p, sign * p.quantity);
    if (side === undefined) return [];
    const { munition, lot } = p;
    const quantity = sign * Math.abs(p.quantity);
    const senderKeepsTitle = keepsTitle(told, p);
    return [{ shipment, side, munition, lot, quantity, other: otherOf(told), senderKeepsTitle }];
  });
}

/** Each move has two postings: the claim is taken from the one that is on the shipment's side. */
function sideOf({ kind }: Shipping, { account }: Posting, was: number): ShipmentSide | undefined {
  if (kind === 'transfer') return was > 0 ? 'dispatched' : undefined;
  if (kind === 'receipt') return account === 'source/received' ? 'received' : undefined;
  if (was > 0) return undefined;
  return account === 'custody' ? 'given-back' : 'returned';
}

/** Only mines that stayed the sender's come back, so what goes back was never the receiver's. */
function keepsTitle(entry: Shipping, { account }: Posting): boolean {
  if (entry.kind === 'transfer') return account !== 'gone/transferred';
  return entry.kind === 'return' || entry.body.heldAs === 'custody';
}

function otherOf(entry: Shipping): string | null {
  if (entry.kind === 'transfer') return entry.body.to;
  return entry.kind === 'receipt' ? entry.body.sender : null;
}
