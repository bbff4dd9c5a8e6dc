import type { Account } from './accounts.ts';
import { isShipped, isStock } from './accounts.ts';
import { normaliseName } from './names.ts';

/**
 * Where a quantity stands: exactly this account, munition, lot, site and institution; `null` means
 * "not recorded", never "any". Dispatched and custody holdings are told apart by shipment instead
 * of place, shortages and surpluses by the difference that they belong to.
 */
export interface Holding {
  readonly account: Account;
  readonly munition: string;
  readonly lot: string | null;
  readonly site: string | null;
  readonly institution: string | null;
  readonly shipment: string | null;
  readonly difference: string | null;
}

/** The parts of a holding that a line of an entry can name. */
export interface Place {
  readonly munition: string;
  readonly lot?: string;
  readonly site?: string;
  readonly institution?: string;
}

export function holding(
  account: Account,
  place: Place,
  marks: { shipment?: string | undefined; difference?: string } = {},
): Holding {
  const shipped = isShipped(account);
  return {
    account,
    munition: place.munition,
    lot: place.lot ?? null,
    site: shipped ? null : (place.site ?? null),
    institution: shipped ? null : (place.institution ?? null),
    shipment: isStock(account) && !shipped ? null : (marks.shipment ?? null),
    difference: marks.difference ?? null,
  };
}

/** Separates the parts of a key: a control character, which no normalised name contains. */
const separator = '\u001f';

/** The same for two spellings of the same holding, different for different holdings. */
export function holdingKey(h: Holding): string {
  return (
    h.account +
    separator +
    normaliseName(h.munition) +
    separator +
    nameKey(h.lot) +
    separator +
    nameKey(h.site) +
    separator +
    nameKey(h.institution) +
    separator +
    nameKey(h.shipment) +
    separator +
    (h.difference ?? '')
  );
}

/** A holding alone, without what a posting adds to it. */
export function bareHolding(h: Holding): Holding {
  const { account, munition, lot, site, institution, shipment, difference } = h;
  return { account, munition, lot, site, institution, shipment, difference };
}

/** The parts of a holding that a line would name. */
export function placeOf({ munition, lot, site, institution }: Holding): Place {
  return {
    munition,
    ...(lot !== null && { lot }),
    ...(site !== null && { site }),
    ...(institution !== null && { institution }),
  };
}

/** A holding in words, for refusals. */
export function describeHolding(h: Holding): string {
  const parts = [`${h.munition} in ${h.account}`];
  if (h.lot !== null) parts.push(`lot ${h.lot}`);
  if (h.site !== null) parts.push(`site ${h.site}`);
  if (h.institution !== null) parts.push(`institution ${h.institution}`);
  if (h.shipment !== null) parts.push(`shipment ${h.shipment}`);
  return parts.join(', ');
}

/** The form in which a part of a holding is compared; '' for what is not recorded. */
export function nameKey(name: string | null | undefined): string {
  return name === null || name === undefined ? '' : normaliseName(name);
}
