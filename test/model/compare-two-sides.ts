import { strict as assert } from 'node:assert';
import type { TwoTimes } from '../../src/journal/asked.ts';
import type { ShipmentLine } from '../../src/journal/shipments.ts';
import { plainKey, type Run } from './both-books.ts';
import { differencesAt, type Listed } from './book/questions.ts';
import { plainName } from './book/spot.ts';
import { missing, unlike, type Sides, type State, type World } from './book/world.ts';

/** Every name of a shipment that any book has. */
export function shipmentsOf(world: World): string[] {
  return [...new Set(world.entries.flatMap((e) => e.claims.map((c) => c.shipment)))];
}

/** The shipments on whose two sides a State's book is, and that do not agree. */
function shipmentDifferences(world: World, state: State, at: TwoTimes): Listed[] {
  const asked = { day: at.effective, known: at.known };
  return shipmentsOf(world).flatMap((name): Listed[] => {
    const first = world.told(name, asked).find(({ entry }) => entry.state === state)?.entry;
    const shipment = world.shipment(name, asked, state);
    if (first === undefined || shipment === undefined) return [];
    if (['agreed', 'in-transit'].includes(shipment.status)) return [];
    const lines = Object.values(shipment.lines);
    const add = (of: (line: (typeof lines)[0]) => number) =>
      lines.reduce((total, line) => total + of(line), 0);
    const quantity = add((line) => Math.abs(missing(line)) + unlike(line));
    return [
      {
        ...{ mark: `shipment:${name}`, kind: 'shipment', spot: null, exact: true },
        ...{ openedBy: first.id, day: first.day, quantity },
        expected: add((line) => line.dispatched - line.returned),
        counted: add((line) => line.received - line.givenBack),
        open: shipment.status === 'explained' ? 0 : quantity,
        explainedBy: shipment.explainedBy,
      },
    ];
  });
}

/** Differences open and closed, by the names that both know them under. */
export function compareDifferences(
  { journal, world }: Run,
  state: State,
  at: TwoTimes,
  limit: number,
  label: string,
): void {
  const book = world.book(state);
  const listed = pagedDifferences(journal, state, at, limit).map(
    ({ id, holding, about: _about, explainedBy, ...rest }) => ({
      ...rest,
      explainedBy: [...explainedBy],
      mark: book.named.get(id) ?? plainName(id),
      spot: holding && plainKey(holding),
    }),
  );
  const expected = [
    ...differencesAt(book, { day: at.effective, known: at.known }),
    ...shipmentDifferences(world, state, at),
  ];
  assert.deepEqual(byMark(listed), byMark(expected), `differences of ${label}`);
}

function pagedDifferences(journal: Run['journal'], state: State, at: TwoTimes, limit: number) {
  const id = journal.stateId(state);
  // A shipment that agrees is on a page and not shown: pages of differences need not be full.
  const all = [];
  let cursor: string | undefined;
  do {
    const { items, next } = journal.differences.page(id, at, { limit, cursor });
    assert(items.length <= limit, 'a page is not more than full');
    all.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return all;
}

const byMark = <T extends { mark: string }>(all: readonly T[]): T[] =>
  [...all].sort((a, b) => (a.mark < b.mark ? -1 : 1));

/** Both sides of every shipment, or that nobody knows it by then. */
export function compareShipments({ journal, world }: Run, at: TwoTimes): void {
  for (const name of shipmentsOf(world)) {
    const found = journal.shipments.of(name, at);
    const told = found && {
      ...{ sender: found.sender, receiver: found.receiver, status: found.status },
      lines: inOrder(found.lines.map((line) => [lineName(line), sidesOf(line)])),
    };
    const model = world.shipment(name, { day: at.effective, known: at.known });
    const lines = Object.entries(model?.lines ?? {});
    const expected = model && {
      ...{ sender: model.sender, receiver: model.receiver, status: model.status },
      lines: inOrder(lines.map(([key, line]) => [key, numbersOf(line)])),
    };
    const label = `shipment ${name} on ${at.effective} as known at ${at.known}`;
    assert.deepEqual(told, expected, label);
  }
}

function numbersOf(line: Sides) {
  const { dispatched, returned, received, givenBack } = line;
  const numbers = { dispatched, returned, received, givenBack };
  return { ...numbers, difference: missing(line), titleDiffers: unlike(line) };
}

const lineName = ({ munition, lot }: ShipmentLine) => `${plainName(munition)}|${plainName(lot)}`;

const sidesOf = ({ munition: _munition, lot: _lot, ...sides }: ShipmentLine) => sides;

const inOrder = (lines: [string, object][]) =>
  Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
