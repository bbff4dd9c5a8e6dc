import type { Command as AnyCommand } from '../../src/ledger/decide.ts';
import type { Line, MovingLine } from '../../src/ledger/kinds.ts';

/**
 * The book a second time, written from `api.md` alone and as plainly as it goes: a list of what was
 * recorded, read from the start for every question. It shares no code with the service, so that
 * the two can only agree by both being right (or by misreading the same sentence).
 */

/** The kinds that the model knows: what happens within one State's own walls. */
export const modelledKinds = [
  'inventory',
  'retention',
  'release',
  'use',
  'allocation',
  'movement',
  'destruction',
  'loss',
  'count',
  'reversal',
] as const;

export type Command = Extract<AnyCommand, { kind: (typeof modelledKinds)[number] }>;

/** A holding with its names made comparable; '' for what is not recorded. */
export interface Spot {
  readonly account: string;
  readonly munition: string;
  readonly lot: string;
  readonly site: string;
  readonly institution: string;
  readonly shipment: string;
  /** The counted holding whose difference this is, for shortages and surpluses. */
  readonly mark: string;
}

export interface Leg {
  readonly spot: Spot;
  readonly key: string;
  readonly change: number;
  readonly exact: boolean;
}

interface Said {
  readonly counted: number;
  readonly exact: boolean;
}

interface Counting {
  readonly account: string;
  readonly shipment: string;
  readonly full: boolean;
  readonly complete: boolean;
  readonly said: ReadonlyMap<string, Said>;
  readonly differences: readonly { spot: Spot; book: number; counted: number; exact: boolean }[];
}

export interface Contradicts {
  readonly spot: Spot;
  readonly change: number;
  readonly exact: boolean;
  readonly counts: readonly { readonly entry: Written; readonly counted: number }[];
}

/** One entry of the list. */
export interface Written {
  readonly id: string;
  readonly order: number;
  readonly position: bigint;
  readonly kind: Command['kind'];
  readonly date: string;
  readonly day: string;
  readonly legs: readonly Leg[];
  readonly undoes: Written | null;
  readonly counting: Counting | null;
  readonly contradicts: readonly Contradicts[];
  readonly declares: ReadonlySet<string>;
}

export type Verdict =
  | { readonly says: 'accepted'; readonly entry: Written }
  | { readonly says: 'refused'; readonly codes: readonly string[] }
  | { readonly says: 'invalid' };

export const plainName = (name: string | null | undefined): string =>
  (name ?? '')
    .replace(/[\u200b\u200e\u2060]/g, '')
    .split(/[ \t\u00a0\u2003\u3000]+/)
    .filter((word) => word !== '')
    .join(' ')
    .toLowerCase();

export const keyOf = (spot: Spot): string => Object.values(spot).join('|');

const byShipment = ['held/dispatched', 'retained/dispatched', 'custody'];

export function spotOf(account: string, line: Partial<Line>, shipment = '', mark = ''): Spot {
  return {
    account,
    munition: plainName(line.munition),
    lot: plainName(line.lot),
    site: plainName(line.site),
    institution: plainName(line.institution),
    shipment: plainName(shipment),
    mark,
  };
}

/** The first and last day of a date of any of the four forms. */
export function daysOf(text: string): { first: string; last: string } {
  const [start = '', end = start] = text.split('/');
  const [year, month, day] = end.split('-').map(Number);
  const last = new Date(Date.UTC(Number(year), month ?? 12, 0));
  if (day !== undefined) last.setUTCDate(day);
  const iso = last.toISOString().slice(0, 10);
  return { first: `${start}-01-01`.slice(0, 10), last: iso };
}

export const isMine = (account: string): boolean => /^(held\/|retained|custody)/.test(account);
const neverNegative = (account: string): boolean =>
  isMine(account) || account === 'difference/shortage';

/** From which account to which a command moves its lines; counts and reversals have no such pair. */
function route(command: Command): readonly [string, string] {
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
    case 'count':
    case 'reversal':
      throw new Error(`a ${command.kind} moves nothing from one account to another`);
  }
}

function shipmentOf(command: Command): string | undefined {
  return 'shipment' in command.body ? command.body.shipment : undefined;
}

/** One State's book as a list. */
export class Model {
  readonly list: Written[] = [];

  write(entry: Written): void {
    this.list.push(entry);
  }

