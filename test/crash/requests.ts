import type { Random } from './random.ts';

/** A request to record something: the last part of its path, and its body. */
export interface Request {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const munitions = ['PMN-2', 'M14', 'PFM-1'];
/** Big stores, which hold enough for everyone, and one shelf that all writers fight over. */
const stores = [
  {},
  { lot: 'A-1' },
  { lot: 'B-2', site: 'Depot North' },
  { site: 'Depot South', institution: 'Army' },
];
const shelf = { site: 'Shelf' };
const dates = [
  ...['2001', '2002-03', '2003-04/2003-09', '2004-02-29', '2005-12-31', '2006-01-01', '2007-06'],
  ...['2008', '2009-08-15', '2010-04/2011-03', '2012-02', '2013-07-01', '2015', '2018-11-30'],
];

/** What each State's book begins with, so that the stores last. */
export function openings(): Request[] {
  const lines = munitions.flatMap((munition) =>
    stores.map((place) => ({ munition, quantity: 1_000_000, ...place })),
  );
  const some = lines.map((line) => ({ ...line, quantity: 200_000 }));
  return [
    { path: 'inventories', body: { effectiveDate: '1999-05', basis: 'declared', lines } },
    { path: 'retentions', body: { effectiveDate: '2000-01-02', lines: some } },
    { path: 'allocations', body: { effectiveDate: '2000', status: 'allocated', lines: some } },
  ];
}

/**
 * Draws a request of any kind.
 * @param recorded ids of entries of this book, for reversals
 */
export function draw(random: Random, recorded: readonly string[]): Request {
  const effectiveDate = random.pick(dates);
  const dated = {
    effectiveDate,
    ...(random.chance(0.3) && { remarks: `no. ${random.int(1, 99)}` }),
  };
  const lines = (most: number) => linesOf(random, most);
  const from = random.pick(['held/stockpile', 'retained', 'held/allocated']);
  switch (random.int(0, 14)) {
    case 0:
    case 1:
    case 2: {
      const basis = random.pick(['declared', 'newly-found', 'seized', 'recovered']);
      const adds = basis === 'declared' && random.chance(0.9) ? { adds: true } : {};
      return { path: 'inventories', body: { ...dated, basis, ...adds, lines: lines(30) } };
    }
    case 3:
      return { path: 'retentions', body: { ...dated, lines: moving(random, lines(5)) } };
    case 4:
      return { path: 'releases', body: { ...dated, lines: moving(random, lines(5)) } };
    case 5:
      return { path: 'uses', body: { ...dated, lines: useLines(random, lines(3)) } };
    case 6: {
      const status = random.pick(['allocated', 'released']);
      return { path: 'allocations', body: { ...dated, status, lines: lines(20) } };
    }
    case 7:
      return {
        path: 'movements',
        body: { ...dated, account: from, lines: moving(random, lines(9)) },
      };
    case 8: {
      const how = { destructionSite: 'Range East', method: 'open detonation' };
      return {
        path: 'destructions',
        body: { ...dated, article: '4', from, ...how, lines: lines(9) },
      };
    }
    case 9: {
      const cause = random.pick(['accident', 'lost', 'stolen']);
      return { path: 'losses', body: { ...dated, from, cause, lines: lines(4) } };
    }
    case 10:
      return { path: 'counts', body: countOf(random, dated) };
    case 11: {
      const shipment = { to: 'XXD', titlePasses: random.chance(0.5), purpose: 'destruction' };
      return { path: 'transfers', body: { ...dated, from, ...shipment, lines: lines(6) } };
    }
    case 12: {
      const shipment = { sender: 'XXD', shipment: `D-${random.int(1, 5)}` };
      const heldAs = random.pick(['custody', 'held/stockpile', 'retained']);
      return { path: 'receipts', body: { ...dated, ...shipment, heldAs, lines: lines(9) } };
    }
    default: {
      if (recorded.length === 0) return draw(random, recorded);
      const entry = random.pick(recorded.slice(-40));
      const reason = 'written down wrongly';
      if (random.chance(0.5)) return { path: 'reversals', body: { entry, reason } };
      const replace = replacements(random, dated, lines);
      return { path: 'corrections', body: { reason, reverse: [entry], replace } };
    }
  }
}

/** What a correction records instead of what it reverses. */
function replacements(random: Random, dated: object, lines: (most: number) => Lines) {
  const inventory = { kind: 'inventory', ...dated, basis: 'seized' };
  const loss = { kind: 'loss', ...dated, from: 'held/stockpile', cause: 'stolen' };
  const some = [
    { ...inventory, lines: lines(9) },
    { ...loss, lines: lines(2) },
  ];
  return some.slice(0, random.int(1, 2));
}

function linesOf(random: Random, most: number) {
  const places = random.chance(0.35) ? [shelf] : [...stores].slice(random.int(0, 3));
  return places.slice(0, random.int(1, 3)).map((place) => ({
    munition: random.pick(munitions),
    quantity: random.int(1, most),
    ...place,
    ...(random.chance(0.1) && { precision: 'approximate' }),
  }));
}

type Lines = ReturnType<typeof linesOf>;

function moving(random: Random, lines: Lines) {
  return lines.map((line) => ({
    ...line,
    ...(random.chance(0.5) && { toSite: 'Training Centre' }),
    ...(random.chance(0.3) && { toLot: 'C-3' }),
    ...(random.chance(0.2) && { toInstitution: 'EOD School' }),
  }));
}

function useLines(random: Random, lines: Lines) {
  return lines.map((line) => {
    const quantity = random.int(0, line.quantity);
    return { ...line, quantity, used: Math.max(1, quantity + random.int(0, 2)) };
  });
}

function countOf(random: Random, dated: object): Record<string, unknown> {
  const onShelf = random.chance(0.5);
  const line = {
    munition: random.pick(munitions),
    quantity: onShelf ? random.int(0, 60) : random.int(300_000, 900_000),
    ...(onShelf ? shelf : random.pick(stores)),
  };
  const method = random.pick(['full', 'sample', 'sealed-package']);
  return { ...dated, account: 'held/stockpile', method, lines: [line] };
}
