import { parseEffectiveDate } from '../../src/ledger/effective-date.ts';
import type { AskedFact, FactKind } from '../../src/treaty/facts.ts';
import type { Obligation } from '../../src/treaty/obligation.ts';
import { TestTreaty } from '../support/treaty.ts';
import { LawStock } from './law-stock.ts';

/** One rule or edge of the law: what is recorded of XXA, and what follows from it. */
export interface Rule {
  readonly title: string;
  readonly rows: readonly string[];
}

/** What a row says that follows, and what did. */
export interface Checked {
  readonly row: string;
  readonly expected: string;
  readonly actual: string;
}

const commonKinds: readonly string[] = ['meeting', 'action-plan'];

/** Reads the table: `== part`, `-- rule`, and the rows of the rule until the next. */
export function readRules(text: string): readonly Rule[] {
  const rules: { title: string; rows: string[] }[] = [];
  let part = '';
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('== ')) part = line.slice(3);
    else if (line.startsWith('-- ')) rules.push({ title: `${part}: ${line.slice(3)}`, rows: [] });
    else rules.at(-1)?.rows.push(line);
  }
  return rules;
}

/** Goes through the rows of one rule in order. */
export function check({ rows }: Rule): readonly Checked[] {
  const today = rows.find((row) => row.startsWith('today '))?.slice(6);
  const treaty = new TestTreaty(today);
  const stock = new LawStock();
  return rows.flatMap((row): readonly Checked[] => {
    const [verb = '', ...words] = row.split(/\s+/);
    const rest = words.join(' ');
    const [first = '', second = ''] = words;
    if (verb === 'today') return [];
    if (verb === 'on') return [follows(treaty, stock, row)];
    if (verb === 'refused' || verb === 'invalid') return [refused(treaty, row)];
    if (verb === 'stock') {
      stock.change(first, second, Number(words[2]));
    } else if (verb === 'find') {
      stock.find(second, first, parseEffectiveDate(first).last, Number(words[2]));
    } else if (verb === 'retained') {
      const { held, rise, without, accounted } = valuesOf(words.slice(1));
      stock.retain({
        year: Number(first),
        held: Number(held),
        rise: Number(rise ?? 0),
        withoutReason: typeof without === 'string' ? [without] : [],
        accounted: accounted === true,
      });
    } else if (verb === 'reverse') {
      const refusals = treaty.reverse(first);
      if (refusals.length > 0) throw new Error(`${row}: ${JSON.stringify(refusals)}`);
    } else {
      treaty.record(factOf(`${verb} ${rest}`));
    }
    return [];
  });
}

/** `kind name=value name="several words"`; the words of a table are those of the routes' bodies. */
function factOf(row: string): AskedFact {
  const [kind = '', ...words] = row.match(/(?:[^\s"]+|"[^"]*")+/g) ?? [];
  const state = commonKinds.includes(kind) ? null : 'XXA';
  return { kind: kind as FactKind, state, body: valuesOf(words) } as unknown as AskedFact;
}

function valuesOf(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const [name = '', text = ''] = word.split('=');
      const isNumber = name === 'ordinal' || name === 'foundMonths';
      const plain = text.replaceAll('"', '');
      const value = isNumber ? Number(plain) : plain;
      return [name, text === 'true' ? true : text === 'false' ? false : value];
    }),
  );
}

/** `refused code /pointer: fact`, `invalid /pointer /pointer: fact`, `refused code: reversal entry=f1`. */
function refused(treaty: TestTreaty, row: string): Checked {
  const [, said = '', asked = ''] = /^(.*?): (.*)$/.exec(row) ?? [];
  if (asked.startsWith('reversal ')) {
    const [refusal] = treaty.reverse(asked.replace('reversal entry=', ''));
    return { row, expected: said, actual: refusal ? `refused ${refusal.code}` : 'accepted' };
  }
  const decision = treaty.try(factOf(asked));
  const actual =
    decision.outcome === 'invalid'
      ? `invalid ${decision.faults.map(({ pointer }) => pointer).join(' ')}`
      : decision.outcome === 'refused'
        ? decision.refusals.map(({ code, pointer }) => `refused ${code} ${pointer}`).join(', ')
        : 'accepted';
  return { row, expected: said, actual: actual.trim() };
}

/**
 * `on <day> party`, `on <day> no party`, `on <day> coming <day>`, `on <day> until <day>`,
 * `on <day> <article>[/<period>] …` or `on <day> earlier <article>[/<period>] …`.
 */
function follows(treaty: TestTreaty, stock: LawStock, row: string): Checked {
  const [, day = '', said = ''] = /^on (\S+) (.*)$/.exec(row) ?? [];
  const answer = treaty.on(day, 'XXA', stock);
  const { current, earlier, coming } = answer;
  const result = (actual: string): Checked => ({ row, expected: said, actual });
  if (said === 'party' || said === 'no party') return result(answer.party ? 'party' : 'no party');
  if (said === 'nothing') return result(current === undefined ? 'nothing' : 'a membership');
  if (said.startsWith('in force ')) {
    const { day: since, article } = current?.membership.entryIntoForce ?? {};
    return result(`in force ${since} (${article})`);
  }
  if (said.startsWith('coming')) return result(`coming ${coming?.entryIntoForce.day ?? 'none'}`);
  if (said.startsWith('until ')) return result(`until ${current?.membership.end ?? 'open'}`);
  const isEarlier = said.startsWith('earlier ');
  const [named = ''] = said.replace(/^earlier /, '').split(' ');
  const [article, period] = named.split('/');
  const obligations = (isEarlier ? earlier.at(-1) : current)?.obligations ?? [];
  const found = obligations.find(
    (one) => one.article === article && (one.period ?? one.entry) === period,
  );
  const words = found === undefined ? `${named} none` : inWords(named, found);
  return result(isEarlier ? `earlier ${words}` : words);
}

/** An obligation in the words of the table: everything that a rule says of it, findings too. */
function inWords(named: string, one: Obligation): string {
  const parts = [
    `${named} ${one.status}`,
    `due ${one.due.day}`,
    ...(one.since === undefined ? [] : [`since ${one.since}`]),
    ...(one.remaining === undefined ? [] : [`left ${one.remaining}`]),
    ...(one.breaches ?? []).map(({ from, to }) => `breach ${from}..${to}`),
    ...(one.covers === undefined ? [] : [`covers ${one.covers.join(' ')}`]),
    ...one.findings.map(({ finding }) => `+${finding}`),
  ];
  return parts.join(', ');
}
