import type { StockAccount } from '../../../src/ledger/accounts.ts';
import { accountFor, shipmentFor, truthBehind, type Asking } from './asking.ts';
import { placeIn, shareOf } from './lines.ts';
import { expectedBy } from './possible.ts';
import { states, type State } from '../book/world.ts';
import type { Single } from '../book/written.ts';

const others = (state: State): State[] => states.filter((s) => s !== state);

/** The name of a shipment: mostly the State's own. */
function named({ step: { choice }, state, book }: Asking): string | undefined {
  const known = book.list.flatMap((e) => e.claims.map((c) => c.shipment));
  const names = [
    undefined,
    `S-${state}`,
    `s-${state} `,
    'S-1',
    known[choice % known.length],
    'S-1',
  ];
  return names[choice % names.length];
}

const abroadFrom: StockAccount[] = [
  ...(['held/stockpile', 'held/allocated', 'retained', 'custody', 'held/dispatched'] as const),
];

/** Mines that are sent to another State, and those that come from one. */
export function abroad(asking: Asking, kind: 'transfer' | 'receipt'): Single {
  const { id, step, state, from } = asking;
  const { choice, date, free } = step;
  if (kind === 'receipt') return received(asking);
  const truth = truthBehind(asking);
  const account = truth?.account ?? accountFor(asking, abroadFrom);
  const to = free && choice % 3 === 0 ? state : (others(state)[choice % 2] ?? state);
  const titlePasses = account.endsWith('dispatched') || choice % 4 === 0;
  const old = truth?.shipment ?? shipmentFor(asking, account);
  const shipment = named(asking);
  const asOld = old !== undefined && choice % 5 === 0;
  const body = {
    ...{ effectiveDate: date, from: account, to, titlePasses, lines: from(account, old) },
    ...{ purpose: choice % 2 === 0 ? ('destruction' as const) : ('training' as const) },
    ...(old !== undefined && !asOld && { fromShipment: old }),
    ...(asOld ? { shipment: old } : shipment !== undefined && { shipment }),
    ...truth?.fields,
  };
  return { id, kind, body };
}

/** What was sent here, more or less; or something that nobody sent. */
function received(asking: Asking): Single {
  const { id, step, state, world } = asking;
  const { choice, date, free } = step;
  const expected = expectedBy(state, world);
  const about = free ? undefined : expected[choice % Math.max(1, expected.length)];
  const sender = about?.entry.state ?? others(state)[choice % 2] ?? state;
  const shipment = about?.shipment ?? ['S-1', `S-${sender}`, 'Ω 2'][choice % 3] ?? 'S-1';
  const { command } = about?.entry ?? {};
  const passes = command?.kind === 'transfer' && command.body.titlePasses;
  const ours = choice % 3 === 0 ? ('retained' as const) : ('held/stockpile' as const);
  const heldAs = passes !== (choice % 9 === 0) ? ours : ('custody' as const);
  const of = expected.filter((c) => c.entry === about?.entry);
  const lines = step.lines.slice(0, Math.max(1, of.length)).map((line, n) => {
    const sent = of[n % Math.max(1, of.length)];
    const anywhere = heldAs === 'custody' && !free ? { site: '', institution: '' } : {};
    const place = sent ? { ...line, munition: sent.munition, lot: sent.lot } : line;
    return {
      ...placeIn({ ...place, ...anywhere }, line.spelling),
      quantity: sent ? Math.max(1, shareOf(line, sent.quantity)) : line.quantity,
      ...(line.precision !== 'exact' && { precision: line.precision }),
    };
  });
  const to = free && choice % 5 === 0 ? state : sender;
  return {
    id,
    kind: 'receipt',
    body: { effectiveDate: date, sender: to, shipment, heldAs, lines },
  };
}

const shipped = ['held/dispatched', 'retained/dispatched', 'custody'] as const;
const unverifiable = ['held/unverifiable', 'retained/unverifiable'] as const;
const controlled = ['held/stockpile', 'held/allocated', 'retained', 'held/dispatched'] as const;

/** Mines that come back, to where they were or to those whose they are. */
export function backHome(asking: Asking, kind: 'return' | 'control'): Single {
  const { id, step, from, there } = asking;
  const { choice, date } = step;
  if (kind === 'return') {
    const account = accountFor(asking, shipped);
    const shipment = shipmentFor(asking, account) ?? 'S-1';
    return { id, kind, body: { effectiveDate: date, shipment, lines: from(account, shipment) } };
  }
  const away = there.some((s) => s.account.endsWith('unverifiable'));
  if (choice % 3 === 0 || !(away || step.free)) {
    const free = step.free ? unverifiable : controlled;
    const account = accountFor(asking, choice === 58 ? ['custody'] : free);
    const shipment = shipmentFor(asking, account);
    const common = { effectiveDate: date, ...(shipment !== undefined && { shipment }) };
    const lines = from(account, shipment);
    return { id, kind, body: { ...common, from: account, status: 'lost', lines } };
  }
  const account = accountFor(asking, unverifiable);
  const homes = account.startsWith('held') ? [...controlled] : (['retained'] as const);
  const home = [account, account, ...homes][choice % (2 + homes.length)] ?? account;
  const shipment = home.endsWith('dispatched') && choice % 3 === 0 ? 'S-1' : undefined;
  const common = { effectiveDate: date, ...(shipment !== undefined && { shipment }) };
  const body = { ...common, from: home, status: 'regained' as const, lines: from(account) };
  return { id, kind, body };
}
