import type { AskFigure } from '../src/demo/compare.ts';
import type { FigureQuery, History } from '../src/demo/history.ts';

/**
 * A second opinion on the histories: a list of moves and sums over it, written without any of the
 * ledger's code, so that the data files can be checked without the service.
 */
export interface Move {
  readonly entry: number;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly holding: string;
  readonly munition: string;
  readonly institution: string;
  readonly quantity: number;
}

interface Line {
  munition: string;
  quantity: number;
  institution?: string;
  toMunition?: string;
}

interface Body {
  effectiveDate: string;
  lines: Line[];
  basis?: string;
  heldAs?: string;
  from?: string;
  account?: string;
  article?: string;
  difference?: string;
}

const surplus = 'source/count-surplus';

/** The last day that a date may mean. */
export function lastDay(date: string): string {
  const end = date.split('/').at(-1) ?? '';
  if (end.length === 4) return `${end}-12-31`;
  if (end.length === 10) return end;
  const [year, month] = end.split('-').map(Number);
  return `${end}-${new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate()}`;
}

/** The moves of a whole history; throws where a holding would be below zero at the end of a day. */
export function foldHistory(history: Pick<History, 'state' | 'entries'>): Move[] {
  const moves: Move[] = [];
  for (const [index, { kind, body }] of history.entries.entries()) {
    moves.push(...movesOf(index + 1, kind, body as unknown as Body, moves));
    for (const day of new Set(moves.map((move) => move.day))) refuseBelowZero(history, moves, day);
  }
  return moves;
}

function movesOf(entry: number, kind: string, body: Body, before: readonly Move[]): Move[] {
  const day = lastDay(body.effectiveDate);
  const move = (line: Line, from: string, to: string, quantity = line.quantity): Move => {
    const holding = `${line.munition}|${line.institution ?? ''}`;
    const { munition, institution = '' } = line;
    return { entry, day, from, to, holding, munition, institution, quantity };
  };
  const each = (from: string, to: string): Move[] => body.lines.map((line) => move(line, from, to));
  switch (kind) {
    case 'inventories':
      return each(`source/${body.basis}`, body.heldAs ?? 'held/stockpile');
    case 'retentions':
      return each('held/stockpile', 'retained');
    case 'releases':
      return each('retained', 'held/stockpile');
    case 'uses':
      return each('retained', 'gone/consumed');
    case 'destructions':
      return each(
        body.from ?? '',
        body.from === 'retained' ? 'gone/destroyed-retained' : 'gone/destroyed-article-4',
      );
    case 'counts':
      return body.lines.flatMap((line) => {
        const account = body.account ?? '';
        const holding = `${line.munition}|${line.institution ?? ''}`;
        const there = balance(before, account, day, (m) => m.holding === holding);
        if (line.quantity === there) return [];
        return line.quantity < there
          ? [move(line, account, 'difference/shortage', there - line.quantity)]
          : [move(line, surplus, account, line.quantity - there)];
      });
    case 'reclassifications':
      return body.lines.flatMap((line) => [
        move(line, body.from ?? '', 'gone/reclassified'),
        move({ ...line, munition: line.toMunition ?? '' }, 'source/reclassified', body.from ?? ''),
      ]);
    case 'explanations': {
      const [, opener] = /(\d+)\.\d+$/.exec(body.difference ?? '') ?? [];
      const more = before.some((m) => m.entry === Number(opener) && m.from === surplus);
      return more
        ? each(body.account ?? '', surplus)
        : each('difference/shortage', body.account ?? '');
    }
    case 'statements':
      return [];
    default:
      throw new Error(`${kind} is not a kind that there is now`);
  }
}

function refuseBelowZero(
  { state }: Pick<History, 'state'>,
  moves: readonly Move[],
  day: string,
): void {
  for (const account of ['held/stockpile', 'retained']) {
    for (const holding of new Set(moves.map((move) => move.holding))) {
      const there = balance(moves, account, day, (move) => move.holding === holding);
      if (there < 0) throw new Error(`${state} ${day} ${account} ${holding}: ${there}`);
    }
  }
}

function balance(
  moves: readonly Move[],
  account: string,
  day: string,
  counted: (move: Move) => boolean = () => true,
): number {
  let sum = 0;
  for (const move of moves) {
    if (move.day > day || !counted(move)) continue;
    if (move.to === account) sum += move.quantity;
    if (move.from === account) sum -= move.quantity;
  }
  return sum;
}

/** Answers figures from folded histories. */
export function askFold(folded: ReadonlyMap<string, readonly Move[]>): AskFigure {
  return (query) => Promise.resolve(askMoves(folded.get(query.state) ?? [], query));
}

const parts: Readonly<Record<string, readonly string[]>> = {
  remaining: ['held/stockpile'],
  declared: ['source/declared', 'source/newly-found', 'source/seized', 'source/recovered'],
  unaccounted: ['difference/shortage', surplus],
};

function askMoves(moves: readonly Move[], query: FigureQuery): number {
  const { munition, institution, entry, figure, effective } = query;
  const asked = (move: Move): boolean =>
    (munition === undefined || move.munition === munition) &&
    (institution === undefined || move.institution === institution) &&
    (entry === undefined || move.entry === entry);
  const accounts = parts[figure] ?? [figure];
  return accounts.reduce((sum, a) => sum + Math.abs(balance(moves, a, effective, asked)), 0);
}
