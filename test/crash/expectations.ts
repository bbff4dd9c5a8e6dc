/** The checker's own reading of the written surface: which entry moves what, and when it counts. */

export interface Posting {
  readonly account: string;
  readonly munition: string;
  readonly lot: string | null;
  readonly site: string | null;
  readonly institution: string | null;
  readonly shipment: string | null;
  readonly difference: string | null;
  readonly quantity: number;
}

interface Body {
  readonly basis?: string;
  readonly heldAs?: string;
  readonly status?: string;
  readonly account?: string;
  readonly from?: string;
  readonly cause?: string;
  readonly titlePasses?: boolean;
  readonly lines?: readonly { readonly munition: string; readonly quantity: number }[];
}

/** The accounts that each kind moves mines between; counts and reversals follow from the book. */
const between: Readonly<Record<string, (body: Body) => readonly [string, string]>> = {
  inventories: ({ basis, heldAs }) => [`source/${basis}`, heldAs ?? 'held/stockpile'],
  retentions: () => ['held/stockpile', 'retained'],
  releases: () => ['retained', 'held/stockpile'],
  uses: () => ['retained', 'gone/consumed'],
  allocations: ({ status }) =>
    status === 'allocated'
      ? ['held/stockpile', 'held/allocated']
      : ['held/allocated', 'held/stockpile'],
  movements: ({ account = '' }) => [account, account],
  destructions: ({ from = '' }) => [
    from,
    from.startsWith('held/') ? 'gone/destroyed-article-4' : 'gone/destroyed-retained',
  ],
  losses: ({ from = '', cause }) => [from, `gone/${cause}`],
  transfers: ({ from = '', titlePasses }) => {
    const abroad = from.startsWith('held/') ? 'held/dispatched' : 'retained/dispatched';
    return [from, titlePasses === true ? 'gone/transferred' : abroad];
  },
  receipts: ({ heldAs = '' }) => ['source/received', heldAs],
};

/** The paths of what a correction records instead, by kind. */
export const pathOf: Readonly<Record<string, string>> = {
  inventory: 'inventories',
  loss: 'losses',
};

/** How much of each munition a request puts into each account, or undefined when the book says. */
export function legsAsked(path: string, asked: unknown): Record<string, number> | undefined {
  const body = asked as Body;
  const accounts = between[path]?.(body);
  if (accounts === undefined) return undefined;
  const [from, to] = accounts;
  const legs = (body.lines ?? []).flatMap(({ munition, quantity }) => [
    { account: from, munition, quantity: -quantity },
    { account: to, munition, quantity },
  ]);
  return moved(legs);
}

/** The change of each munition in each account, without those that come to nothing. */
export function moved(
  postings: readonly Pick<Posting, 'account' | 'munition' | 'quantity'>[],
): Record<string, number> {
  const sums = sumsOf(postings, (p) => `${p.munition} in ${p.account}`);
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

export function sumsOf<P extends { readonly quantity: number }>(
  postings: readonly P[],
  keyOf: (posting: P) => string,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const p of postings) sums.set(keyOf(p), (sums.get(keyOf(p)) ?? 0) + p.quantity);
  return sums;
}

/** The day on which an effective date counts: its last. */
export function lastDay(date: string): string {
  const end = date.split('/').at(-1) ?? date;
  if (end.length === 10) return end;
  if (end.length === 4) return `${end}-12-31`;
  const [year, month] = end.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 0, 0)).toISOString().slice(0, 10);
}
