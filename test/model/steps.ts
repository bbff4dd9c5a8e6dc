import fc from 'fast-check';
import { daysOf, isMine, keyOf, spotOf, type Command, type Model, type Spot } from './model.ts';

/**
 * A random history is a list of steps. A step says little by itself: what it draws on is picked
 * from what the book holds by then, so that most steps are possible, and so that a history that
 * fails still means something when fast-check takes steps out of it.
 */
export interface Step {
  readonly state: 'XXA' | 'XXB';
  readonly kind: Command['kind'];
  readonly date: string;
  readonly choice: number;
  readonly complete: boolean;
  readonly lines: readonly StepLine[];
  /** How many positions of the log this entry leaves out before it. */
  readonly gap: number;
  /** How many of the last entries the journal has not taken when the next step is decided. */
  readonly lag: number;
}

interface StepLine {
  /** Which of the holdings that are not empty it names; `null` for the place written here. */
  readonly aim: number | null;
  readonly munition: string;
  readonly lot: string;
  readonly site: string;
  readonly institution: string;
  readonly toLot: string;
  readonly toSite: string;
  readonly toInstitution: string;
  readonly share: 'one' | 'some' | 'all' | 'too many' | 'none';
  readonly quantity: number;
  readonly precision: 'exact' | 'approximate' | 'at-least';
  readonly spelling: number;
}

const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));

const line: fc.Arbitrary<StepLine> = fc.record({
  aim: fc.option(fc.nat(6), { freq: 8 }),
  munition: often('PMN-2', 'M14'),
  lot: often('', 'A 7', 'B'),
  site: often('', 'North', 'South'),
  institution: often('', 'Army'),
  toLot: often('', 'C'),
  toSite: often('', 'South', 'North'),
  toInstitution: often('', 'Army', 'School'),
  share: fc.constantFrom('some', 'one', 'all', 'some', 'too many', 'none', 'some'),
  quantity: fc.integer({ min: 1, max: 9 }),
  precision: often('exact', 'approximate', 'at-least'),
  spelling: fc.nat(4),
});

const dates = [
  '2004-03-10',
  '2004',
  '2004-03',
  '2003-12',
  '2004-12-31',
  '2004-02/2004-06',
  '2005-01-01',
  '2004-05-05/2005',
  '2005-02',
  '2005',
  '2006-02-28',
  '2006-07-01',
  '2007',
  '2099-01-01',
];

const step: fc.Arbitrary<Step> = fc.record({
  state: fc.oneof(
    { weight: 7, arbitrary: fc.constant('XXA' as const) },
    { weight: 1, arbitrary: fc.constant('XXB' as const) },
  ),
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('inventory' as const) },
    { weight: 5, arbitrary: fc.constant('count' as const) },
    { weight: 4, arbitrary: fc.constant('reversal' as const) },
    {
      weight: 9,
      arbitrary: fc.constantFrom<Command['kind']>(
        'destruction',
        'loss',
        'movement',
        'retention',
        'retention',
        'release',
        'use',
        'use',
        'allocation',
      ),
    },
  ),
  date: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...dates.slice(0, -1)) },
    { weight: 10, arbitrary: fc.constantFrom('2004-12-31', '2004', '2005-01-01') },
    { weight: 1, arbitrary: fc.constantFrom(...dates) },
  ),
  choice: fc.nat(59),
  complete: fc.boolean(),
  lines: fc.oneof(
    { weight: 5, arbitrary: fc.array(line, { minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.array(line, { minLength: 2, maxLength: 3 }) },
  ),
  gap: fc.nat(3),
  lag: fc.nat(4),
});

/** Mostly short ones, because short ones already go wrong in most of the ways; never above 30. */
export const histories: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 13, arbitrary: fc.array(step, { minLength: 1, maxLength: 9, size: 'max' }) },
  { weight: 5, arbitrary: fc.array(step, { minLength: 6, maxLength: 14, size: 'max' }) },
  { weight: 1, arbitrary: fc.array(step, { minLength: 12, maxLength: 30, size: 'max' }) },
);