  /** What the book would say to a command, and the entry it would become. */
  judge(command: Command, position: bigint, today: string): Verdict {
    const blank = { id: command.id, order: this.list.length, position, kind: command.kind };
    if (command.kind === 'reversal') return this.#judgeReversal(command, blank);
    if (isNonsense(command, today)) return { says: 'invalid' };
    const date = command.body.effectiveDate;
    const day = daysOf(date).last;
    const counting = command.kind === 'count' ? this.#counted(command, day) : null;
    const legs = command.kind === 'count' ? settling(counting, command.id) : moved(command);
    const declares = new Set(
      command.kind === 'inventory' && command.body.basis === 'declared'
        ? legs.filter((l) => l.change > 0).map((l) => l.key)
        : [],
    );
    const entry = { ...blank, date, day, legs, undoes: null, counting, declares };
    const codes: string[] = [];
    if (command.kind === 'inventory' && command.body.adds !== true) {
      for (const key of declares) if (this.#declaredBy(key, day)) codes.push('already-declared');
    }
    return this.#accept(entry, codes);
  }

  #judgeReversal(
    command: Extract<Command, { kind: 'reversal' }>,
    blank: Pick<Written, 'id' | 'order' | 'position' | 'kind'>,
  ): Verdict {
    const undoes = this.list.find(({ id }) => id === command.body.entry);
    if (!undoes) return { says: 'refused', codes: ['no-such-entry'] };
    if (undoes.undoes) return { says: 'refused', codes: ['reversal-of-reversal'] };
    if (!this.stands(undoes)) return { says: 'refused', codes: ['already-reversed'] };
    const asserted = [...(undoes.counting?.said.keys() ?? [])];
    const rests = this.list.some(
      (later) =>
        later.order > undoes.order &&
        later.day >= undoes.day &&
        this.stands(later) &&
        asserted.some((key) => saidOf(later, key)),
    );
    if (rests) return { says: 'refused', codes: ['count-rested-on'] };
    const legs = undoes.legs.map((leg) => ({ ...leg, change: -leg.change }));
    const { date, day } = undoes;
    const none = { counting: null, declares: new Set<string>() };
    return this.#accept({ ...blank, date, day, legs, undoes, ...none }, []);
  }

  #accept(entry: Omit<Written, 'contradicts'>, codes: string[]): Verdict {
    const all = [...codes, ...this.#wants(entry)];
    if (all.length > 0) return { says: 'refused', codes: all.sort() };
    return { says: 'accepted', entry: { ...entry, contradicts: this.#contradicted(entry) } };
  }

  /** Whether an entry is not reversed, as known at a position. */
  stands(entry: Written, known?: bigint): boolean {
    return !this.list.some(
      (other) => other.undoes === entry && (known === undefined || other.position <= known),
    );
  }

  /** What a holding holds at the end of a day, as known now. */
  balance(key: string, day: string): number {
    return sum(
      this.list.filter((e) => e.day <= day).flatMap((e) => e.legs),
      key,
    );
  }

  /** Holdings that are not empty at the end of a day. */
  notEmpty(day: string): Spot[] {
    const spots = new Map(this.list.flatMap((e) => e.legs).map((leg) => [leg.key, leg.spot]));
    return [...spots].filter(([key]) => this.balance(key, day) !== 0).map(([, spot]) => spot);
  }

  /** The least that a holding holds at the end of the day or of any later one. */
  lowestFrom(key: string, day: string): number {
    const days = [day, ...this.list.map((e) => e.day).filter((d) => d > day)];
    return Math.min(...days.map((d) => this.balance(key, d)));
  }

  #counted(command: Extract<Command, { kind: 'count' }>, day: string): Counting {
    const { account, shipment, lines, method, complete = false } = command.body;
    const named = lines.map((line) => ({
      spot: spotOf(account, line, shipment),
      counted: line.quantity,
      exact: (line.precision ?? 'exact') === 'exact',
    }));
    const names = new Set(named.map(({ spot }) => keyOf(spot)));
    const missing = this.notEmpty(day)
      .filter((s) => complete && s.account === account && s.shipment === plainName(shipment))
      .filter((s) => !names.has(keyOf(s)))
      .map((spot) => ({ spot, counted: 0, exact: true }));
    const all = [...named, ...missing];
    return {
      account,
      shipment: plainName(shipment),
      full: method === 'full',
      complete,
      said: new Map(all.map(({ spot, counted, exact }) => [keyOf(spot), { counted, exact }])),
      differences: all
        .map((one) => ({ ...one, book: this.balance(keyOf(one.spot), day) }))
        .filter(({ book, counted }) => book !== counted),
    };
  }

  /** Whether the holding was declared before, and holds something when both declarations hold. */
  #declaredBy(key: string, day: string): boolean {
    return this.list
      .filter((e) => e.declares.has(key) && this.stands(e))
      .some((e) => this.balance(key, e.day > day ? e.day : day) > 0);
  }

