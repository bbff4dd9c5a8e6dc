import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expectProblem } from '../support/problems.ts';
import { administrator, Service, type Answer, type AnswerBody } from '../support/service.ts';

let service: Service;
let port: number;
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXA', 100);
  await service.app.listen(0, '127.0.0.1');
  port = Number(new URL(await service.app.getUrl()).port);
});
afterAll(() => service.stop());

const authorization = `Bearer ${administrator}`;

/** Over a real connection, with the path exactly as written. */
async function real(method: string, path: string, headers = {}): Promise<Answer> {
  const sent = httpRequest({ port, method, path, headers: { authorization, ...headers } }).end();
  const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  let text = '';
  for await (const chunk of answer) text += String(chunk);
  const body = JSON.parse(text || '{}') as AnswerBody;
  return { status: answer.statusCode ?? 0, headers: answer.headers, text, body };
}

const state = '/v1/states/XXA';

describe('a query that can’t be read', () => {
  it.each([
    ['limit=0', '?limit'],
    ['limit=1001', '?limit'],
    ['limit=abc', '?limit'],
    ['limit=-1', '?limit'],
    ['limit=1e2', '?limit'],
    ['limit=1.0', '?limit'],
    ['limit=', '?limit'],
    ['limit=99999999999999999999', '?limit'],
    ['limit=5&limit=5', '?limit'],
    ['after=abc', '?after'],
    ['after=%00', '?after'],
    ['after=bnVsbA', '?after'],
    ['after=WzEsMl0', '?after'],
    ['after=a&after=b', '?after'],
    ['effective=2010-02-30', '?effective'],
    ['effective=1899', '?effective'],
    ['effective=2011/2010', '?effective'],
    ['effective=', '?effective'],
    ['effective=today', '?effective'],
    ['effective=2010&effective=2010', '?effective'],
    ['effective[]=2010', '?effective[]'],
    ['known=', '?known'],
    ['known=abc', '?known'],
    ['known=-1', '?known'],
    ['known=1.0', '?known'],
    ['known=0x10', '?known'],
    ['known=9223372036854775808', '?known'],
    ['known=99999999999999999999', '?known'],
    ['known=2026-11-23', '?known'],
    ['known=2026-11-23T10:00:00', '?known'],
    ['known=2026-11-23T10:00:00%2B00:00', '?known'],
    ['known=2026-02-30T10:00:00Z', '?known'],
    ['known=2026-13-01T10:00:00Z', '?known'],
    ['known=2026-11-23T25:00:00Z', '?known'],
    ['known=2026-11-23T24:00:00Z', '?known'],
    ['known=1&known=2', '?known'],
    ['munition=M14', '?munition'],
    ['__proto__=1', '?__proto__'],
    ['constructor=1', '?constructor'],
    ['Limit=5', '?Limit'],
  ])('%s', async (query, pointer) => {
    const answer = await service.get(`${state}/entries?${query}`);
    expect(expectProblem(answer, 'not-readable')).toEqual([pointer]);
  });

  it('is told everything that is wrong with it at once', async () => {
    const query = 'limit=0&known=x&effective=y&after=1&after=2&foo=1&bar=2&figure=z&lot=1&lot=2';
    const answer = await service.get(`${state}/remaining/explanation?${query}`);
    expect(expectProblem(answer, 'not-readable').sort()).toEqual(
      ['after', 'bar', 'effective', 'figure', 'foo', 'known', 'limit', 'lot'].map((n) => `?${n}`),
    );
  });

  it.each(['by=', 'by=colour', 'by=account,', 'by=account,,lot', 'by=difference', 'by=__proto__'])(
    'balances by what there is not: %s',
    async (query) => {
      const answer = await service.get(`${state}/balances?${query}`);
      expect(expectProblem(answer, 'not-readable')).toEqual(['?by']);
    },
  );

  it.each([
    'x',
    '',
    'toString',
    "held/stockpile'",
    'held/stockpile OR 1=1',
    'gone',
    'source/other',
  ])('an explanation of what is no figure: "%s"', async (figure) => {
    const url = `${state}/remaining/explanation?figure=${encodeURIComponent(figure)}`;
    expect(expectProblem(await service.get(url), 'not-readable')).toEqual(['?figure']);
  });

  const cursors: [string, unknown][] = [
    ['remaining/explanation', [20100101, 'abc', 0, 0]],
    ['remaining/explanation', [20100101, '9'.repeat(30), 0, 0]],
    ['remaining/explanation', [20100101, '9223372036854775808', 0, 0]],
    ['remaining/explanation', [20100101, '-5', 0, 0]],
    ['remaining/explanation', [20100101, '', 0, 0]],
    ['remaining/explanation', [20100101, '0x10', 0, 0]],
    ['remaining/explanation', [2 ** 60, '1', 0, 0]],
    ['differences', ['abc', 1]],
    ['differences', ['1', 1.5]],
    ['differences', ['1', null]],
    ['balances', [1.5]],
    ['balances', ['1']],
    ['entries', [null]],
    ['entries', { 0: 1, length: 1 }],
    ['entries', 'x'],
    ['entries', []],
  ];
  it.each(cursors)('a cursor that no page gave, on %s: %j', async (list, cursor) => {
    const after = Buffer.from(JSON.stringify(cursor)).toString('base64url');
    const answer = await service.get(`${state}/${list}?after=${after}`);
    expect(expectProblem(answer, 'not-readable')).toEqual(['?after']);
  });

  it.each(['zzz', 'abw', 'XX', 'ABW,AFG'])('a cursor of States: %s', async (after) => {
    const answer = await service.get(`/v1/states?after=${after}`);
    expect(expectProblem(answer, 'not-readable')).toEqual(['?after']);
  });

  it.each(['x', '-1', '1.5', '', '99999999999999999999'])('Ledger-Min-Position: %s', async (p) => {
    const headers = { 'ledger-min-position': p };
    const answer = await service.get(`${state}/remaining`, { headers });
    expect(expectProblem(answer, 'not-readable')).toEqual(['?Ledger-Min-Position']);
  });
});