/** Five ways to write the same name. */
function spelt(name: string, spelling: number): string {
  const written = [
    name,
    name.toLowerCase(),
    name.toUpperCase().replace(' ', '\u00a0'),
    ` ${name.replace(' ', '  ')}`,
    `${name}\u200b`,
  ];
  return written[spelling] ?? name;
}

const accounts = [
  'held/stockpile',
  'retained',
  'held/allocated',
  'custody',
  'held/unverifiable',
  'held/stockpile',
  'retained/dispatched',
  'held/dispatched',
] as const;

/** The kind asked for, or one that can be done with what there is: most of the time it must be. */
function possible(
  { choice, lines }: Step,
  kind: Exclude<Command['kind'], 'reversal'>,
  there: readonly Spot[],
): Exclude<Command['kind'], 'reversal'> {
  if (kind === 'count' || kind === 'inventory' || typeof lines[0]?.aim !== 'number') {
    return kind;
  }
  const needs = {
    retention: 'held/stockpile',
    release: 'retained',
    use: 'retained',
    allocation: choice % 3 === 0 ? 'held/allocated' : 'held/stockpile',
    movement: '',
    destruction: '',
    loss: '',
  }[kind];
  if (there.some(({ account }) => needs === '' || account === needs)) return kind;
  if (there.length === 0) return 'inventory';
  return (['movement', 'destruction', 'loss'] as const)[choice % 3] ?? 'loss';
}

/** The account that a step takes from, in a book: one that holds something, if it may choose. */
function accountOf(step: Step, holding: readonly Spot[]): (typeof accounts)[number] {
  const some = accounts.filter((a) => holding.some(({ account }) => account === a));
  const from = typeof step.lines[0]?.aim !== 'number' || some.length === 0 ? accounts : some;
  return from[step.choice % from.length] ?? 'held/stockpile';
}

const shipments = ['S-1', 's-1', 'Ω 2'];

/** What the step asks for, in the book as it stands. */
export function commandOf(asked: Step, id: string, model: Model): Command {
  const { choice, date } = asked;
  if (asked.kind === 'reversal') {
    const reasons = { reason: 'written down wrongly' };
    if (choice === 0) return { id, kind: 'reversal', body: { entry: 'no-such-entry', ...reasons } };
    const counts = choice % 3 === 1 && model.list.some((e) => e.counting);
    const entries = model.list.filter((e) => !counts || e.counting).map((e) => e.id);
    const entry = entries.at(-1 - (choice % Math.max(1, entries.length))) ?? 'none yet';
    return { id, kind: 'reversal', body: { entry, ...reasons } };
  }
  const day = daysOf(date).last;
  const there = model
    .notEmpty(asked.kind === 'count' ? '9999-12-31' : day)
    .filter(
      (s) => isMine(s.account) && (asked.kind === 'count' || model.lowestFrom(keyOf(s), day) > 0),
    );
  const kind = possible(asked, asked.kind, there);
  const step = { ...asked, kind };
  const common = { effectiveDate: date };
  const from = (account: string, shipment?: string) =>
    linesOf(step, account, shipment, model, there);
  switch (kind) {
    case 'inventory': {
      const basis = (['declared', 'newly-found', 'declared', 'seized', 'recovered'] as const)[
        choice % 5
      ];
      const heldAs = choice % 7 === 0 ? ('retained' as const) : undefined;
      const lines = from(heldAs ?? 'held/stockpile');
      const body = { ...common, basis: basis ?? 'declared', lines };
      return {
        id,
        kind,
        body: { ...body, ...(heldAs && { heldAs }), ...(choice % 3 === 0 && { adds: true }) },
      };
    }
    case 'retention':
      return { id, kind, body: { ...common, lines: moving(step, from('held/stockpile')) } };
    case 'release':
      return { id, kind, body: { ...common, lines: moving(step, from('retained')) } };
    case 'use': {
      const lines = from('retained').map((l) =>
        choice % 3 === 0 ? { ...l, used: l.quantity + (choice % 4) - 1 } : l,
      );
      return { id, kind, body: { ...common, lines } };
    }
    case 'allocation': {
      const status = choice % 3 === 0 ? 'released' : 'allocated';
      const lines = from(status === 'released' ? 'held/allocated' : 'held/stockpile');
      return { id, kind, body: { ...common, status, lines: moving(step, lines) } };
    }
    case 'movement':
    case 'destruction':
    case 'loss':
    case 'count':
      return fromAnyAccount(step, kind, id, there, from);
  }
}

