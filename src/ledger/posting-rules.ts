import type { Account, StockAccount } from './accounts.ts';
import { holding, type Holding, type Place } from './holding.ts';
import type { Kind, Line, MovingLine, PostedEntry } from './kinds.ts';
import { bothSides, type Move, type Posting } from './posting.ts';

/** Goes up when a rule below changes what an entry posts; every figure names it. */
export const rulesVersion = '1';

type Rule<K extends Kind> = (entry: PostedEntry<K>) => Move[];

/**
 * The posting table: for each kind of entry, which quantities go from where to where. The write
 * side, the balances, the explanations and the reports all use this one table.
 */
export const postingRules: { readonly [K in Kind]: Rule<K> } = {
  inventory: ({ body }) =>
    body.lines.map((line, n) =>
      move(n, line, `source/${body.basis}`, body.heldAs ?? 'held/stockpile'),
    ),

  retention: ({ body }) => body.lines.map((line, n) => move(n, line, 'held/stockpile', 'retained')),

  release: ({ body }) => body.lines.map((line, n) => move(n, line, 'retained', 'held/stockpile')),

  use: ({ body }) => consumedLines(body.lines, 'retained', 'gone/consumed'),

  allocation: ({ body }) =>
    body.lines.map((line, n) =>
      body.status === 'allocated'
        ? move(n, line, 'held/stockpile', 'held/allocated')
        : move(n, line, 'held/allocated', 'held/stockpile'),
    ),

  movement: ({ body }) =>
    body.lines.map((line, n) => move(n, line, body.account, body.account, body.shipment)),

  destruction: ({ body }) =>
    body.lines.map((line, n) =>
      body.from === undefined
        ? move(n, line, 'source/mined-area', 'gone/destroyed-article-5')
        : move(n, line, body.from, destroyedAs(body.from), body.shipment),
    ),

  loss: ({ body }) =>
    body.lines.map((line, n) =>
      move(
        n,
        line,
        body.from,
        body.from === 'custody' ? 'gone/lost-for-others' : `gone/${body.cause}`,
        body.shipment,
      ),
    ),

  count: ({ id, body, found }) => {
    const asserted = body.lines.map((line, n) => ({ line, expected: found.expected[n] ?? 0 }));
    const empty = found.others.map(({ expected, ...place }) => ({
      line: { ...place, quantity: 0 },
      expected,
    }));
    return [...asserted, ...empty].flatMap(({ line, expected }, n) =>
      settle(body.account, line, expected, `${id}.${n}`, n < asserted.length ? n : null, {
        shipment: 'shipment' in line ? line.shipment : body.shipment,
      }),
    );
  },

  reversal: ({ found }) =>
    movesOf(found.reversed).map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from })),
};

/** The moves of an entry, by the rule for its kind. */
export function movesOf(entry: PostedEntry): Move[] {
  const rule = postingRules[entry.kind] as Rule<Kind>;
  return rule(entry);
}

/** The postings of an entry: signed, balanced, in the order of its lines. */
export function postingsOf(entry: PostedEntry): Posting[] {
  return bothSides(movesOf(entry));
}

/** Mines keep munition, lot and place on the way, unless the line says where they go. */
function move(n: number, line: MovingLine, from: Account, to: Account, shipment?: string): Move {
  return {
    line: n,
    from: holding(from, line, { shipment }),
    to: holding(to, destination(line), { shipment }),
    quantity: line.quantity,
    precision: line.precision ?? 'exact',
  };
}

/** Where a line says that its mines go; what it leaves out stays as it is. */
export function destination(line: MovingLine): Place {
  const { toLot = line.lot, toSite = line.site, toInstitution = line.institution } = line;
  return {
    munition: line.munition,
    ...(toLot !== undefined && { lot: toLot }),
    ...(toSite !== undefined && { site: toSite }),
    ...(toInstitution !== undefined && { institution: toInstitution }),
  };
}

/** What was used and not consumed is still there: it posts nothing. */
function consumedLines(lines: readonly Line[], from: Account, to: Account): Move[] {
  return lines.flatMap((line, n) => (line.quantity === 0 ? [] : [move(n, line, from, to)]));
}

function destroyedAs(from: StockAccount): Account {
  if (from === 'custody') return 'gone/destroyed-for-others';
  return from.startsWith('held/') ? 'gone/destroyed-article-4' : 'gone/destroyed-retained';
}

/** Brings one holding to what was counted; the difference stays visible until it is explained. */
function settle(
  account: StockAccount,
  line: Line,
  expected: number,
  difference: string,
  n: number | null,
  marks: { shipment: string | undefined },
): Move[] {
  const counted: Holding = holding(account, line, marks);
  const quantity = Math.abs(line.quantity - expected);
  const precision = line.precision ?? 'exact';
  if (line.quantity < expected) {
    const shortage = holding('difference/shortage', line, { difference });
    return [{ line: n, from: counted, to: shortage, quantity, precision }];
  }
  if (line.quantity > expected) {
    const surplus = holding('source/count-surplus', line, { difference });
    return [{ line: n, from: surplus, to: counted, quantity, precision }];
  }
  return [];
}
