import type { StockAccount } from '../../../src/ledger/accounts.ts';
import type { BookList } from '../book/book-list.ts';
import { differencesOf } from '../book/differences.ts';
import { placeIn, shareOf, type AskedLine } from './lines.ts';
import { byShipment, daysOf, type Spot } from '../book/spot.ts';
import type { Part } from './steps.ts';
import type { State, World } from '../book/world.ts';

/** What a step has at hand when it asks for something. */
export interface Asking {
  readonly id: string;
  readonly step: Part;
  readonly state: State;
  readonly world: World;
  readonly book: BookList;
  readonly there: readonly Spot[];
  readonly from: (account: string, shipment?: string) => AskedLine[];
}

const stock = [
  ...['held/stockpile', 'retained', 'held/allocated', 'custody', 'held/unverifiable'],
  ...['held/stockpile', 'retained/dispatched', 'held/dispatched', 'retained/unverifiable'],
] as StockAccount[];

/** The account that a step takes from: one that holds something, if it may choose. */
export function accountFor(
  { step, there }: Asking,
  among: readonly StockAccount[] = stock,
): StockAccount {
  const some = among.filter((a) => there.some(({ account }) => account === a));
  const from = step.free || some.length === 0 ? among : some;
  return from[step.choice % from.length] ?? 'held/stockpile';
}

/** The shipment that what is taken belongs to, if it belongs to one; now and then wrong. */
export function shipmentFor({ step, there }: Asking, account: string): string | undefined {
  const aimed = there.find((s) => s.account === account && s.shipment !== '')?.shipment;
  const shipped = byShipment(account) !== (step.choice === 13);
  return shipped ? (aimed ?? ['S-1', 's-1', 'Ω 2'][step.choice % 3]) : undefined;
}

/** The id by which the service knows a difference. */
export function idOf(mark: string, book: BookList): string {
  const found = [...book.named].find(([, known]) => known === mark);
  return found?.[0] ?? 'e0.9';
}

/** An open shortage that an entry turns out to be the truth behind: two times in three. */
export function truthBehind({ step, book }: Asking) {
  const { choice, kind, date } = step;
  const open = differencesOf(book).filter((d) => d.kind === 'shortage' && d.open > 0);
  const about = open[choice % Math.max(1, open.length)];
  const [line] = step.lines;
  if (choice % 3 === 2 || about === undefined || line === undefined) {
    return undefined;
  }
  const { spot, mark, day, open: left } = about;
  const wrong = choice % 13 === 0;
  const account = (kind === 'use' || wrong ? 'retained' : spot.account) as StockAccount;
  const shipment = byShipment(account) ? spot.shipment : undefined;
  const place = byShipment(account) ? { ...spot, site: '', institution: '' } : spot;
  const early = daysOf(date).last < day && choice % 5 !== 0;
  const fields = {
    lines: [{ ...placeIn(place, line.spelling), quantity: Math.max(1, shareOf(line, left)) }],
    explains: choice % 17 === 4 ? 'e0.9' : idOf(mark, book),
    ...(early && { effectiveDate: '2007' }),
    ...(choice % 3 === 0 && { happenedOn: choice % 4 === 0 ? '2003' : '2002-11/2003-02' }),
  };
  return { account, shipment, fields };
}