  /** A refusal for each holding that would be below zero at the end of the day or a later one. */
  #wants(entry: Omit<Written, 'contradicts'>): string[] {
    const drawn = new Set(
      entry.legs
        .filter(({ key }) => sum(entry.legs, key) < 0)
        .filter(({ spot }) => neverNegative(spot.account))
        .map(({ key }) => key),
    );
    return [...drawn].flatMap((key) => {
      const days = [
        entry.day,
        ...this.list
          .map((e) => e.day)
          .filter((d) => d > entry.day)
          .sort(),
      ];
      const broken = days.find((day) => this.balance(key, day) + sum(entry.legs, key) < 0);
      if (broken === undefined) return [];
      return [broken === entry.day ? 'insufficient-stock' : 'breaks-later-day'];
    });
  }

  /** Counts on or after the day, recorded before, of holdings that the entry changes. */
  #contradicted(entry: Omit<Written, 'contradicts'>): Contradicts[] {
    const changed = new Map(entry.legs.map((leg) => [leg.key, leg.spot]));
    return [...changed].flatMap(([key, spot]) => {
      const change = sum(entry.legs, key);
      if (change === 0 || !isMine(spot.account)) return [];
      const counts = this.list
        .filter((e) => e.day >= entry.day && this.stands(e))
        // To undo what came after a count is to come back to what was counted.
        .filter((e) => entry.undoes === null || e.order > entry.undoes.order)
        .flatMap((e) => {
          const said = saidOf(e, key);
          return said ? [{ entry: e, counted: said.counted }] : [];
        })
        .sort((a, b) => a.entry.day.localeCompare(b.entry.day));
      const exact = entry.legs.every((leg) => leg.key !== key || leg.exact);
      return counts.length > 0 ? [{ spot, change, exact, counts }] : [];
    });
  }
}

/** What a count says of a holding, if it says anything. */
export function saidOf({ counting }: Written, key: string): Said | undefined {
  if (counting === null) return undefined;
  const named = counting.said.get(key);
  if (named || !counting.complete) return named;
  const [account, , , , , shipment] = key.split('|');
  const within = account === counting.account && shipment === counting.shipment;
  return within ? { counted: 0, exact: true } : undefined;
}

export function sum(legs: readonly Leg[], key: string): number {
  return legs.reduce((total, leg) => (leg.key === key ? total + leg.change : total), 0);
}

function leg(spot: Spot, change: number, exact: boolean): Leg {
  return { spot, key: keyOf(spot), change, exact };
}

function moved(command: Exclude<Command, { kind: 'count' | 'reversal' }>): Leg[] {
  const [from, to] = route(command);
  const lines: readonly MovingLine[] = command.body.lines;
  return lines.flatMap((line) => {
    if (line.quantity === 0) return [];
    const there = {
      munition: line.munition,
      lot: line.toLot ?? line.lot ?? '',
      site: line.toSite ?? line.site ?? '',
      institution: line.toInstitution ?? line.institution ?? '',
    };
    const exact = (line.precision ?? 'exact') === 'exact';
    return [
      leg(spotOf(from, line, shipmentOf(command)), -line.quantity, exact),
      leg(spotOf(to, there, shipmentOf(command)), line.quantity, exact),
    ];
  });
}

/** A count brings the book to what was counted: against a shortage, or from a surplus. */
function settling(counting: Counting | null, id: string): Leg[] {
  return (counting?.differences ?? []).flatMap(({ spot, book, counted, exact }) => {
    const account = counted < book ? 'difference/shortage' : 'source/count-surplus';
    const difference = `${id}>${keyOf(spot).replaceAll('|', '>')}`;
    const mark = { ...spot, account, shipment: '', mark: difference };
    return [leg(spot, counted - book, exact), leg(mark, book - counted, exact)];
  });
}

/** What is wrong whatever the book holds, as far as random histories go wrong. */
function isNonsense(command: Exclude<Command, { kind: 'reversal' }>, today: string): boolean {
  const { kind, body } = command;
  if (daysOf(body.effectiveDate).last > today) return true;
  const lines: readonly (MovingLine & { used?: number })[] = body.lines;
  const least = kind === 'use' || kind === 'count' ? 0 : 1;
  if (lines.some(({ quantity }) => quantity < least)) return true;
  const used = ({ used, quantity }: { used?: number; quantity: number }) => used ?? quantity;
  if (kind === 'use' && lines.some((l) => used(l) < 1 || used(l) < l.quantity)) return true;
  const said = lines.map(
    (l) =>
      `${keyOf(spotOf('', l))} ${[l.toLot, l.toSite, l.toInstitution].map(plainName).join('|')}`,
  );
  if (new Set(said).size < said.length) return true;
  if (kind !== 'count' && moved(command).some((l, n, all) => n % 2 && l.key === all[n - 1]?.key)) {
    return true;
  }
  if (kind !== 'movement' && kind !== 'destruction' && kind !== 'loss' && kind !== 'count') {
    return false;
  }
  const account = kind === 'movement' || kind === 'count' ? body.account : body.from;
  if (kind === 'destruction' && (body.article === '5') !== (account === undefined)) return true;
  if (!byShipment.includes(account ?? '')) return body.shipment !== undefined;
  const placed = lines.some((l) => l.site ?? l.institution ?? l.toSite ?? l.toInstitution);
  return body.shipment === undefined || placed;
}
