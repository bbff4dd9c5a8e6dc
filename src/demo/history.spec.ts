import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { askFold, foldHistory, lastDay } from '../../demo/fold.ts';
import { addUp, compare } from './compare.ts';
import { loadHistories, loadSums, type History, type Sum } from './history.ts';

const kinds = [
  'inventories',
  'retentions',
  'releases',
  'uses',
  'allocations',
  'movements',
  'destructions',
  'losses',
  'counts',
  'reclassifications',
  'statements',
  'explanations',
  'reversals',
];

/** The published figures of the ten States: `iso3,as_of,kind,type,quantity,qualifier,note,source`. */
const published = readFileSync(new URL('../../demo/published-figures.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)])
  .map((cells) => cells.map(([, inQuotes, bare]) => inQuotes?.replaceAll('""', '"') ?? bare ?? ''))
  .map(([state, asOf, kind, type, quantity, qualifier, , source]) => ({
    state,
    fact: `${asOf} ${kind} ${type} ${quantity}`,
    quantity: Number(quantity),
    qualifier,
    source,
  }));

let histories: History[];
let sums: Sum[];

beforeAll(async () => {
  histories = await loadHistories();
  sums = await loadSums();
});

function eachEntry(): { where: string; kind: string; body: Record<string, unknown> }[] {
  return histories.flatMap(({ state, entries }) =>
    entries.map(({ kind, body }, i) => ({ where: `demo-${state}-${i + 1}`, kind, body })),
  );
}

describe('The published histories', () => {
  it('are those of the ten States', () => {
    const states = ['AGO', 'AUS', 'BGR', 'BRA', 'DZA', 'FIN', 'JPN', 'SWE', 'ZMB', 'ZWE'];
    expect(histories.map((history) => history.state)).toEqual(states);
    expect(new Set(published.map((line) => line.state))).toEqual(new Set(states));
  });

  it('leave no published figure out: each is in an entry, a check, or open by name', () => {
    const named = new Set(
      histories.flatMap(({ state, entries, checks, open }) =>
        [
          ...entries.flatMap((entry) => entry.facts),
          ...checks.map((check) => check.fact),
          ...open.flatMap((question) => question.facts),
        ].map((fact) => `${state} ${fact}`),
      ),
    );
    expect(named).toEqual(new Set(published.map(({ state, fact }) => `${state} ${fact}`)));
  });

  it('lay every published figure beside the ledger', () => {
    for (const { state, fact } of published) {
      const history = histories.find((each) => each.state === state);
      expect(history?.checks.map((check) => check.fact)).toContain(fact);
    }
  });

  it('state in the ledger what differs from it, with its source', () => {
    for (const { state, entries, checks } of histories) {
      for (const check of checks.filter((each) => each.expect === 'differs')) {
        const statement = entries.find(
          ({ kind, facts }) => kind === 'statements' && facts.includes(check.fact),
        );
        expect([state, statement?.body, statement?.opens]).toEqual([
          state,
          expect.objectContaining({
            figure: check.figure,
            quantity: check.published,
            source: check.source,
            ...(check.institution && { filter: { institution: check.institution } }),
          }),
          Math.abs(check.difference ?? 0),
        ]);
        expect(lastDay(String(statement?.body['effectiveDate']))).toBe(check.effective);
      }
    }
  });

  it('refer only to entries before', () => {
    for (const { entries } of histories) {
      for (const [index, { body }] of entries.entries()) {
        for (const [, number] of JSON.stringify(body).matchAll(/@entry:(\d+)/g)) {
          expect(Number(number)).toBeLessThanOrEqual(index);
        }
      }
    }
  });

  it('show each figure as it was published, with its source and qualifier', () => {
    const qualifiers = { exact: undefined, lower_bound: 'at-least', approx: 'approximate' };
    for (const { state, checks } of histories) {
      for (const check of checks) {
        const line = published.find((each) => each.state === state && each.fact === check.fact);
        const qualifier = { ...qualifiers, rounded: 'rounded' }[line?.qualifier ?? ''];
        expect([check.fact, check.published, check.source, check.qualifier]).toEqual([
          check.fact,
          line?.quantity,
          line?.source,
          qualifier,
        ]);
      }
    }
  });

  it('have bodies as the surface takes them', () => {
    for (const { where, kind, body } of eachEntry()) {
      expect([where, kinds]).toEqual([where, expect.arrayContaining([kind])]);
      expect([where, body.effectiveDate]).toEqual([
        where,
        expect.stringMatching(/^\d{4}(-\d\d){0,2}(\/\d{4}(-\d\d){0,2})?$/),
      ]);
      expect(body.remarks).toMatch(/^Source: \S/);
      if (kind === 'statements') continue;
      const lines = body.lines as Record<string, string | number | undefined>[];
      expect(lines.length).toBeGreaterThan(0);
      const holdings = lines.map(
        (line) => `${line.munition}|${line.toMunition ?? ''}|${line.institution ?? ''}`,
      );
      expect(new Set(holdings).size).toBe(lines.length);
      for (const { quantity, precision, munition } of lines) {
        expect(munition).toEqual(expect.stringMatching(/\S/));
        expect(Number.isSafeInteger(quantity)).toBe(true);
        expect(Number(quantity)).toBeGreaterThanOrEqual(kind === 'counts' ? 0 : 1);
        expect([undefined, 'approximate', 'at-least']).toContain(precision);
      }
    }
  });

  it('have dates that exist and intervals that do not run backwards', () => {
    for (const { where, body } of eachEntry()) {
      const [first = '', last = first] = String(body.effectiveDate).split('/');
      for (const end of [first, last]) {
        const day = lastDay(end);
        expect([where, new Date(day).toISOString().slice(0, 10)]).toEqual([where, day]);
      }
      expect(first <= lastDay(last)).toBe(true);
    }
  });

  it('never take a holding below zero, and come out as the files say', async () => {
    const folded = new Map(histories.map((history) => [history.state, foldHistory(history)]));
    const ask = askFold(folded);
    for (const history of histories) {
      for (const { fact, ledger, asExpected } of await compare(history, ask)) {
        expect([history.state, fact, ledger, asExpected]).toEqual([
          history.state,
          fact,
          ledger,
          true,
        ]);
      }
    }
    for (const sum of sums) {
      const { id, leftLedger, rightLedger, asExpected } = await addUp(sum, ask);
      expect([id, leftLedger, rightLedger, asExpected]).toEqual([
        id,
        sum.leftSum,
        sum.rightSum,
        true,
      ]);
    }
    expect(sums.filter((sum) => !sum.holds).map((sum) => sum.id)).toEqual(['BGR', 'BRA-stock']);
    expect(sums).toHaveLength(17);
  });

  it('open the differences that the files say', () => {
    for (const history of histories) {
      const moves = foldHistory(history);
      for (const [index, { kind, opens = 0 }] of history.entries.entries()) {
        const question = moves.filter(({ entry }) => kind === 'counts' && entry === index + 1);
        const opened = question.reduce((sum, { quantity }) => sum + quantity, 0);
        if (kind !== 'statements')
          expect([history.state, index, opened]).toEqual([history.state, index, opens]);
      }
    }
  });

  it('leave in question what the notes say', async () => {
    const ask = askFold(new Map(histories.map((h) => [h.state, foldHistory(h)])));
    const unaccounted = await Promise.all(
      histories.map(({ state }) => ask({ state, figure: 'unaccounted', effective: '2026-01-01' })),
    );
    expect(Object.fromEntries(histories.map(({ state }, i) => [state, unaccounted[i]]))).toEqual({
      AGO: 1_540 + 332,
      AUS: 538 + 6_927,
      BGR: 1 + 354,
      BRA: 6_494,
      DZA: 120,
      FIN: 0,
      JPN: 5_686,
      SWE: 8_651,
      ZMB: 3_039,
      ZWE: 150,
    });
  });
});
