/**
 * The law as a table, `law.txt`: one rule or edge after another, what is recorded and what follows.
 * Every reason for which a fact is refused has a row, and every status and finding.
 */
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { findingNames, statuses } from '../../src/treaty/obligation.ts';
import { factRefusalCodes } from '../../src/treaty/refusals.ts';
import { check, readRules } from './law-rows.ts';

const table = readFileSync(new URL('law.txt', import.meta.url), 'utf8');
const rules = readRules(table);
const checks = rules.flatMap(({ rows }) =>
  rows.filter((row) => /^(on|refused|invalid) /.test(row)),
);

describe('The law, rule by rule', () => {
  it.each(rules.map((rule) => [rule.title, rule] as const))('%s', (_, rule) => {
    const checked = check(rule);
    expect(checked).not.toEqual([]);
    expect(checked.map(({ row, actual }) => `${row} => ${actual}`)).toEqual(
      checked.map(({ row, expected }) => `${row} => ${expected}`),
    );
  });

  it('has a row for every reason for which a fact is refused', () => {
    const shown = (code: string) => checks.some((row) => row.startsWith(`refused ${code}`));
    expect(factRefusalCodes.filter((code) => !shown(code))).toEqual([]);
  });

  it('has a row for every status and every finding', () => {
    const words = new Set(checks.flatMap((row) => row.split(/[\s,+]+/)));
    expect([...statuses, ...findingNames].filter((name) => !words.has(name))).toEqual([]);
  });
});
