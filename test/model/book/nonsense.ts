import type { ReclassificationLine, MovingLine, UseLine } from '../../../src/ledger/kinds.ts';
import { movesOf, reclassified } from './routes.ts';
import { byShipment, daysOf, keyOf, plainName, spotOf } from './spot.ts';
import type { Command, Of, Single } from './written.ts';

type AnyLine = MovingLine & ReclassificationLine & UseLine;

/** What is wrong whatever the book holds, as far as random histories go wrong. */
export function isNonsense(command: Command, state: string, today: string): boolean {
  const { body } = command;
  if (body.effectiveDate !== undefined && daysOf(body.effectiveDate).last > today) return true;
  if (command.kind === 'correction') {
    const { reverse = [], replace = [] } = command.body;
    if (reverse.length + replace.length === 0) return true;
    return new Set(reverse).size < reverse.length;
  }
  const lines = ('lines' in body ? (body.lines ?? []) : []) as readonly AnyLine[];
  const least = command.kind === 'use' || command.kind === 'count' ? 0 : 1;
  if (lines.some(({ quantity }) => quantity < least)) return true;
  if (saysTwice(lines)) return true;
  if ('explains' in body && body.explains !== undefined && lines.length > 1) return true;
  if ('happenedOn' in body && body.happenedOn !== undefined) {
    if (body.explains === undefined) return true;
    if (daysOf(body.happenedOn).last > today) return true;
  }
  return ofItsKind(command, lines, state);
}

/** Two lines that name the same holding, and go to the same place. */
function saysTwice(lines: readonly AnyLine[]): boolean {
  const said = lines.map((l) => {
    const { toMunition, toLot, toSite, toInstitution } = l;
    const there = [toMunition, toLot, toSite, toInstitution].map(plainName).join('|');
    return `${keyOf(spotOf('', l))} ${there}`;
  });
  return new Set(said).size < said.length;
}

function ofItsKind(command: Single, lines: readonly AnyLine[], state: string): boolean {
  switch (command.kind) {
    case 'use':
      return lines.some(({ used, quantity }) => (used ?? quantity) < Math.max(1, quantity));
    case 'movement':
      return (
        misplaced(command.body.account, command.body.shipment, lines) ||
        lines.some((_, n) => goesNowhere(command, n))
      );
    case 'destruction': {
      const { article, from, shipment } = command.body;
      if (article === '5') return from !== undefined || shipment !== undefined;
      return from === undefined || misplaced(from, shipment, lines);
    }
    case 'loss':
      return misplaced(command.body.from, command.body.shipment, lines);
    case 'count':
      return misplaced(command.body.account, command.body.shipment, lines);
    case 'transfer':
      return transferIsNonsense(command, lines, state);
    case 'receipt': {
      const { sender, heldAs, shipment } = command.body;
      return sender === state || (heldAs === 'custody' && misplaced(heldAs, shipment, lines));
    }
    case 'return':
      return misplaced('custody', command.body.shipment, lines);
    case 'control': {
      const { from, status, shipment } = command.body;
      if (from === 'custody') return true;
      if (status === 'regained') return !byShipment(from) && shipment !== undefined;
      return from.endsWith('unverifiable') || misplaced(from, shipment, lines);
    }
    case 'reclassification': {
      const { from, shipment } = command.body;
      const same = reclassified(command).some(
        ({ from, to }, n, all) =>
          to.account === 'gone/reclassified' && keyOf(from) === keyOf(all[n + 1]?.to ?? to),
      );
      return same || misplaced(from, shipment, lines);
    }
    case 'statement':
      return command.body.quantity < 0;
    case 'explanation':
      return explanationIsNonsense(command.body);
    case 'inventory':
    case 'retention':
    case 'release':
    case 'allocation':
    case 'reversal':
      return false;
  }
}

/** Mines on the way or in custody are of a shipment and of no place; others the other way round. */
function misplaced(
  account: string,
  shipment: string | undefined,
  lines: readonly AnyLine[],
): boolean {
  if (!byShipment(account)) return shipment !== undefined;
  const placed = lines.some((l) => l.site ?? l.institution ?? l.toSite ?? l.toInstitution);
  return plainName(shipment) === '' || placed;
}

function goesNowhere(command: Of<'movement'>, n: number): boolean {
  const line = command.body.lines[n];
  if (line === undefined) return false;
  const [move] = movesOf({ ...command, body: { ...command.body, lines: [line] } });
  return move !== undefined && keyOf(move.from) === keyOf(move.to);
}

function transferIsNonsense(
  { body }: Of<'transfer'>,
  lines: readonly AnyLine[],
  state: string,
): boolean {
  const { from, to, titlePasses, shipment, fromShipment } = body;
  if (to === state || from.endsWith('unverifiable')) return true;
  if (from.endsWith('dispatched') && !titlePasses) return true;
  if (!byShipment(from)) return fromShipment !== undefined;
  return misplaced(from, fromShipment ?? shipment, lines);
}

function explanationIsNonsense(body: Of<'explanation'>['body']): boolean {
  const { difference, shipment, account, against, lines = [] } = body;
  if ((difference === undefined) === (shipment === undefined)) return true;
  if (account !== undefined && against !== undefined) return true;
  if (shipment !== undefined && (account !== undefined || against !== undefined)) return true;
  return lines.length > 1 || (shipment !== undefined && body.lines !== undefined);
}
