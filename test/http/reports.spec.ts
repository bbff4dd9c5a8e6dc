import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service, type Answer } from '../support/service.ts';

interface ReportLine {
  munition: string;
  lot: string | null;
  institution: string | null;
  quantity: number;
  opening: number;
  in: number;
  out: number;
  corrections: number;
  closing: number;
  cumulative?: number;
  explanation: string;
}
interface ReportBody {
  kind: string;
  forms: { form: string; tables: { id: string; lines: ReportLine[]; total: number | null }[] }[];
  findings: { id: string; finding: string; level: string }[];
  cover: { form: string; status: string; lastReported: string | null }[];
}

let service: Service;
beforeAll(async () => {
  service = await Service.start();
});
afterAll(() => service.stop());

const body = (answer: Answer) => answer.body as unknown as ReportBody;
const table = (report: ReportBody, id: string) =>
  report.forms.flatMap(({ tables }) => tables).find((one) => one.id === id)!;

async function post(path: string, entry: object): Promise<string> {
  const answer = await service.post(`/v1/states/XXA/${path}`, entry);
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
  return answer.body.entry;
}

/** The sum of the postings that stand behind a line. */
async function explained({ explanation }: ReportLine): Promise<number> {
  const answer = await service.get(explanation);
  expect(answer.status).toBe(200);
  const items = answer.body.items as unknown as { quantity: number }[];
  const sum = items.reduce((total, { quantity }) => total + quantity, 0);
  expect(answer.body.quantity).toBe(sum);
  return sum;
}

const lot = '12-84';
const stock = { munition: 'M14', lot, site: 'Depot North' };

