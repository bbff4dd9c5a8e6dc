import type { MovingLine } from '../../../src/ledger/kinds.ts';
import { byShipment, family, plainName, spotOf, type Spot } from './spot.ts';
import type { Claim, Move, Of, Single } from './written.ts';

/** Entries that move each of their lines from one account to another, known from the entry alone. */
export type Routed = Exclude<
  Single,
  { kind: 'count' | 'reversal' | 'return' | 'statement' | 'explanation' | 'reclassification' }
>;

/** From which account to which a command moves its lines. */
function route(command: Routed): readonly [string, string] {
  switch (command.kind) {
    case 'inventory':
      return [`source/${command.body.basis}`, command.body.heldAs ?? 'held/stockpile'];
    case 'retention':
      return ['held/stockpile', 'retained'];
    case 'release':
      return ['retained', 'held/stockpile'];
    case 'use':
      return ['retained', 'gone/consumed'];
    case 'allocation':
      return command.body.status === 'released'
        ? ['held/allocated', 'held/stockpile']
        : ['held/stockpile', 'held/allocated'];
    case 'movement':
      return [command.body.account, command.body.account];
    case 'destruction': {
      const { article, from = '' } = command.body;
      if (article === '5') return ['source/mined-area', 'gone/destroyed-article-5'];
      if (from === 'custody') return [from, 'gone/destroyed-for-others'];
      return [from, `gone/destroyed-${from.startsWith('held') ? 'article-4' : 'retained'}`];
    }
    case 'loss': {
      const { from, cause } = command.body;
      return [from, from === 'custody' ? 'gone/lost-for-others' : `gone/${cause}`];
    }
    case 'transfer': {
      const { from, titlePasses } = command.body;
      if (from === 'custody') return [from, 'gone/passed-on'];
      return [from, titlePasses ? 'gone/transferred' : `${family(from)}/dispatched`];
    }
    case 'receipt':
      return ['source/received', command.body.heldAs];
    case 'control':
      return [command.body.from, `${family(command.body.from)}/unverifiable`];
  }
}

/** The account that a command takes from, where it says one. */
export function accountOf(command: Routed): string {
  return route(command)[0];
}

/** The shipment that the mines are of before the entry, and after it. */
function shipmentsOf(command: Routed): readonly [string | undefined, string | undefined] {
  if (command.kind === 'transfer') {
    const { shipment, fromShipment } = command.body;
    return [fromShipment ?? shipment, newShipment(command)];
  }
  const shipment = 'shipment' in command.body ? command.body.shipment : undefined;
  return [shipment, shipment];
}

/**
 * The shipment that a transfer makes. Without `fromShipment` the one that mines in custody or
 * abroad belong to is named in `shipment`, and the new one is named after the entry.
 */
export function newShipment({ id, body }: Of<'transfer'>): string {
  const old = byShipment(body.from) && body.fromShipment === undefined;
  return (old ? undefined : body.shipment) ?? id;
}

const isExact = (line: { precision?: string }) => (line.precision ?? 'exact') === 'exact';

/** The holdings that the lines name. */
export function namedBy(command: Routed): Spot[] {
  const [shipment] = shipmentsOf(command);
  return command.body.lines.map((line) => spotOf(accountOf(command), line, shipment));
}

/** @param shortage from which the mines are taken instead, when the entry is the truth behind it */
export function movesOf(command: Routed, shortage?: Spot): Move[] {
  const [from, to] = route(command);
  const [oldShipment, shipment] = shipmentsOf(command);
  const lines: readonly MovingLine[] = command.body.lines;
  return lines
    .filter(({ quantity }) => quantity > 0)
    .map((line) => {
      const there = {
        munition: line.munition,
        lot: line.toLot ?? line.lot ?? '',
        site: line.toSite ?? line.site ?? '',
        institution: line.toInstitution ?? line.institution ?? '',
      };
      return {
        from: shortage ?? spotOf(from, line, oldShipment),
        to: spotOf(to, there, shipment),
        quantity: line.quantity,
        exact: isExact(line),
      };
    });
}

/** The old munition or lot ends, the new one begins; or it never was a mine. */
export function reclassified({ body }: Of<'reclassification'>): Move[] {
  const { from, shipment } = body;
  return body.lines.flatMap((line) => {
    const was = spotOf(from, line, shipment);
    const end = (account: string, spot: Spot): Spot => ({ ...spot, account });
    const rest = { quantity: line.quantity, exact: isExact(line) };
    if (line.toMunition === undefined && line.toLot === undefined) {
      return [{ from: was, to: end('gone/not-a-mine', was), ...rest }];
    }
    const { toMunition = line.munition, toLot = line.lot } = line;
    const is = { ...was, munition: plainName(toMunition), lot: plainName(toLot) };
    return [
      { from: was, to: end('gone/reclassified', was), ...rest },
      { from: end('source/reclassified', is), to: is, ...rest },
    ];
  });
}

/** What an entry says of a shipment: of a dispatch what it became, else what it was. */
export function claimsOf(command: Single, moves: readonly Move[]): Claim[] {
  const { kind, body } = command;
  if (kind !== 'transfer' && kind !== 'receipt' && kind !== 'return') return [];
  const shipment = plainName(kind === 'transfer' ? newShipment(command) : body.shipment);
  const other = kind === 'transfer' ? body.to : kind === 'receipt' ? body.sender : null;
  return moves.map(({ from, to, quantity }) => {
    const { munition, lot } = kind === 'return' ? from : to;
    const back = from.account === 'custody' ? 'givenBack' : 'returned';
    const side = { transfer: 'dispatched', receipt: 'received', return: back } as const;
    const passed = {
      transfer: to.account === 'gone/transferred',
      receipt: to.account !== 'custody',
    };
    const whose = kind !== 'return' && passed[kind] ? 'receiver' : 'sender';
    return { shipment, side: side[kind], whose, munition, lot, quantity, other };
  });
}
