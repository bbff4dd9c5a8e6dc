import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';

/** What people see of obligations, as they see it: real answers of the real service. */
let cli: CommandLine;

beforeAll(async () => {
  cli = await CommandLine.start();
  const post = (kind: string, body: object) => cli.says(`post ${kind} XXA -`, body);
  const line = (quantity: number) => ({ lines: [{ munition: 'M14', quantity }] });
  await post('instrument', { kind: 'accession', depositedOn: '2003-09-10', source: 'C.N.1.2003' });
  const initial = { kind: 'initial', period: '2004-03-01/2004-04-30' };
  await post('report-submission', { ...initial, submittedOn: '2004-05-14' });
  await post('report-submission', { kind: 'annual', period: '2009', submittedOn: '2010-06-02' });
  await post('inventory', { effectiveDate: '2004-03', basis: 'declared', ...line(7500) });
  await post('completion', { article: '5', completedOn: '2012', declaredOn: '2012-12-03' });
});

afterAll(() => cli.stop());

describe('What a State owes', () => {
  it('is a table: each duty with its day, its status and what is on record', async () => {
    expect(await cli.says('obligations XXA --on 2010-12-31')).toBe(
      `
Exercise State A (XXA) on 2010-12-31, as known at position <n>
A party since 2004-03-01 (accession deposited 2003-09-10).
┌─────────┬───────────┬──────────────────────────┬──────────────┬──────────────────────┬───────────┐
│ article │ about     │ due                      │ status       │ on record            │ remaining │
├─────────┼───────────┼──────────────────────────┼──────────────┼──────────────────────┼───────────┤
│ 4       │           │ 2008-03-01               │ missed       │ since 2008-03-02     │     7,500 │
│ 5       │           │ 2014-03-01               │ pending      │                      │           │
│ 7.1     │           │ 2004-08-28               │ met          │ submitted 2004-05-14 │           │
│ 7.2     │ 2004–2008 │ 2005-04-30 to 2009-04-30 │ 5 unrecorded │                      │           │
│ 7.2     │ 2009      │ 2010-04-30               │ met-late     │ submitted 2010-06-02 │           │
└─────────┴───────────┴──────────────────────────┴──────────────┴──────────────────────┴───────────┘
unrecorded: the day has passed, and nothing is on record either way. It says what the record lacks,
and nothing about the State.`.trim(),
    );
  });

  it('is shown report by report where all are asked for', async () => {
    const out = await cli.says('obligations XXA --on 2010-12-31 --all --article 7.2');
    expect(out.match(/│ 7\.2 +│ 20\d\d +│ .* │ unrecorded │/g)).toHaveLength(5);
    expect(out).not.toContain('2008-03-01');
  });

  it('is explained: rule, sum, grounds and the figure of every date and status', async () => {
    expect(await cli.says('obligations XXA --on 2010-12-31 --why --article 4')).toBe(
      `
Exercise State A (XXA) on 2010-12-31, as known at position <n>
A party since 2004-03-01 (accession deposited 2003-09-10).
In force from 2004-03-01
  rule     Article 17.2: The first day of month 6 after the month of deposit
  sum      first day of the month of 2003-09-10 + 6 months = 2004-03-01
  from     deposited 2003-09-10 (C.N.1.2003)
           fact <id>

Article 4: due 2008-03-01, missed
  rule     Article 4: 4 years after the entry into force; the anniversary itself is still in time
  sum      2004-03-01 + 4 years = 2008-03-01
  from     entry into force 2004-03-01 (C.N.1.2003)
           fact <id>
  status   7,500 are held after 2008-03-01
  from     remaining on 2010-12-31 7,500 (the ledger’s own figure)
  figures  stockpile explain XXA --effective 2010-12-31 --known 257`.trim(),
    );
  });

  it('gives a completion its day, and a State that never was a party what to do next', async () => {
    const cleared = await cli.says('obligations XXA --article 5');
    expect(cleared).toMatch(/│ 5 +│ +│ 2014-03-01 │ met +│ completed 2012 │/);
    const none = await cli.says('obligations XXB');
    expect(none).toContain('Not a party: no instrument is on record, and it owes nothing.');
    expect(none).toContain('"stockpile post instrument XXB instrument.json"');
  });

  it('stays on record when the State has withdrawn', async () => {
    const out = await cli.says('obligations FIN --on 2026-11-23');
    expect(out).toContain('until its withdrawal took effect on\n2026-01-10: what was owed until');
    expect(out).toMatch(/│ 7\.2 +│ 2025 +│ 2026-04-30 +│ not-owed +│/);
    expect(await cli.says('obligations FIN --on 2025-12-01')).toContain(
      'a withdrawal takes effect on 2026-01-10',
    );
  });

  it('shows what others object to, and extensions with the meeting that granted them', async () => {
    const ukraine = await cli.says('obligations UKR');
    expect(ukraine).toContain(
      '- Norway (NOR) objects (2025) to: suspension announced 18 July 2025 (npaid.org, December 2025)',
    );
    const angola = await cli.says('obligations AGO --article 5');
    expect(angola).toContain('- 5: extended to 2018-01-01 by 12MSP\n');
    expect(angola).toContain('(to-be-checked)');
  });

  it('is printed as JSON, with only what was asked for', async () => {
    const out = await cli.says('obligations XXA --on 2010-12-31 --status missed --json');
    const { obligations } = JSON.parse(out) as { obligations: { article: string }[] };
    expect(obligations.map(({ article }) => article)).toEqual(['4']);
  });
});

describe('What all States owe', () => {
  it('is a row each, and counts at the end', async () => {
    const out = await cli.says('obligations --on 2012-12-03');
    expect(out).toMatch(/│ AGO Angola +│ 2003-01-01 +│ met +│ pending 2013-01-01 +│ unrecorded/);
    expect(out).toMatch(/│ GRC Greece +│ 2004-03-01 +│ missed 2008-03-01\*? +│/);
    expect(out).toMatch(
      /│ XXA Exercise State A │ 2004-03-01 +│ missed 2008-03-01 +│ pending 2014-03-01 +│ met /,
    );
    // Who had no instrument yet on that day is not in the table.
    expect(out).not.toContain('TON Tonga');
    expect(out).toMatch(/│ 161 parties │/);
    expect(out.split('\n').filter((line) => line.length > 120)).toEqual([]);
  });

  it('can be looked through for one status or article', async () => {
    const { out } = await cli.stockpile('obligations --status missed');
    expect(out.match(/│ [A-Z][^│]+\) +│ 4 /g)).toEqual([
      '│ Greece (GRC)           │ 4 ',
      '│ Ukraine (UKR)          │ 4 ',
      '│ Exercise State A (XXA) │ 4 ',
    ]);
    expect(out).toContain('- GRC, 4: Stated as not met (totalwonkerr.net 9 April 2020');
    expect(await cli.says('obligations --on 1998-12-31 --status missed')).toContain(
      'No State has such an obligation.',
    );
  });

  it('has reasons only for one State, and statuses that there are', async () => {
    expect((await cli.stockpile('obligations --why')).status).toBe(2);
    expect((await cli.stockpile('obligations XXA --status guilty')).status).toBe(2);
    expect((await cli.stockpile('obligations XXA --on yesterday')).status).toBe(1);
    expect((await cli.stockpile('obligations ZZZ')).status).toBe(1);
  });
});
