import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadHistories, loadMembership } from '../../src/demo/history.ts';
import { askTreaty, type TreatyResult } from '../../src/demo/treaty.ts';
import { overviewReport, owedReport } from '../../src/demo/treaty-print.ts';
import { CommandLine } from '../support/command-line.ts';

/** The part of the demo that is about the treaty, against the real service and its published facts. */
let cli: CommandLine;
let result: TreatyResult;

beforeAll(async () => {
  cli = await CommandLine.start();
  result = await askTreaty(cli.client, await loadHistories(), await loadMembership());
});

afterAll(() => cli.stop());

describe('The demo', () => {
  it('shows what each of the ten States owed, as the published facts make it certain', () => {
    expect(result.states.filter(({ asExpected }) => !asExpected)).toEqual([]);
    expect(result.states).toHaveLength(10);
    const bulgaria = result.states.find(({ state }) => state === 'BGR');
    const report = bulgaria === undefined ? '' : owedReport(bulgaria);
    expect(report).toMatch(/│ 4 +│ 2003-03-01 +│ met +│ Completed 2000-12-20, not later than/);
    expect(report).toContain('(Landmine Monitor 2003 Bulgaria)');
  });

  it('lays all States of the day of resolution 67/32 and of today beside what was published', () => {
    expect(result.memberships.map(({ ledger }) => ledger)).toEqual([160, 161]);
    expect(result.asExpected).toBe(true);
    const report = overviewReport(result);
    expect(report).toMatch(/│ TUV Tuvalu +│ 2012-03-01 +│ pending 2016-03-01 +│/);
    expect(report).toContain(
      'unrecorded: the day has passed, and nothing is on record either way.',
    );
    expect(report).toMatch(/All States on 2026-11-23\n.*\n│ 161 parties │/);
    expect(report).toContain('No longer parties: Estonia (EST), Finland (FIN), ');
    expect(report).toMatch(/160 instruments deposited .*: agrees\n.*161 parties .*: agrees/);
    expect(report.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('says so where an obligation or a number did not come out as the files say', async () => {
    const obligations = {
      on: '2012-12-03',
      certain: [{ article: '4', due: '2007-01-01', status: 'missed' }],
    };
    const published = [
      { on: '2012-12-03', figure: 'deposited' as const, published: 159, source: 'nobody' },
    ];
    const wrong = await askTreaty(cli.client, [{ state: 'AGO', obligations }], published);
    expect(wrong.asExpected).toBe(false);
    expect(wrong.states.map(owedReport).join()).toContain('NOT as expected');
    expect(overviewReport(wrong)).toContain('NOT EXPECTED: the ledger counts 160');
  });
});