describe('a path that leads nowhere', () => {
  it.each([
    'xxa',
    'ABC',
    'XX',
    'XXAA',
    'constructor',
    '__proto__',
    'XXA%2F',
    'XXA%00',
    'XXA%20',
    '%D0%A5%D0%A5A',
  ])('no such State: %s', async (code) => {
    expectProblem(await real('GET', `/v1/states/${code}/remaining`), 'unknown-state');
    const body = { effectiveDate: '2010', basis: 'declared', lines: [] };
    expectProblem(await service.post(`/v1/states/${code}/inventories`, body), 'unknown-state');
  });

  it.each([
    ...['/v1', '/v1/nothing', '/v1/states/', '//v1/states', '/V1/states', '/v1/states/XXA'],
    ...[
      '/v1/states/XXA/remaining/',
      '/v1/states/XXA/remaining;x=1',
      '/v1/states/XXA/../XXB/remaining',
    ],
    ...['/v1/states/XXA%2Fremaining', '/v1/states//remaining', '/v1/states/XXA/REMAINING', '*'],
    `/v1/${'a'.repeat(10_000)}`,
  ])('%s', async (path) => {
    expectProblem(await real('GET', path), 'not-found');
  });

  it.each(['%', '%zz', '%ff', '%c0%af', '%ed%a0%80', 'A'.repeat(300)])(
    'a part of it is no name: %s',
    async (part) => {
      expectProblem(await real('GET', `/v1/states/${part}/remaining`), 'not-readable');
      expectProblem(await real('POST', `/v1/states/${part}/inventories`), 'not-readable');
    },
  );

  it('is the same path however its letters are encoded', async () => {
    const plain = await real('GET', `${state}/remaining`);
    const encoded = await real('GET', '/v1/%73tates/%58X%41/remaining');
    expect([encoded.status, encoded.text]).toEqual([200, plain.text]);
  });

  it.each([
    ['POST', `${state}/remaining`, 'GET, HEAD'],
    ['OPTIONS', '/v1/%73tates/XXA/remaining?known=1', 'GET, HEAD'],
    ['PUT', `${state}/entries/x/reversal`, 'GET, HEAD'],
    ['GET', `${state}/inventories`, 'POST'],
    ['DELETE', `${state}/inventories`, 'POST'],
    ['PATCH', '/v1/keys', 'GET, HEAD, POST'],
    ['GET', '/v1/keys/x', 'DELETE'],
  ])('%s %s, which takes other methods, is told which', async (method, path, methods) => {
    const answer = await real(method, path);
    expect(expectProblem(answer, 'method-not-allowed')).toEqual([]);
    expect(answer.headers['allow']).toBe(methods);
    expect(answer.body.detail).toContain(methods);
  });

  it.each(['/v1', '/v1/states/', `${state}/remaining/`, `${state}/Remaining`, '/v1/keys/'])(
    '%s is no path, whatever the method',
    async (path) => {
      for (const method of ['GET', 'PUT']) {
        const answer = await real(method, path);
        expectProblem(answer, 'not-found');
        expect(answer.headers['allow']).toBeUndefined();
      }
    },
  );

  it('an entry that there is not, or that is another State’s', async () => {
    const { body } = await service.found('XXB', 1);
    for (const id of [body.entry, body.entry.toUpperCase(), 'x', '%27', 'null']) {
      for (const end of ['', '/reversal']) {
        expectProblem(await real('GET', `${state}/entries/${id}${end}`), 'not-found');
      }
    }
  });
});

describe('a request at the edge of HTTP', () => {
  it('to the root is told where to read on', async () => {
    const { status, body } = await real('GET', '/');
    expect(status).toBe(200);
    const { service: name, ...places } = body as unknown as Record<string, string>;
    expect(name).toBe('Stockpile Ledger');
    expect(Object.keys(places)).toHaveLength(3);
    for (const place of Object.values(places)) {
      const sent = await fetch(`http://127.0.0.1:${port}${place}`);
      expect([place, sent.status]).toEqual([place, 200]);
    }
  });

  it('HEAD is answered like GET, without a body, and opens no feed', async () => {
    const get = await real('GET', `${state}/remaining`);
    const head = await real('HEAD', `${state}/remaining`);
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    const feed = await real('HEAD', '/v1/feed');
    expect([feed.status, feed.headers['content-type']]).toEqual([200, 'text/event-stream']);
  });

  it('is a problem when its path or its headers are longer than 16 KiB', async () => {
    expectProblem(await real('GET', `/v1/${'a'.repeat(20_000)}`), 'not-readable');
    expectProblem(await real('GET', state, { 'x-long': 'a'.repeat(20_000) }), 'not-readable');
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['a header without a name', 'GET /health/live HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
  ])('is a problem when it is %s', async (_, text) => {
    const socket = connect(port, '127.0.0.1').end(text);
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
    expect(said).toContain('application/problem+json');
    expect(JSON.parse(said.slice(said.indexOf('{')))).toMatchObject({
      type: 'urn:stockpile-ledger:not-readable',
      status: 400,
    });
  });

  it('leaves the service alive when the client goes in the middle of a body', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = `POST ${state}/inventories HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"lines":`);
    socket.destroy();
    await once(socket, 'close');
    expect((await real('GET', '/health/ready')).status).toBe(200);
    expect((await service.get(`${state}/remaining`)).body.remaining).toBe(100);
  });
});
