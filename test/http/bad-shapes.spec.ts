import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { limits } from '../../src/limits.ts';
import { expectProblem } from '../support/problems.ts';
import { Service, type Answer } from '../support/service.ts';

let service: Service;
let before: string;
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXA', 100);
  before = await service.journal('XXA');
});
afterEach(async () => expect(await service.journal('XXA')).toBe(before));
afterAll(() => service.stop());

const path = '/v1/states/XXA/inventories';

function send(payload: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> {
  return service.post(path, undefined, { payload, headers });
}

function sound(more: object = {}, line: object = {}): string {
  const lines = [{ munition: 'M14', quantity: 5, ...line }];
  return JSON.stringify({ effectiveDate: '2010', basis: 'newly-found', lines, ...more });
}

describe('a body that can’t be read', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n '],
    ['half an object', '{"lines":['],
    ['JavaScript', '{lines: []}'],
    ['something behind the object', `${sound()}x`],
    ['two objects', `${sound()}${sound()}`],
    ['a comment', `${sound()} // right?`],
    ['NaN', sound({}, { quantity: 0 }).replace(':0', ':NaN')],
    ['a number in hex', sound({}, { quantity: 0 }).replace(':0', ':0x10')],
    ['100,000 brackets', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['100,000 objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
    ['100,000 brackets that never close', '['.repeat(100_000)],
    ['a field that nests 21 levels', `{"lines":${'['.repeat(20)}${']'.repeat(20)}}`],
  ])('%s', async (_, payload) => {
    expect(expectProblem(await send(payload), 'not-readable')).toEqual([]);
  });

  it.each([
    ['a field', sound().replace('{', '{"basis":"declared",'), ['/basis']],
    [
      'a quantity',
      sound().replace('"quantity":5', '"quantity":5,"quantity":500'),
      ['/lines/0/quantity'],
    ],
    [
      'a name written in two ways',
      sound({ '\\u006cines': [] }).replace('\\\\u', '\\u'),
      ['/lines'],
    ],
    [
      'a field of no one',
      sound({ '}": "{[,~/': 1 }).replace('{', '{"}\\": \\"{[,~/":2,'),
      ['/}": "{[,~0~1'],
    ],
    [
      'several, one of them thrice',
      sound({}, { remarks: ':{"' }).replace(
        '{"m',
        '{"lot":"A","lot":"B","lot":"C","munition":"X","m',
      ),
      ['/lines/0/lot', '/lines/0/lot', '/lines/0/munition'],
    ],
  ])('that gives %s twice: neither is taken for the right one', async (_, payload, pointers) => {
    expect(expectProblem(await send(payload), 'not-readable')).toEqual(pointers);
  });

  it('bytes that are not UTF-8, whatever they look like elsewhere', async () => {
    const latin1 = Buffer.from(sound({ remarks: 'Dépôt' }), 'latin1');
    expectProblem(await send(latin1), 'not-readable');
    const utf16 = Buffer.from(sound(), 'utf16le');
    const type = { 'content-type': 'application/json; charset=utf-16' };
    expectProblem(await send(utf16, type), 'not-readable');
    const surrogates = Buffer.from(sound({ remarks: '?' })).fill(0xff, 12, 13);
    expectProblem(await send(surrogates), 'not-readable');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'text/json'])(
    'of type %s',
    async (type) => {
      expectProblem(await send(sound(), { 'content-type': type }), 'unsupported-media-type');
    },
  );

  it('of more than 2 MiB', async () => {
    const payload = sound({ remarks: 'r'.repeat(limits.bodyBytesMax) });
    expectProblem(await send(payload), 'too-large');
  });

  it('is refused by its size before it is read, though it says it is small', async () => {
    const payload = Buffer.alloc(limits.bodyBytesMax + 1, 0x5b);
    expectProblem(await send(payload), 'too-large');
  });
});

describe('a body that is JSON, but no entry', () => {
  it.each(['null', 'true', '1', '"x"', '[]', '[{}]', sound().replace(/^/, '[') + ']'])(
    '%s',
    async (payload) => expect(expectProblem(await send(payload), 'invalid')).toEqual(['']),
  );

  it.each(['{}', '{"lines":[{}]}'])('%s: told what is missing', async (payload) => {
    expect(expectProblem(await send(payload), 'invalid')).toContain('/effectiveDate');
  });

  const names = Object.getOwnPropertyNames(Object.prototype);
  it.each([...names, 'prototype'])('with a field named %s', async (name) => {
    const field = JSON.stringify(name);
    const top = sound().replace('{', `{${field}:{"quantity":1},`);
    expect(expectProblem(await send(top), 'invalid')).toEqual([`/${name}`]);
    const line = sound().replace('[{', `[{${field}:1,`);
    expect(expectProblem(await send(line), 'invalid')).toEqual([`/lines/0/${name}`]);
    expect({}).not.toHaveProperty('quantity');
  });

  it('with a prototype hidden behind an escape', async () => {
    const payload = sound().replace('{', '{"\\u005f_proto__":{"quantity":1},');
    expect(expectProblem(await send(payload), 'invalid')).toEqual(['/__proto__']);
  });

  it.each(['\ud800', 'x\udfff', '\udc00\ud800', '\ud800x'])(
    'with half a character: %j',
    async (half) => {
      const inText = await send(sound({ remarks: half }, { munition: half }));
      expect(expectProblem(inText, 'invalid')).toEqual(['/lines/0/munition', '/remarks']);
      const inName = await send(sound({ [half]: 1 }));
      expect(expectProblem(inName, 'invalid')).toHaveLength(1);
    },
  );
});

