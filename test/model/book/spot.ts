/** A holding with its names made comparable; '' for what is not recorded. */
export interface Spot {
  readonly account: string;
  readonly munition: string;
  readonly lot: string;
  readonly site: string;
  readonly institution: string;
  readonly shipment: string;
  /** The difference that this is, for shortages and surpluses. */
  readonly mark: string;
}

/** What a line names; the same names stand in the filter of a question. */
interface Named {
  readonly munition?: string | undefined;
  readonly lot?: string | null | undefined;
  readonly site?: string | null | undefined;
  readonly institution?: string | null | undefined;
}

export type Filter = Named;

export const plainName = (name: string | null | undefined): string =>
  (name ?? '')
    .replace(/[\u200b\u200e\u2060]/g, '')
    .split(/[ \t\u00a0\u2003\u3000]+/)
    .filter((word) => word !== '')
    .join(' ')
    .toLowerCase();

export const keyOf = (spot: Spot): string => Object.values(spot).join('|');

/** The same, whichever difference it belongs to. */
export const bareKeyOf = (spot: Spot): string => keyOf({ ...spot, mark: '' });

/** Mines on the way and in custody are told apart by shipment, other mines by place. */
export const byShipment = (account: string): boolean => /dispatched$|^custody$/.test(account);

/** Accounts that mines can be in. */
export const isMine = (account: string): boolean => /^(held\/|retained|custody)/.test(account);

export const isSource = (account: string): boolean => account.startsWith('source/');

/** The name of an account's family: `held`, `retained`, `custody`, `gone`, `source`. */
export const family = (account: string): string => account.split('/')[0] ?? '';

export function spotOf(account: string, line: Named, shipment = '', mark = ''): Spot {
  const placed = !byShipment(account);
  return {
    account,
    munition: plainName(line.munition),
    lot: plainName(line.lot),
    site: placed ? plainName(line.site) : '',
    institution: placed ? plainName(line.institution) : '',
    shipment: isMine(account) && placed ? '' : plainName(shipment),
    mark,
  };
}

export function fits(spot: Spot, filter: Filter = {}): boolean {
  return Object.entries(filter).every(
    ([part, asked]) => spot[part as keyof Filter] === plainName(asked as string | null),
  );
}

/** The first and last day of a date of any of the four forms. */
export function daysOf(text: string): { first: string; last: string } {
  const [start = '', end = start] = text.split('/');
  const [year, month, day] = end.split('-').map(Number);
  const last = new Date(Date.UTC(Number(year), month ?? 12, 0));
  if (day !== undefined) last.setUTCDate(day);
  const iso = last.toISOString().slice(0, 10);
  return { first: `${start}-01-01`.slice(0, 10), last: iso };
}

export const never = '9999-12-31';
