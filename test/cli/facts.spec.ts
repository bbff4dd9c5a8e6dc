import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandLine } from '../support/command-line.ts';

/** What the secretariat records by the command line, and reads back. */
let cli: CommandLine;

beforeAll(async () => {
  cli = await CommandLine.start();
});

afterAll(() => cli.stop());

describe('A fact of the treaty', () => {
  const accession = { kind: 'accession', depositedOn: '2003-09', basis: 'to be checked' };

  it('is posted like an entry of the book, and points to what follows from it', async () => {
    const { out } = await cli.stockpile('post instrument XXA -', accession);
    expect(out).toMatch(/^Exercise State A \(XXA\): instrument recorded as entry [0-9a-f-]{36}\n/);
    expect(out).toContain('\nposition 253, revision 251, recorded ');
    expect(out).toContain('What follows from it: stockpile obligations XXA');
    const again = await cli.says('post instruments XXA -', accession);
    expect(again).toContain('was recorded before');
  });

  it('is listed with what it says and where that is from', async () => {
    expect(await cli.says('facts XXA')).toMatch(
      /│ instrument │ accession, deposited on 2003-09 \(to be +│ .*│ <id> │ +│\n│ +│ checked\) /,
    );
    expect(await cli.says('facts ZMB')).toMatch(
      /│ completion │ article 5, declared on 2009 +│ apminebanconvention.org, +│ <id> │/,
    );
  });

  it('is shown whole, and says what to do where there is none', async () => {
    const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec((await cli.stockpile('facts ZMB')).out)?.[0];
    expect(await cli.says(`facts ZMB ${id}`)).toContain('by published-facts\n');
    expect(await cli.says(`facts ZMB ${id}`)).toMatch(/│ deposited on +│ +2001-02-23 │/);
    expect(await cli.says('facts XXC')).toContain('stockpile post instrument XXC instrument.json');
  });

  it('is turned round with a reason, and stays listed', async () => {
    const { out } = await cli.stockpile('post breach XXA -', { article: '4', statedOn: '2009' });
    const entry = /entry (\S+)/.exec(out)?.[1];
    await cli.says('post reversal XXA -', { entry, reason: 'another State was meant' });
    expect(await cli.says('facts XXA')).toMatch(/│ breach +│ article 4, stated on 2009 .*<id> │\n/);
    expect(await cli.says('obligations XXA --article 4')).not.toContain('missed');
  });

  it('is refused with the rule', async () => {
    const { status, err } = await cli.stockpile('post withdrawal XXA -', { kind: 'suspension' });
    expect(status).toBe(1);
    expect(err).toContain('The Convention does not allow the suspension');
    const extension = { article: '4', until: '2012-03-01' };
    expect((await cli.stockpile('post extension XXA -', extension)).err).toContain(
      'Article 4 has no paragraph on extensions',
    );
  });
});

describe('Meetings and action plans', () => {
  const meeting = { name: 'Exercise 1', kind: 'other', dates: '2027-06-01/2027-06-03' };

  it('are about no State: they have a command of their own, and post says so', async () => {
    const { status, err } = await cli.stockpile('post meeting XXA -', meeting);
    expect(status).toBe(2);
    expect(err).toContain('"stockpile meetings add <file>"');
    expect(await cli.says('meetings add - --dry-run', meeting)).toBe(
      'The meeting would be recorded.',
    );
    expect(await cli.says('meetings')).not.toContain('Exercise 1');
    expect(await cli.says('meetings add -', meeting)).toMatch(/^The meeting is recorded as <id>\n/);
    expect(await cli.says('meetings')).toMatch(/Exercise 1, other, dates/);
    expect(await cli.says('meetings add -', meeting)).toContain('was recorded before');
    expect((await cli.stockpile('meetings add -', '{"half":')).status).toBe(2);
  });

  it('are turned round with a reason', async () => {
    const plan = { name: 'Exercise plan', from: '2027', foundMonths: 3 };
    const added = await cli.stockpile('action-plans add -', plan);
    const id = /recorded as (\S+)/.exec(added.out)?.[1];
    expect((await cli.stockpile(`action-plans reverse ${id}`)).status).toBe(2);
    const reversed = await cli.says(`action-plans reverse ${id} --reason "an exercise"`);
    expect(reversed).toMatch(/^The reversal of the action plan is recorded as <id>\n/);
    const { out } = await cli.stockpile('action-plans --json');
    const { items } = JSON.parse(out) as { items: { fact: string; reversedBy: string | null }[] };
    expect(items.find(({ fact }) => fact === id)?.reversedBy).toMatch(/^[0-9a-f-]{36}$/);
  });
});
