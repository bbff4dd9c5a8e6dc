import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';

/** Questions about all States together, as the command line answers them. */
let cli: CommandLine;

beforeAll(async () => {
  cli = await CommandLine.start();
});

afterAll(() => cli.stop());

describe('Membership', () => {
  it('is counted on any day', async () => {
    expect(await cli.says('membership --on 2026-02-21')).toBe(
      `
On 2026-02-21, as known at position <n>
┌─────────────────────────────┬─────┐
│ parties                     │ 161 │
│ deposited, not in force yet │   0 │
│ withdrawn                   │   5 │
│ signed only                 │   0 │
└─────────────────────────────┴─────┘
Which they are: stockpile membership --list`.trim(),
    );
  });

  it('names the States where that is asked for', async () => {
    const out = await cli.says('membership --on 2026-02-21 --list');
    expect(out).toContain(
      'withdrawn:\nEstonia (EST), Finland (FIN), Lithuania (LTU), Latvia (LVA), Poland (POL)',
    );
    expect(out).toContain('Zimbabwe (ZWE)');
  });
});

describe('What falls due', () => {
  it('stands together where many States owe the same, and says where to look when nothing does', async () => {
    const many = await cli.says('due --on 2027-01-01 --days 120');
    expect(many).toContain('│ 2027-04-30 │     119 │ 7.2     │ 2026  │ 161 States │');
    expect(await cli.says('due --on 2027-01-01 --days 30')).toContain(
      'Nothing falls due. To look further: stockpile due --days 120',
    );
  });

  it('names each State where that is asked for, and the few by themselves', async () => {
    const all = await cli.says('due --on 2027-01-01 --days 120 --all');
    expect(all.match(/│ 2027-04-30 │/g)).toHaveLength(161);
    expect(await cli.says('due --on 2028-05-25 --days 10')).toMatch(
      /│ 2028-06-01 │ +7 │ 5 +│ +│ Sri Lanka \(LKA\) /,
    );
  });

  it('names the meetings ahead', async () => {
    expect(await cli.says('due --on 2025-11-01')).toContain(
      '- 22MSP: 2025-12-01/2025-12-05, Geneva',
    );
  });
});

describe('Reports about a year', () => {
  it('are counted by what is on record on a day, and named where something is', async () => {
    const report = { kind: 'annual', period: '2011', submittedOn: '2012-06-14' };
    await cli.says('post report-submission BGR -', report);
    const out = await cli.says('timeliness 2011 --on 2012-12-31');
    expect(out).toMatch(/│ owing one +│ 157 │/);
    expect(out).toMatch(/│ submitted late +│ +1 │/);
    expect(out).toMatch(/│ unrecorded +│ 156 │/);
    expect(out).toContain('│ Bulgaria (BGR) │ 7.2     │ 2012-04-30 │ met-late │ 2012-06-14 │');
    expect(out).toContain('Every State by name: --all');
    expect(await cli.says('timeliness 2011 --on 2012-12-31 --all')).toMatch(/│ Zimbabwe \(ZWE\)/);
    expect((await cli.stockpile('timeliness twelve')).status).toBe(1);
  });
});

describe('The calendar', () => {
  it('is a whole iCalendar file, of which every line ends as the standard asks', async () => {
    const { out } = await cli.stockpile('calendar AGO --on 2025-11-23 --days 60');
    const file = `${out}\n`;
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(file).toContain('SUMMARY:Angola: Article 5 due (pending)');
    expect((await cli.stockpile('calendar ZZZ')).status).toBe(1);
  });
});
