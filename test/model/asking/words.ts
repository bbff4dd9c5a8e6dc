import type { Account, Figure } from '../../../src/ledger/accounts.ts';
import { idOf, type Asking } from './asking.ts';
import { differencesOf } from '../book/differences.ts';
import { placeIn, shareOf } from './lines.ts';
import { daysOf } from '../book/spot.ts';
import type { Single } from '../book/written.ts';

const stating: (Figure | Account)[] = [
  ...(['remaining', 'retained', 'custody', 'unaccounted', 'held/stockpile', 'gone/lost'] as const),
  ...(['source/declared', 'gone/destroyed-article-4', 'held/dispatched'] as const),
];

/** A figure that someone claims: often all of it, now and then of some place. */
export function stated({ id, step }: Asking): Single {
  const { choice, date, lines } = step;
  const [line] = lines;
  const filter =
    choice % 3 === 0 && line !== undefined
      ? { munition: line.munition, ...(line.lot !== '' && { lot: line.lot }) }
      : undefined;
  const quantity =
    choice % 10 === 9 ? -1 : choice % 4 === 0 ? 0 : (line?.quantity ?? 1) + (choice % 9);
  const body = {
    ...{ effectiveDate: date, source: 'a report', quantity },
    figure: stating[choice % stating.length] ?? 'remaining',
    ...(filter && { filter }),
    ...(line?.precision !== 'exact' && line !== undefined && { precision: line.precision }),
  };
  return { id, kind: 'statement', body };
}

const shortageBecomes = ['gone/lost', 'gone/counting-error', 'source/declared'] as const;
const othersBecome = ['gone/lost-for-others', 'gone/counting-error', 'source/received'] as const;
const surplusCameFrom = ['source/newly-found', 'source/declared', 'source/received'] as const;

/** What is open is explained in whole or part; now and then what is closed, or not there. */
export function explained({ id, step, book }: Asking): Single {
  const { choice, date, free } = step;
  const [line] = step.lines;
  const all = differencesOf(book);
  const open = all.filter((d) => d.open > 0);
  const among = open.length === 0 || free ? all : open;
  const about = among[choice % Math.max(1, among.length)];
  const reason = 'looked into';
  const shipments = book.list.flatMap((e) => e.claims.map((c) => c.shipment));
  if (about === undefined || (choice % 5 === 1 && shipments.length > 0)) {
    const shipment = shipments[choice % Math.max(1, shipments.length)] ?? 'S-9';
    return { id, kind: 'explanation', body: { effectiveDate: date, reason, shipment } };
  }
  const { kind, mark, spot, day } = about;
  const early = daysOf(date).last < day && choice % 7 !== 0;
  const opposite = kind === 'shortage' ? 'surplus' : 'shortage';
  const other = open.find((d) => d.kind === opposite && d.spot.munition === spot.munition);
  const accounts =
    (kind === 'shortage') === (choice % 11 === 0)
      ? surplusCameFrom
      : (spot.account === 'custody') === (choice % 12 === 0)
        ? shortageBecomes
        : othersBecome;
  const worded = (kind === 'contradicted-count' || kind === 'statement') && choice % 11 !== 0;
  const to =
    other !== undefined && choice % 4 !== 0
      ? { against: idOf(other.mark, book) }
      : worded
        ? {}
        : { account: accounts[choice % 3] ?? 'gone/lost' };
  const quantity = line === undefined ? 1 : Math.max(1, shareOf(line, about.open));
  const place =
    kind === 'statement' ? { munition: 'any', lot: '', site: '', institution: '' } : spot;
  const lines = [{ ...placeIn(place, line?.spelling ?? 0), quantity }];
  const difference = choice % 13 === 5 ? 'e0.9' : idOf(mark, book);
  const body = {
    ...{ effectiveDate: early ? '2007' : date, reason, difference, ...to },
    ...(choice % 4 !== 0 && { lines }),
  };
  return { id, kind: 'explanation', body };
}
