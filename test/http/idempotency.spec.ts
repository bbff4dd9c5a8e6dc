import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Service, type Answer } from '../support/service.ts';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

const path = '/v1/states/XXA/inventories';
const body = {
  effectiveDate: '2010',
  basis: 'newly-found',
  remarks: 'as told: {"b":1,"a":2}',
  lines: [{ munition: 'M14', quantity: 5, lot: 'L-1' }],
};

function withKey(key: string, more: Record<string, string> = {}) {
  return { headers: { 'idempotency-key': key, ...more } };
}

function replayed(answer: Answer, first: Answer): void {
  expect(answer.status).toBe(201);
  expect(answer.text).toBe(first.text);
  expect(answer.headers['idempotency-replayed']).toBe('true');
  for (const name of ['location', 'etag', 'content-type']) {
    expect(answer.headers[name]).toBe(first.headers[name]);
  }
}

describe('the same request with the same idempotency key', () => {
  let first: Answer;
  let before: string;
  beforeAll(async () => {
    first = await service.post(path, body, withKey('one'));
    before = await service.journal('XXA');
  });

  it('is answered as the first time, and says so', async () => {
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    replayed(await service.post(path, body, withKey('one')), first);
  });

  it('is the same when its fields come in another order, with other white space', async () => {
    const payload =
      '{ "lines" : [ { "lot":"L\\u002d1", "quantity":5.0, "munition":"M14" } ],\n' +
      '"remarks":"as told: {\\"b\\":1,\\"a\\":2}", "basis":"newly-found", "effectiveDate":"2010" }';
    replayed(await service.post(path, undefined, { ...withKey('one'), payload }), first);
  });

  it('is the same under another If-Match, and when its path is spelled otherwise', async () => {
    replayed(await service.post(path, body, withKey('one', { 'if-match': '"77"' })), first);
    replayed(await service.post('/v1/states/X%58A/inventories', body, withKey('one')), first);
  });

  it('is the same whoever of the State sends it again', async () => {
    const { key } = await service.keyFor('authority', ['XXA']);
    replayed(await service.post(path, body, { ...withKey('one'), key }), first);
  });

  it('is the same after the book has gone on, and after a restart', async () => {
    await service.found('XXA', 1, { munition: 'later' });
    replayed(await service.post(path, body, withKey('one')), first);
    await service.restart();
    replayed(await service.post(path, body, withKey('one')), first);
  });

  it('is the same after the journal was deleted and built anew', async () => {
    const all = await service.journal('XXA');
    await service.restart((folder) => {
      for (const name of readdirSync(folder).filter((n) => n.startsWith('journal-'))) {
        rmSync(join(folder, name));
      }
    });
    replayed(await service.post(path, body, withKey('one')), first);
    expect(await service.journal('XXA')).toBe(all);
    expect(all.startsWith(before.slice(0, -1))).toBe(true);
  });

  it.each([2, 20])('makes one entry when %d of them come at the same moment', async (times) => {
    const key = `at once ${times}`;
    const state = times === 2 ? 'XXD' : 'XXE';
    const answers = await Promise.all(
      Array.from({ length: times }, () =>
        service.post(`/v1/states/${state}/inventories`, body, withKey(key)),
      ),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual(Array(times).fill(201));
    const replays = answers.filter((a) => a.headers['idempotency-replayed'] === 'true');
    expect(replays).toHaveLength(times - 1);
    expect((await service.get(`/v1/states/${state}/remaining`)).body.remaining).toBe(5);
  });
});

describe('an idempotency key that made an entry', () => {
  beforeAll(async () => {
    await service.post(path, body, withKey('bound'));
  });

  it.each([
    ['another body', path, { ...body, remarks: 'other' }],
    ['a body without a field', path, { ...body, remarks: undefined }],
    ['null where nothing was', path, { ...body, reference: null }],
    ['another route', '/v1/states/XXA/releases', { effectiveDate: '2010', lines: body.lines }],
  ])('does not take %s', async (_, url, other) => {
    const before = await service.journal('XXA');
    const answer = await service.post(url, other, withKey('bound'));
    expect(answer.status).toBe(422);
    expect(answer.body.type).toBe('urn:stockpile-ledger:idempotency-key-reused');
    expect(await service.journal('XXA')).toBe(before);
  });

  it('is another key in another State', async () => {
    const [a, b] = await Promise.all(
      ['XXA', 'XXB'].map((state) =>
        service.post(`/v1/states/${state}/inventories`, body, withKey('bound')),
      ),
    );
    expect(b!.status).toBe(201);
    expect(b!.headers).not.toHaveProperty('idempotency-replayed');
    expect(b!.body.entry).not.toBe(a!.body.entry);
  });

  it('serves one of two different requests at the same moment, and refuses the other', async () => {
    const two = [1, 2].map((quantity) => ({ ...body, lines: [{ munition: 'M14', quantity }] }));
    const answers = await Promise.all(
      two.map((each) => service.post('/v1/states/XXF/inventories', each, withKey('contested'))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    const made = answers.findIndex(({ status }) => status === 201) + 1;
    expect((await service.get('/v1/states/XXF/remaining')).body.remaining).toBe(made);
  });
});

describe('an idempotency key that made no entry', () => {
  it('is free again after a refusal, an error in the body, and a dry run', async () => {
    const url = '/v1/states/XXC/inventories';
    const refused = await service.post(
      '/v1/states/XXC/releases',
      { effectiveDate: '2010', lines: body.lines },
      withKey('free'),
    );
    const invalid = await service.post(url, { ...body, lines: [] }, withKey('free'));
    const dry = await service.post(`${url}?dryRun=true`, body, withKey('free'));
    const conditional = await service.post(url, body, withKey('free', { 'if-match': '"5"' }));
    const statuses = [refused, invalid, dry, conditional].map(({ status }) => status);
    expect(statuses).toEqual([409, 422, 200, 412]);
    const made = await service.post(url, { ...body, remarks: 'other' }, withKey('free'));
    expect(made.status).toBe(201);
    expect(made.headers).not.toHaveProperty('idempotency-replayed');
  });
});

describe('a write without a proper idempotency key', () => {
  it.each([
    ['none', undefined, 'idempotency-key-missing'],
    ['an empty one', '', 'idempotency-key-missing'],
    ['one of 256 characters', 'k'.repeat(256), 'not-readable'],
    ['one that is not ASCII', 'clé', 'not-readable'],
  ])('is refused: %s', async (_, key, problem) => {
    const headers = {
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const answer = await service.request('POST', path, { headers, payload: JSON.stringify(body) });
    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe(`urn:stockpile-ledger:${problem}`);
    expect(answer.body.errors).toMatchObject([{ pointer: '?Idempotency-Key' }]);
  });

  it('is told everything that is wrong with its headers and parameters at once', async () => {
    const headers = {
      'content-type': 'application/json',
      'if-match': '4',
      'x-causation-id': 'a b',
    };
    const url = `${path}?dryRun=perhaps&force=1&other=2`;
    const answer = await service.request('POST', url, { headers, payload: JSON.stringify(body) });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(({ pointer }) => pointer)).toEqual([
      '?Idempotency-Key',
      '?If-Match',
      '?force',
      '?other',
      '?X-Causation-Id',
    ]);
  });
});
