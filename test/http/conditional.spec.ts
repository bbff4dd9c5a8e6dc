import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

const inventory = {
  effectiveDate: '2010',
  basis: 'newly-found',
  lines: [{ munition: 'M14', quantity: 5 }],
};

function post(state: string, ifMatch: string, query = '') {
  const headers = { 'if-match': ifMatch };
  return service.post(`/v1/states/${state}/inventories${query}`, inventory, { headers });
}

describe('a write on condition of a revision', () => {
  it('is recorded when the book is at that revision, "-1" for an empty one', async () => {
    const first = await post('XXA', '"-1"');
    expect([first.status, first.headers['etag']]).toEqual([201, '"0"']);
    const second = await post('XXA', String(first.headers['etag']));
    expect([second.status, second.body.revision]).toEqual([201, '1']);
  });

  it.each(['"-1"', '"0"', '"7"'])('is refused when the book is not at %s', async (ifMatch) => {
    const before = await service.journal('XXA');
    const answer = await post('XXA', ifMatch);
    expect(answer.status).toBe(412);
    expect(answer.body.type).toBe('urn:stockpile-ledger:revision-differs');
    expect(answer.body.detail).toContain('is at revision 1');
    expect(await service.journal('XXA')).toBe(before);
  });

  it.each(['4', '"x"', '*', 'W/"1"', '"1", "2"', '""', '"-2"', '"1.0"', '"9999999999999999"'])(
    'can’t be read when it says If-Match: %s',
    async (ifMatch) => {
      const answer = await post('XXA', ifMatch);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer: '?If-Match' }]);
    },
  );

  it('is recorded once when many come on the same condition', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => post('XXB', '"-1"')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(9).fill(412)]);
    expect((await service.get('/v1/states/XXB/remaining')).body.remaining).toBe(5);
  });
});

describe('a dry run', () => {
  it('answers what would be recorded, and records nothing', async () => {
    const before = await service.journal('XXA');
    const { status, headers, body } = await post('XXA', '"1"', '?dryRun=true');
    expect(status).toBe(200);
    expect(body).toEqual({
      dryRun: true,
      entry: null,
      position: null,
      revision: null,
      recordedAt: null,
      postings: [
        expect.objectContaining({ account: 'source/newly-found', quantity: -5 }),
        expect.objectContaining({ account: 'held/stockpile', quantity: 5 }),
      ],
      contradicts: [],
    });
    expect(headers).not.toHaveProperty('location');
    expect(headers).not.toHaveProperty('etag');
    expect(await service.journal('XXA')).toBe(before);
    expect((await service.get('/v1/states/XXC/remaining')).body).toMatchObject({ recorded: false });
  });

  it('is refused exactly as the write would be', async () => {
    const url = '/v1/states/XXA/destructions';
    const dry = await service.post(`${url}?dryRun=true`, destruction(1_000));
    const real = await service.post(url, destruction(1_000));
    expect([dry.status, real.status]).toEqual([409, 409]);
    expect(dry.text).toBe(real.text);
    expect(dry.body.type).toBe('urn:stockpile-ledger:insufficient-stock');
  });

  it('names the counts that it would contradict', async () => {
    await service.found('XXD', 5);
    const count = await service.post('/v1/states/XXD/counts', {
      effectiveDate: '2012',
      account: 'held/stockpile',
      method: 'full',
      lines: [{ munition: 'M14', quantity: 5 }],
    });
    const url = '/v1/states/XXD/destructions?dryRun=true';
    const { body } = await service.post(url, destruction(1));
    expect(body.contradicts).toEqual([count.body.entry]);
  });

  it.each(['?dryRun=1', '?dryRun=', '?dryRun=TRUE', '?dryRun=true&dryRun=true', '?dryrun=true'])(
    'is asked for with true or false: %s',
    async (query) => {
      const before = await service.journal('XXA');
      expect((await service.post(`/v1/states/XXA/inventories${query}`, inventory)).status).toBe(
        400,
      );
      expect(await service.journal('XXA')).toBe(before);
    },
  );

  it('is not meant by dryRun=false', async () => {
    const answer = await service.post('/v1/states/XXE/inventories?dryRun=false', inventory);
    expect(answer.status).toBe(201);
  });
});