function fromAnyAccount(
  step: Step,
  kind: 'movement' | 'destruction' | 'loss' | 'count',
  id: string,
  there: readonly Spot[],
  from: (account: string, shipment?: string) => ReturnType<typeof linesOf>,
): Command {
  const { choice } = step;
  const account = accountOf(step, there);
  const aimed = there.find((s) => s.account === account && s.shipment !== '')?.shipment;
  const shipped = /dispatched|custody/.test(account) !== (choice === 13);
  const shipment = shipped ? (aimed ?? shipments[choice % 3]) : undefined;
  const common = { effectiveDate: step.date, ...(shipment !== undefined && { shipment }) };
  const lines = from(account, shipment);
  switch (kind) {
    case 'movement':
      return { id, kind, body: { ...common, account, lines: moving(step, lines) } };
    case 'destruction': {
      const how = { destructionSite: 'Kiln', method: 'open detonation' };
      if (choice % 11 === 0)
        return {
          id,
          kind,
          body: { effectiveDate: step.date, ...how, article: '5', lines: from('none') },
        };
      return { id, kind, body: { ...common, ...how, article: '4', from: account, lines } };
    }
    case 'loss': {
      const cause = (['lost', 'stolen', 'accident'] as const)[choice % 3] ?? 'lost';
      return { id, kind, body: { ...common, from: account, cause, lines } };
    }
    case 'count': {
      const method = (['full', 'sample', 'full', 'sealed-package'] as const)[choice % 4] ?? 'full';
      const complete = step.complete && choice % 2 === 0 ? { complete: true } : {};
      const named = choice % 5 === 4 && step.complete ? [] : lines;
      return { id, kind, body: { ...common, account, method, ...complete, lines: named } };
    }
  }
}

function linesOf(
  step: Step,
  account: string,
  shipment: string | undefined,
  model: Model,
  there: readonly Spot[],
) {
  const wanted = spotOf(account, {}, shipment);
  const mine = there.filter(
    (s) => s.account === account && (!shipment || s.shipment === wanted.shipment),
  );
  return step.lines.map((l, n) => {
    const spot =
      l.aim === null || step.kind === 'inventory' ? undefined : mine[(l.aim + n) % mine.length];
    const place = spot ?? (shipment === undefined ? l : { ...l, site: '', institution: '' });
    const least = spot ? model.lowestFrom(keyOf(spot), daysOf(step.date).last) : l.quantity;
    const some = Math.max(1, Math.ceil(least / 2));
    const quantity = { one: 1, some, all: least, 'too many': least + 1, none: 0 }[l.share];
    const counts = step.kind === 'count' || step.kind === 'use';
    return {
      munition: spelt(place.munition, l.spelling),
      ...(place.lot !== '' && { lot: spelt(place.lot, l.spelling) }),
      ...(place.site !== '' && { site: spelt(place.site, l.spelling) }),
      ...(place.institution !== '' && { institution: spelt(place.institution, l.spelling) }),
      quantity: quantity === 0 && !counts && step.choice !== 17 ? some : quantity,
      ...(l.precision !== 'exact' && { precision: l.precision }),
    };
  });
}

/** The same lines, saying where the mines go. */
function moving(step: Step, lines: ReturnType<typeof linesOf>) {
  return lines.map((l, n) => {
    const { toLot: lot = '', toSite = '', toInstitution = '' } = step.lines[n] ?? {};
    const toLot = step.kind === 'movement' && step.choice % 2 === 0 ? 'D' : lot;
    return {
      ...l,
      ...(toLot !== '' && { toLot }),
      ...(toSite !== '' && { toSite }),
      ...(toInstitution !== '' && { toInstitution }),
    };
  });
}
