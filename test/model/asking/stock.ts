import { accountFor, shipmentFor, truthBehind, type Asking } from './asking.ts';
import { moving, type AskedLine } from './lines.ts';
import type { Part } from './steps.ts';
import type { Single } from '../book/written.ts';

export function withinStock(
  { id, step, from }: Asking,
  kind: 'inventory' | 'retention' | 'release' | 'allocation',
): Single {
  const { choice, date } = step;
  const common = { effectiveDate: date };
  switch (kind) {
    case 'inventory': {
      const bases = ['declared', 'newly-found', 'declared', 'seized', 'recovered'] as const;
      const heldAs = choice % 7 === 0 ? ('retained' as const) : undefined;
      const lines = linesAnywhere(step, from(choice % 4 === 2 ? (heldAs ?? 'held/stockpile') : ''));
      const body = { ...common, basis: bases[choice % 5] ?? 'declared', lines };
      const more = { ...(heldAs && { heldAs }), ...(choice % 3 === 0 && { adds: true }) };
      return { id, kind, body: { ...body, ...more } };
    }
    case 'retention':
      return { id, kind, body: { ...common, lines: moving(step, from('held/stockpile')) } };
    case 'release':
      return { id, kind, body: { ...common, lines: moving(step, from('retained')) } };
    case 'allocation': {
      const status = choice % 3 === 0 ? 'released' : 'allocated';
      const lines = from(status === 'released' ? 'held/allocated' : 'held/stockpile');
      return { id, kind, body: { ...common, status, lines: moving(step, lines) } };
    }
  }
}

/** An inventory brings any quantity, often to where nothing is. */
function linesAnywhere(step: Part, lines: readonly AskedLine[]): AskedLine[] {
  return lines.map((line, n) => ({ ...line, quantity: step.lines[n]?.quantity ?? 1 }));
}

export function out(asking: Asking, kind: 'use' | 'destruction' | 'loss'): Single {
  const { id, step, from } = asking;
  const { choice, date } = step;
  const truth = truthBehind(asking);
  const account = truth?.account ?? (kind === 'use' ? 'retained' : accountFor(asking));
  const shipment = truth
    ? truth.shipment
    : kind === 'use'
      ? undefined
      : shipmentFor(asking, account);
  const common = {
    effectiveDate: date,
    lines: from(account, shipment),
    ...(shipment !== undefined && { shipment }),
    ...truth?.fields,
  };
  switch (kind) {
    case 'use': {
      const lines = common.lines.map((l) =>
        choice % 3 === 0 ? { ...l, used: l.quantity + (choice % 4) - 1 } : l,
      );
      return { id, kind, body: { ...common, lines } };
    }
    case 'loss': {
      const cause = (['lost', 'stolen', 'accident'] as const)[choice % 3] ?? 'lost';
      return { id, kind, body: { ...common, from: account, cause } };
    }
    case 'destruction': {
      const how = { destructionSite: 'Kiln', method: 'open detonation', ...findFor(asking) };
      if (choice % 11 === 0) {
        return {
          id,
          kind,
          body: { effectiveDate: date, ...how, article: '5', lines: from('none') },
        };
      }
      return { id, kind, body: { ...common, ...how, article: '4', from: account } };
    }
  }
}

/** Now and then an outflow says of which find it is. */
function findFor({ step: { choice }, book }: Asking) {
  if (choice % 7 !== 3) return {};
  const inventories = book.list.filter((e) => e.command.kind === 'inventory');
  return { find: inventories[choice % Math.max(1, inventories.length)]?.id ?? 'no-find' };
}

export function inPlace(asking: Asking, kind: 'movement' | 'reclassification' | 'count'): Single {
  const { id, step, from } = asking;
  const { choice } = step;
  const account = accountFor(asking);
  const shipment = shipmentFor(asking, account);
  const common = { effectiveDate: step.date, ...(shipment !== undefined && { shipment }) };
  const lines = from(account, shipment);
  switch (kind) {
    case 'movement':
      return { id, kind, body: { ...common, account, lines: moving(step, lines) } };
    case 'reclassification': {
      const reason = choice % 2 === 0 ? 'identified' : 'rework';
      const become = lines.map((line, n) => {
        const { toMunition = '', toLot = '' } = step.lines[n] ?? {};
        return {
          ...line,
          ...(toMunition !== '' && { toMunition }),
          ...(toLot !== '' && { toLot }),
        };
      });
      return { id, kind, body: { ...common, from: account, reason, lines: become } };
    }
    case 'count': {
      const method = (['full', 'sample', 'full', 'sealed-package'] as const)[choice % 4] ?? 'full';
      const complete = step.complete && choice % 2 === 0 ? { complete: true } : {};
      const named = choice % 5 === 4 && step.complete ? [] : lines;
      return { id, kind, body: { ...common, account, method, ...complete, lines: named } };
    }
  }
}