describe('an Article 7 report', () => {
  let wrong: string;

  beforeAll(async () => {
    await post('instruments', { kind: 'accession', depositedOn: '2003-09-10', source: 'test' });
    await post('inventories', {
      effectiveDate: '2004-03',
      basis: 'declared',
      lines: [
        { ...stock, quantity: 6000 },
        { munition: 'PMN-2', quantity: 300 },
      ],
    });
    await post('retentions', {
      effectiveDate: '2009-05-01',
      purpose: 'training',
      lines: [{ ...stock, quantity: 250, toInstitution: 'EOD School' }],
    });
    const destroyed = {
      article: '4',
      from: 'held/stockpile',
      destructionSite: 'Range East',
      method: 'open detonation',
      certificate: 'C-1',
    };
    await post('destructions', {
      ...destroyed,
      effectiveDate: '2009-06',
      lines: [{ ...stock, quantity: 1000 }],
    });
    await post('destructions', {
      ...destroyed,
      effectiveDate: '2010-02',
      lines: [{ ...stock, quantity: 500 }],
    });
    wrong = await post('destructions', {
      ...destroyed,
      effectiveDate: '2010-03',
      lines: [{ munition: 'PMN-2', quantity: 40 }],
    });
  });

  it('says what is held at the end of the period, and every line is the sum of its postings', async () => {
    const report = body(await service.get('/v1/states/XXA/reports/2010'));
    expect(report.kind).toBe('initial');
    expect(table(report, 'B1')).toMatchObject({
      total: 4510,
      lines: [
        { munition: 'M14', lot, quantity: 4250, opening: 4750, in: 0, out: 500, closing: 4250 },
        { munition: 'PMN-2', lot: null, quantity: 260, opening: 300, out: 40, closing: 260 },
      ],
    });
    expect(table(report, 'G1').lines).toMatchObject([
      { munition: 'M14', quantity: 500, cumulative: 1500 },
      { munition: 'PMN-2', quantity: 40, cumulative: 40 },
    ]);
    expect(table(report, 'D1').lines).toMatchObject([
      { institution: 'EOD School', munition: 'M14', quantity: 250 },
    ]);
    const lines = ['B1', 'D1', 'G1'].flatMap((id) => table(report, id).lines);
    for (const line of lines) {
      expect(await explained(line)).toBe(line.quantity);
      expect(line.opening + line.in - line.out + line.corrections).toBe(line.closing);
    }
  });

  it('is about another period when the State keeps one', async () => {
    const report = body(await service.get('/v1/states/XXA/reports/2009?period=2009-04/2010-03'));
    expect(table(report, 'G1').lines).toMatchObject([
      { munition: 'M14', quantity: 1500 },
      { munition: 'PMN-2', quantity: 40 },
    ]);
  });

  it('can’t be asked for a time that runs backwards, or is no year', async () => {
    const reversed = await service.get('/v1/states/XXA/reports/2009?period=2010-03/2009-04');
    expect(reversed.status).toBe(400);
    const elsewhere = await service.get('/v1/states/XXA/reports/2009?period=2012');
    expect([elsewhere.status, elsewhere.text]).toEqual([400, expect.stringContaining('2012')]);
    expect((await service.get('/v1/states/XXA/reports/year')).status).toBe(400);
  });

  it('is filed once its errors are mended or acknowledged, and is then a submission', async () => {
    const short = await post('counts', {
      effectiveDate: '2010-12-31',
      account: 'held/stockpile',
      method: 'full',
      lines: [{ ...stock, quantity: 4247 }],
    });
    expect(short).toBeDefined();
    const refused = await service.post('/v1/states/XXA/reports/2010/filings', {});
    expect([refused.status, refused.body.type]).toEqual([
      409,
      'urn:stockpile-ledger:findings-not-acknowledged',
    ]);
    const { findings } = body(await service.get('/v1/states/XXA/reports/2010'));
    const acknowledge = findings.filter(({ level }) => level === 'error').map(({ id }) => id);
    const filing = { submittedOn: '2011-04-28', acknowledge };
    const filed = await service.post('/v1/states/XXA/reports/2010/filings', filing);
    expect(filed.status).toBe(201);
    expect(filed.headers['location']).toBe('/v1/states/XXA/reports/2010/filings/1');
    const owed = (await service.get('/v1/states/XXA/obligations?on=2011-12-31')).text;
    const { obligations } = JSON.parse(owed) as {
      obligations: { article: string; submittedOn?: string; status: string }[];
    };
    expect(obligations.find(({ article }) => article === '7.1')).toMatchObject({
      status: 'met-late',
      submittedOn: '2011-04-28',
    });
  });

  it('stays as it was filed, and is laid beside what is now known with every reason', async () => {
    const path = '/v1/states/XXA/reports/2010/filings/1';
    const before = await service.get(path);
    await post('reversals', { entry: wrong, reason: 'of another State' });
    await post('destructions', {
      article: '4',
      from: 'held/stockpile',
      destructionSite: 'Range East',
      method: 'open detonation',
      effectiveDate: '2010-12-31',
      lines: [{ ...stock, quantity: 7 }],
    });
    expect((await service.get(path)).text).toBe(before.text);
    await service.restart();
    expect((await service.get(path)).text).toBe(before.text);
    const restated = (await service.get(`${path}/restatement`)).text;
    const { lines } = JSON.parse(restated) as { lines: object[] };
    expect(lines).toMatchObject([
      {
        ...{ table: 'B1', munition: 'M14', asFiled: 4247, asKnown: 4240, difference: -7 },
        ...{ reasons: [{ quantity: -7, reason: 'late-entry' }], byRulesOrFacts: 0 },
      },
      {
        ...{ table: 'B1', munition: 'PMN-2', asFiled: 260, asKnown: 300, difference: 40 },
        ...{ reasons: [{ quantity: 40, reason: 'reversal' }], byRulesOrFacts: 0 },
      },
      {
        ...{ table: 'G1', munition: 'M14', difference: 7 },
        ...{ reasons: [{ quantity: 7, reason: 'late-entry' }], byRulesOrFacts: 0 },
      },
      {
        ...{ table: 'G1', munition: 'PMN-2', asFiled: 40, asKnown: 0, difference: -40 },
        ...{ reasons: [{ quantity: -40, reason: 'reversal' }], byRulesOrFacts: 0 },
      },
    ]);
  });

  it('carries its words over from year to year, and says so on the cover page', async () => {
    const text = { part: 'A', text: 'Act 12 of 2005 makes all of Article 1 a crime.' };
    const written = await service.post('/v1/states/XXA/reports/2010/texts', text);
    expect(written.status).toBe(201);
    const next = body(await service.get('/v1/states/XXA/reports/2011'));
    expect(next.kind).toBe('annual');
    expect(next.forms.find(({ form }) => form === 'A')).toMatchObject({
      texts: [{ text: text.text, since: '2010', carriedOver: true }],
    });
    const cover = (form: string) => next.cover.find((line) => line.form === form);
    expect(cover('A')).toMatchObject({ status: 'changed' });
    expect(cover('I')).toMatchObject({ status: 'not-applicable' });
    expect(cover('D')).toMatchObject({ status: 'unchanged', lastReported: '2010' });
  });

  it('is filed again only as an amendment, not twice with one key, and not ahead of its time', async () => {
    const twice = await service.post('/v1/states/XXA/reports/2010/filings', {});
    expect(twice.text).toContain('amends');
    const early = await service.post('/v1/states/XXA/reports/2026/filings', {});
    expect([early.status, early.text]).toEqual([409, expect.stringContaining('2026-12-31')]);
    const cover = { coverOnly: true, acknowledge: ['x'] };
    const alone = await service.post('/v1/states/XXA/reports/2011/filings', cover);
    expect([alone.status, alone.text]).toEqual([409, expect.stringContaining('changed: Form')]);
  });
});
