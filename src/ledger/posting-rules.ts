import { strict as assert } from 'node:assert';
import { isShipped, type Account, type StockAccount } from './accounts.ts';
import { holding, type Holding, type Place } from './holding.ts';
import type {
  BackFindings,
  ExplanationFindings,
  Kind,
  Line,
  Loss,
  MovingLine,
  PostedEntry,
  Transfer,
} from './kinds.ts';
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

  use: ({ body }) =>
    body.lines.flatMap((line, n) =>
      // What was used and not consumed is still there: it posts nothing.
      line.quantity === 0 ? [] : [outflow(n, line, 'retained', 'gone/consumed', body)],
    ),

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
        : outflow(n, line, body.from, destroyedAs(body.from), body),
    ),

  loss: ({ body }) => body.lines.map((line, n) => outflow(n, line, body.from, lostAs(body), body)),

  transfer: ({ id, body }) =>
    body.lines.map((line, n) => {
      const shipment = shipmentOf({ id, body });
      const { from, to } = outflow(n, line, body.from, sentAs(body), {
        ...body,
        shipment: body.fromShipment ?? body.shipment,
      });
      return { ...move(n, line, from.account, to.account), from, to: { ...to, shipment } };
    }),

  receipt: ({ body }) =>
    body.lines.map((line, n) => move(n, line, 'source/received', body.heldAs, body.shipment)),

  return: ({ body, found }) => back(body.lines, found),

  control: ({ body, found }) =>
    body.status === 'regained'
      ? back(body.lines, found)
      : body.lines.map((line, n) => ({
          ...move(n, line, body.from, unverifiable(body.from)),
          from: holding(body.from, line, { shipment: body.shipment }),
        })),

  reclassification: ({ body }) =>
    body.lines.flatMap((line, n) => {
      const { toMunition, toLot, munition, lot, ...rest } = line;
      const { from, shipment } = body;
      if (toMunition === undefined && toLot === undefined) {
        return [move(n, line, from, 'gone/not-a-mine', shipment)];
      }
      const newLot = toLot ?? lot;
      const become = { ...rest, munition: toMunition ?? munition };
      const now = newLot === undefined ? become : { ...become, lot: newLot };
      return [
        move(
          n,
          { ...rest, munition, ...(lot !== undefined && { lot }) },
          from,
          'gone/reclassified',
          shipment,
        ),
        move(n, now, 'source/reclassified', from, shipment),
      ];
    }),

  statement: () => [],

  explanation: ({ body, found }) => explained(body.account, found),

  correction: () => [],

  count: ({ id, body, found }) => {
    const asserted = body.lines.map((line, n) => {
      const expected = found.expected[n];
      assert(expected !== undefined, 'a count expects something for every line');
      return { line, expected };
    });
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

/** Leaves the holding, or the shortage that the entry turned out to be the truth behind. */
function outflow(
  n: number,
  line: Line,
  from: Account,
  to: Account,
  { explains, shipment }: { explains?: string; shipment?: string | undefined },
): Move {
  const moved = move(n, line, from, to, shipment);
  if (explains === undefined) return moved;
  return { ...moved, from: holding('difference/shortage', line, { difference: explains }) };
}

/** The shipment that a transfer makes or adds to: as given, else named after the entry. */
export function shipmentOf({ id, body }: { id: string; body: Transfer }): string {
  const named = isShipped(body.from) && body.fromShipment === undefined ? undefined : body.shipment;
  return named ?? id;
}

function sentAs({ from, titlePasses }: Transfer): Account {
  if (from === 'custody') return 'gone/passed-on';
  if (titlePasses) return 'gone/transferred';
  return from.startsWith('held/') ? 'held/dispatched' : 'retained/dispatched';
}

function lostAs({ from, cause }: Loss): Account {
  return from === 'custody' ? 'gone/lost-for-others' : `gone/${cause}`;
}

export function unverifiable(from: StockAccount): StockAccount {
  return from.startsWith('held/') ? 'held/unverifiable' : 'retained/unverifiable';
}

/** Each part back to where it came from, as the decision found it. */
function back(lines: readonly Line[], { parts }: BackFindings): Move[] {
  return parts.map((part) => ({
    ...part,
    precision: lines[part.line]?.precision ?? 'exact',
  }));
}

/** Takes a shortage out of question, or names where a surplus came from. */
function explained(
  account: Account | undefined,
  { kind, mark, against, quantity }: ExplanationFindings,
): Move[] {
  if (mark === undefined) return [];
  const other = against ?? elsewhere(mark, account);
  const [from, to] = kind === 'shortage' ? [mark, other] : [other, mark];
  return [{ line: null, from, to, quantity, precision: 'exact' }];
}

function elsewhere(mark: Holding, account: Account | undefined): Holding {
  assert(account !== undefined, 'what is not set against another difference goes to an account');
  return { ...mark, account, difference: null };
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