describe('lines that are no list of lines', () => {
  it.each([
    ['[]', '/lines'],
    ['{}', '/lines'],
    ['{"length":1000000000}', '/lines'],
    ['{"0":{"munition":"M14","quantity":5},"length":1}', '/lines'],
    ['{"munition":"M14","quantity":5}', '/lines'],
    ['{"forEach":1,"map":1}', '/lines'],
    ['"M14"', '/lines'],
    ['5', '/lines'],
    ['true', '/lines'],
    ['null', '/lines'],
    ['[[]]', '/lines/0'],
    ['[[[]]]', '/lines/0'],
    ['[[{"munition":"M14","quantity":5}]]', '/lines/0'],
    ['[null]', '/lines/0'],
    ['["M14"]', '/lines/0'],
    ['[5]', '/lines/0'],
    ['[{"munition":"M14","quantity":5},null]', '/lines/1'],
  ])('%s', async (lines, pointer) => {
    const payload = sound({ lines: 0 }).replace('"lines":0', `"lines":${lines}`);
    expect(expectProblem(await send(payload), 'invalid')).toEqual([pointer]);
  });

  it.each([
    ['{}', '/evidence'],
    ['{"length":3}', '/evidence'],
    ['"p.pdf"', '/evidence'],
    ['[[]]', '/evidence/0'],
    ['[[{"name":"a","mediaType":"b","sha256":"c"}]]', '/evidence/0'],
    ['[null]', '/evidence/0'],
    ['["p.pdf"]', '/evidence/0'],
  ])('evidence: %s', async (evidence, pointer) => {
    const payload = sound({ evidence: 0 }).replace('"evidence":0', `"evidence":${evidence}`);
    expect(expectProblem(await send(payload), 'invalid')).toEqual([pointer]);
  });

  it('of 10,001 are too many, and 101 documents', async () => {
    const lines = Array.from({ length: 10_001 }, (_, n) => ({ munition: `M${n}`, quantity: 1 }));
    expect(expectProblem(await send(sound({ lines })), 'invalid')).toEqual(['/lines']);
    const document = { name: 'p', mediaType: 'text/plain', sha256: 'a'.repeat(64) };
    const evidence = Array(101).fill(document);
    expect(expectProblem(await send(sound({ evidence })), 'invalid')).toEqual(['/evidence']);
  });
});

describe('a body made to keep the service busy', () => {
  it.each([
    ['690,000 empty lines', `{"lines":[${'{},'.repeat(690_000)}{}]}`],
    ['690,000 empty lists', `{"lines":[${'[],'.repeat(690_000)}[]]}`],
    ['1,000,000 numbers', `{"lines":[${'1,'.repeat(1_000_000)}1]}`],
    ['150,000 fields', `{${Array.from({ length: 150_000 }, (_, n) => `"a${n}":1`).join(',')}}`],
    ['a key of 2 MB', `{"${'k'.repeat(2_000_000)}":1}`],
    ['a list of 10,000 lists', `{"lines":[${'[1,2,3],'.repeat(10_000)}1]}`],
  ])('%s is refused at once', async (_, payload) => {
    const start = performance.now();
    expectProblem(await send(payload), 'invalid');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('with a list of half a million States for a key', async () => {
    const states = Array<string>(500_000).fill('X');
    const answer = await service.post('/v1/keys', { name: 'a', role: 'auditor', states });
    expect(expectProblem(answer, 'invalid')).toEqual(['/states']);
  });
});

describe('10,000 lines', () => {
  it('are one entry', async () => {
    const lines = Array.from({ length: 10_000 }, (_, n) => ({
      munition: 'PMN-2',
      quantity: n + 1,
      lot: `lot ${n}`,
    }));
    const body = { effectiveDate: '2010', basis: 'declared', lines };
    const answer = await service.post('/v1/states/XXB/inventories', body);
    expect([answer.status, answer.body.postings.length]).toEqual([201, 20_000]);
    expect((await service.get('/v1/states/XXB/remaining')).body.remaining).toBe(50_005_000);
    const entry = await service.get(String(answer.headers['location']));
    expect(entry.body).toMatchObject({ body: { lines } });
  });
});
