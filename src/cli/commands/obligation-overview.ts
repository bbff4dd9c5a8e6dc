import { articlesOf, dutiesOf } from '../../treaty/convention.ts';
import { mineBan } from '../../treaty/mine-ban.ts';
import { statuses } from '../../treaty/obligation.ts';
import type { Io } from '../io.ts';
import { table, type Cell } from '../table.ts';
import type { ObligationItem, ObligationsPage, StateOverview } from '../treaty-answers.ts';
import { wrap } from '../wrap.ts';
import { notesOn, obligationColumns, rowOf, runsOf, unrecordedMeans } from './obligation-rows.ts';
import { asKnown, noteMore, stateTitle } from './output.ts';

const lineWidth = 100;
/** Of each article the obligation that stands for it in a row; of the annual reports the last. */
const inRow = articlesOf(mineBan);
const completable = dutiesOf(mineBan, 'deadline').map(({ article }) => article);

/** Every State that had bound itself: a row each, then how many there are of each status. */
export function printAllStates(io: Io, page: ObligationsPage): void {
  io.out(`What States owe on ${page.on}, ${asKnown(page.known)}`);
  const items = page.items.filter(({ entryIntoForce }) => entryIntoForce !== null);
  if (items.length === 0) return io.out(noInstruments);
  io.out(allStatesTable(items, page.on));
  for (const line of overviewNotes) for (const text of wrap(line, lineWidth)) io.out(text);
  io.out(countsTable(items));
  noteMore(io, page);
}

const noInstruments =
  'No State had bound itself by then, as far as you may read. The secretariat records instruments:\n' +
  '  stockpile post instrument <State> instrument.json';

export const overviewNotes = [
  '4: stockpiles; 5: mined areas; 7.1: first report; last report: the annual report due last ' +
    '(7.2). * something stands beside the status: stockpile obligations <State>.',
  unrecordedMeans,
];

/** One row a State: since when it is a party, and the status of what it owes. */
export function allStatesTable(items: readonly StateOverview[], on: string): string {
  const heads = ['party since', '4', '5', '7.1', 'last report'];
  const columns = [{ head: 'State', width: 20 }, ...heads.map((head) => ({ head }))];
  const rows = items.map((item): Cell[] => [
    `${item.state} ${item.name}`,
    partyCell(item, on),
    ...inRow.map((article) => cellOf(standingFor(item, article))),
  ]);
  return table(columns, rows);
}

function partyCell({ party, entryIntoForce }: StateOverview, on: string): string {
  if (party) return entryIntoForce ?? '';
  return entryIntoForce !== null && entryIntoForce > on ? `from ${entryIntoForce}` : 'withdrew';
}

function standingFor({ obligations }: StateOverview, article: string) {
  return obligations.findLast((obligation) => obligation.article === article);
}

function cellOf(obligation: ObligationItem | undefined): string {
  if (obligation === undefined) return '';
  const { article, status, due, period, findings } = obligation;
  const isOpen = status === 'pending' || status === 'missed';
  const day = isOpen && completable.includes(article) ? due : undefined;
  const words = [period, status, day].filter((word) => word !== undefined);
  return words.join(' ') + (findings.length > 0 ? '*' : '');
}

/** How many States there are of each status, by article. */
export function countsTable(items: readonly StateOverview[]): string {
  const all = items.flatMap((item) => inRow.map((article) => standingFor(item, article)));
  const shown = all.filter((obligation) => obligation !== undefined);
  const used = statuses.filter((status) => shown.some((one) => one.status === status));
  const rows = inRow.map((article): Cell[] => [
    article === '7.2' ? 'last report' : article,
    ...used.map(
      (status) => shown.filter((one) => one.article === article && one.status === status).length,
    ),
  ]);
  const parties = items.filter(({ party }) => party).length;
  const columns = [{ head: `${parties} parties` }, ...used.map((head) => ({ head, number: true }))];
  return table(columns, rows);
}

/** Obligations of one article or status, of all States. */
export function printChosen(io: Io, page: ObligationsPage, all: boolean): void {
  io.out(`On ${page.on}, ${asKnown(page.known)}`);
  const some = page.items.filter(({ obligations }) => obligations.length > 0);
  if (some.length === 0) return io.out('No State has such an obligation.');
  const rows = some.flatMap(({ state, obligations }) =>
    runsOf(obligations, all).map((run) => [stateTitle(state), ...rowOf(run)]),
  );
  io.out(table([{ head: 'State' }, ...obligationColumns], rows));
  for (const { state, obligations } of some) {
    for (const line of notesOn(obligations, state)) io.out(line);
  }
  noteMore(io, page);
}
