import { quantity, table, type Across, type Cell } from '../cli/table.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { wrap } from '../cli/wrap.ts';
import type { DemoResult, StateResult, ToldDifference } from './run.ts';

/** What a figure is called where it stands beside a published one. */
const words: Readonly<Record<string, string>> = {
  'gone/destroyed-article-4': 'destroyed',
  'gone/destroyed-retained': 'destroyed of the retained',
  'gone/consumed': 'consumed',
  remaining: 'remaining in stock',
};

const numbers = ['declared', 'destroyed', 'consumed', 'retained', 'remains', 'unaccounted'];
/** Characters in the line of a remark. */
const width = 100;

const explanation = `Every State by its own ledger, today. Declared: with what was found later.
Remains: stock under Article 4, as far as these sources say what became of it. Unaccounted: what
counts leave open, more and fewer added up without signs.`;

/** The last table: each State's figures, and below them what is open, in words. */
export function closingTable({ states }: DemoResult): string {
  const columns = [
    { head: 'State', width: 23 },
    ...numbers.map((head) => ({ head, number: true, width: 11 })),
  ];
  return `${explanation}\n${table(columns, states.flatMap(rowsOf))}`;
}

function rowsOf(result: StateResult, index: number): (readonly Cell[] | Across)[] {
  const { state, now, declared } = result;
  const gone = (name: string): number => now.accounts[`gone/${name}`] ?? 0;
  const figures = [
    (stateName(state) ?? state).toUpperCase(),
    declared,
    gone('destroyed-article-4') + gone('destroyed-retained'),
    gone('consumed'),
    now.retained,
    now.remaining,
    now.unaccounted,
  ];
  const remarks = remarksOn(result).flatMap((text) => wrap(`- ${text}`, width, '    '));
  return [
    ...(index === 0 ? [] : [{ across: '' }]),
    figures,
    ...remarks.map((across) => ({ across })),
  ];
}

/** What there is to say of a State: what was found, what differs, and what no source answers. */
export function remarksOn({ differences, finds, open }: StateResult): string[] {
  return [
    ...finds.map(
      (f) => `found: ${f.date}, ${quantity(f.quantity)} not declared before (${f.source})`,
    ),
    ...differences
      .filter((difference) => difference.quantity > 0)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
      .map((difference) =>
        difference.kind === 'statement' ? stated(difference) : counted(difference),
      ),
    ...open.map(({ what, source }) => `open: no source says ${what} (${source})`),
  ];
}

/** A figure that someone claims, beside the ledger's. */
function stated({ about, ...difference }: ToldDifference): string {
  const { figure = '', filter = {} } = about ?? {};
  const by = Object.values(filter).map((name) => ` by ${name}`);
  const claim = `published ${quantity(difference.counted)} ${words[figure] ?? figure}${by.join('')}`;
  const off = `ledger ${quantity(difference.expected)}: differs by ${quantity(difference.quantity)}`;
  const { note, date, source, open } = difference;
  const because = note === undefined ? '' : `. ${note.replace(/\.$/, '')}`;
  return `${open === 0 ? 'explained' : 'open'}: ${date}, ${claim}, ${off}${because} (${source})`;
}

/** A published stock that was entered as a count, beside what the ledger had. */
function counted(difference: ToldDifference): string {
  const { kind, date, source, ofSeveral, open } = difference;
  const off = `${quantity(difference.quantity)} ${kind === 'surplus' ? 'more' : 'fewer'}`;
  const { account = '', munition = '' } = difference.holding ?? {};
  const known = munition !== 'unspecified';
  const total = ofSeveral && !known ? 'published total leaves' : 'published';
  const held = words[account] ?? account;
  const of = !ofSeveral ? held : known ? `${munition} ${held}` : `${held} of no published type`;
  const claim = `${total} ${quantity(difference.counted)} ${of}`;
  const ledger = `ledger ${quantity(difference.expected)}: ${off}`;
  const state = open === 0 ? 'explained' : 'open';
  return `${state}: ${date}, ${claim}, ${ledger}${reasonFor(difference)} (${source})`;
}

function reasonFor({ quantity: all, open, reason = 'without words' }: ToldDifference): string {
  if (open === 0) return `; ${reason}`;
  if (open === all) return ', and no source says why';
  return `; ${quantity(all - open)} of them: ${reason}; of the others no source says why`;
}
