import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import type { LightMyRequestResponse } from 'fastify';
import mammoth from 'mammoth';
import PdfReader from 'pdf2json';
import readXlsxFile from 'read-excel-file/node';
import { administrator, Service } from '../support/service.ts';

const hostile = '=HYPERLINK("http://x","<script>alert(1)</script>")';
const lots = Array.from({ length: 90 }, (_, n) => ({
  munition: n % 2 === 0 ? 'ПМН-2' : 'M14',
  lot: n === 0 ? hostile : `12-${n}`,
  quantity: 100 + n,
}));
const total = lots.reduce((sum, { quantity }) => sum + quantity, 0) - 7;

let service: Service;
beforeAll(async () => {
  service = await Service.start();
  const post = async (path: string, body: object) => {
    const answer = await service.post(`/v1/states/XXA/${path}`, body);
    expect([answer.status, answer.text]).toEqual([201, answer.text]);
  };
  await post('instruments', { kind: 'accession', depositedOn: '2003-09-10' });
  await post('inventories', { effectiveDate: '2004-03', basis: 'declared', lines: lots });
  await post('destructions', {
    effectiveDate: '2010-05',
    article: '4',
    from: 'held/stockpile',
    destructionSite: 'Range "East"',
    method: 'open detonation',
    certificate: 'C-1',
    lines: [{ munition: 'M14', lot: '12-1', quantity: 7 }],
  });
  await post('reports/2010/texts', { part: 'A', text: 'Act 12 <b>of</b> 2005\nand "more"' });
  await post('reports/2010/filings', { submittedOn: '2011-04-28' });
});
afterAll(() => service.stop());

async function file(query: string, path = 'reports/2010'): Promise<LightMyRequestResponse> {
  const fastify = service.app.getHttpAdapter().getInstance() as {
    inject(asked: object): Promise<LightMyRequestResponse>;
  };
  const headers = { authorization: `Bearer ${administrator}` };
  return fastify.inject({ url: `/v1/states/XXA/${path}?${query}`, headers });
}

/** The words of each page, as another program reads them. */
async function pdfText(data: Buffer): Promise<string[]> {
  const reader = new PdfReader(null, true);
  await new Promise((resolve, reject) => {
    reader.on('pdfParser_dataReady', resolve);
    reader.on('pdfParser_dataError', reject);
    reader.parseBuffer(data);
  });
  const pages = reader.getRawTextContent().split(/-+Page \(\d+\) Break-+/);
  return pages.filter((page) => page.trim() !== '');
}

const digits = new Intl.NumberFormat('en-US');

describe('a report in the formats that people read', () => {
  it('is a page whose words are only words', async () => {
    const page = await file('format=html');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.payload).not.toContain('<script>');
    expect(page.payload).toContain('&lt;script&gt;alert(1)');
    expect(page.payload).toContain('Act 12 &lt;b&gt;of&lt;/b&gt; 2005');
    expect(page.payload).toContain(`<td class="number">${digits.format(total)}</td>`);
  });

  it('is a Word document with the same numbers, in both layouts', async () => {
    for (const layout of ['forms', 'guide']) {
      const { rawPayload } = await file(`format=docx&layout=${layout}`);
      const { value } = await mammoth.extractRawText({ buffer: rawPayload });
      expect(value).toContain(digits.format(total));
      expect(value).toContain('ПМН-2');
      expect(value).toContain('Range "East"');
    }
  });

  it('is a PDF file whose tables name their columns on every page, and whose pages are numbered', async () => {
    const { rawPayload } = await file('format=pdf');
    const pages = await pdfText(rawPayload);
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((text, n) => expect(text).toContain(`Page ${n + 1} of ${pages.length}`));
    expect(pages.filter((text) => text.includes('Lot # (if possible)')).length).toBeGreaterThan(1);
    expect(pages.join(' ')).toContain(digits.format(total));
    expect(pages.join(' ')).toContain('ПМН-2');
  });

  it('is a workbook with a flat table under HXL tags, in which no text is a formula', async () => {
    const { rawPayload } = await file('format=xlsx');
    const sheets = (await readXlsxFile(rawPayload)) as unknown as {
      sheet: string;
      data: unknown[][];
    }[];
    const rows = sheets.find(({ sheet }) => sheet === 'Data')?.data ?? [];
    const [heads = [], tags = [], ...lines] = rows;
    expect(tags.every((tag) => /^#\w+(\+\w+)*$/.test(String(tag)))).toBe(true);
    const at = (name: string) => heads.indexOf(name);
    const stock = lines.filter((line) => line[at('Table')] === 'B1');
    expect(stock.reduce((sum, line) => sum + Number(line[at('Quantity')]), 0)).toBe(total);
    expect(stock.some((line) => line[at('Lot')] === hostile)).toBe(true);
  });

  it('is a CSV file in which a formula is text', async () => {
    const { payload } = await file('format=csv');
    const rows: string[][] = parse(payload, { bom: true });
    const [heads = [], tags = [], ...lines] = rows;
    expect(tags).toHaveLength(heads.length);
    const stock = lines.filter((line) => line[heads.indexOf('Table')] === 'B1');
    const quantity = heads.indexOf('Quantity');
    expect(stock.reduce((sum, line) => sum + Number(line[quantity]), 0)).toBe(total);
    const cells = lines.flat();
    expect(cells.filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'${hostile}`);
  });

  it('is JSON that fits the schema that is published for it', async () => {
    const schema = JSON.parse(
      (await service.get('/v1/schemas/article-7-report-1.json')).text,
    ) as object;
    const validate = new Ajv2020({ strict: false }).compile(schema);
    const report: unknown = JSON.parse((await file('format=json')).payload);
    expect([validate(report), validate.errors]).toEqual([true, null]);
    expect(validate({ ...(report as object), year: 2010 })).toBe(false);
  });

  it('is the same file whenever a filing is asked for', async () => {
    for (const format of ['json', 'html', 'csv', 'pdf']) {
      const [once, again] = [
        await file(`format=${format}`, 'reports/2010/filings/1'),
        await file(`format=${format}`, 'reports/2010/filings/1'),
      ];
      expect([format, once.rawPayload.equals(again.rawPayload)]).toEqual([format, true]);
    }
  });

  it('is refused in a format, a layout or a language that there is not', async () => {
    const answer = await file('format=odt&layout=free&language=tlh');
    expect(answer.statusCode).toBe(400);
    for (const name of ['?format', '?layout', '?language']) expect(answer.payload).toContain(name);
  });
});
