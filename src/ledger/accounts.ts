/**
 * The chart of accounts: what mines are held *as*. The first part of a name says its nature.
 * `remaining` under Article 4 is everything `held/…`; Article 3 mines are `retained…`; another
 * State's mines held here are `custody`.
 */
export const accounts = [
  'source/declared',
  'source/newly-found',
  'source/seized',
  'source/recovered',
  'source/received',
  'source/count-surplus',
  'source/reclassified',
  'source/mined-area',
  'held/stockpile',
  'held/allocated',
  'held/dispatched',
  'held/unverifiable',
  'retained',
  'retained/dispatched',
  'retained/unverifiable',
  'custody',
  'gone/destroyed-article-4',
  'gone/destroyed-article-5',
  'gone/destroyed-retained',
  'gone/destroyed-for-others',
  'gone/consumed',
  'gone/accident',
  'gone/lost',
  'gone/stolen',
  'gone/lost-for-others',
  'gone/transferred',
  'gone/passed-on',
  'gone/returned',
  'gone/reclassified',
  'gone/not-a-mine',
  'gone/counting-error',
  'difference/shortage',
] as const;

export type Account = (typeof accounts)[number];

/** The four totals that every State is asked for. */
export const figures = ['remaining', 'retained', 'custody', 'unaccounted'] as const;
export type Figure = (typeof figures)[number];

export function isFigure(name: string): name is Figure {
  return (figures as readonly string[]).includes(name);
}

/** Accounts that mines can be in: these may never be below zero at the end of any day. */
export type StockAccount = Extract<Account, `held/${string}` | `retained${string}` | 'custody'>;

export const stockAccounts = accounts.filter(isStock);

export function isStock(account: Account): account is StockAccount {
  return account.startsWith('held/') || account.startsWith('retained') || account === 'custody';
}

export function isSource(account: Account): boolean {
  return account.startsWith('source/');
}

/** Whether a holding in this account may never be below zero at the end of any day. */
export function isGuarded(account: Account): boolean {
  return isStock(account) || account === 'difference/shortage';
}

/** Accounts whose holdings are told apart by shipment instead of by site and institution. */
export function isShipped(account: Account): boolean {
  return account === 'custody' || account.endsWith('/dispatched');
}

const accountNames: ReadonlySet<string> = new Set(accounts);

export function isAccount(name: string): name is Account {
  return accountNames.has(name);
}

/**
 * The figure that an account counts towards, or the account itself when it counts towards none.
 * `unaccounted` is made of open shortages and open surpluses, each counted without its sign, and
 * of contradicted counts, which no account holds.
 */
export function figureOf(account: Account): Figure | Account {
  if (account.startsWith('held/')) return 'remaining';
  if (account.startsWith('retained')) return 'retained';
  if (account === 'difference/shortage' || account === 'source/count-surplus') return 'unaccounted';
  return account;
}
