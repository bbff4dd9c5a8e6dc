import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, ModulesContainer, NestFactory } from '@nestjs/core';
import { Controller, Get, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppModule } from '../../src/app.module.ts';
import { readSettings } from '../../src/settings.ts';
import { permissionKey } from '../../src/access/access.decorators.ts';
import { roles } from '../../src/access/policy.ts';
import { kinds, paths } from '../../src/ledger/kinds.ts';
import { expectProblem } from '../support/problems.ts';
import { administrator, Service } from '../support/service.ts';

let service: Service;
const keys: Record<string, { id: string; key: string }> = {};
beforeAll(async () => {
  service = await Service.start();
  await service.found('XXA', 5);
  await service.found('XXB', 5);
  for (const role of roles) keys[role] = await service.keyFor(role, ['XXA']);
  keys['everywhere'] = await service.keyFor('auditor', 'all');
});
afterAll(() => service.stop());

const readsOfState = ['remaining', 'remaining/explanation', 'balances', 'entries', 'differences'];

function as(who: string, method: string, url: string) {
  const key = keys[who]!.key;
  return method === 'POST' ? service.post(url, {}, { key }) : service.request(method, url, { key });
}

describe('without a valid key', () => {
  it.each([
    ['none', ''],
    ['a wrong one', 'Bearer wrong'],
    ['another scheme', `Basic ${administrator}`],
    ['no scheme', administrator],
    ['two', `Bearer ${administrator} ${administrator}`],
    ['one with something behind it', `Bearer ${administrator}x`],
    ['half of it', `Bearer ${administrator.slice(0, -1)}`],
    ['its hash', 'Bearer 0000000000000000000000000000000000000000000000000000000000000000'],
  ])('nothing is answered: %s', async (_, authorization) => {
    const headers = { authorization };
    for (const url of [
      '/v1/states',
      '/v1/totals',
      '/v1/feed',
      '/v1/keys',
      '/v1/states/XXA/remaining',
      '/v1/states/ZZZ/remaining',
    ]) {
      const answer = await service.request('GET', url, { key: '', headers });
      expectProblem(answer, 'unauthenticated');
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    }
    const before = await service.journal('XXA');
    const body = {
      effectiveDate: '2010',
      basis: 'declared',
      lines: [{ munition: 'A', quantity: 1 }],
    };
    const write = await service.post('/v1/states/XXA/inventories', body, { key: '', headers });
    expectProblem(write, 'unauthenticated');
    expect(await service.journal('XXA')).toBe(before);
  });

  it('health and the description of the API are open', async () => {
    for (const url of ['/', '/health/live', '/health/ready', '/openapi.json', '/docs']) {
      expect((await service.request('GET', url, { key: '' })).status).toBe(200);
    }
  });
});

describe('a key is good for its States and its role', () => {
  it.each(['authority', 'auditor', 'reporting', 'secretariat'])('%s reads its own', async (who) => {
    for (const path of readsOfState) {
      expect((await as(who, 'GET', `/v1/states/XXA/${path}`)).status).toBe(200);
    }
    const { items } = (await as(who, 'GET', '/v1/states')).body;
    expect(items.map(({ state }) => state)).toEqual(['XXA']);
  });

  it.each(roles)('%s of one State reads no other, nor all together', async (who) => {
    for (const path of [...readsOfState, 'entries/x', 'entries/x/reversal']) {
      expectProblem(await as(who, 'GET', `/v1/states/XXB/${path}`), 'forbidden');
    }
    expectProblem(await as(who, 'GET', '/v1/totals'), 'forbidden');
  });

  it.each(roles.filter((r) => r !== 'authority' && r !== 'administrator'))(
    '%s records nothing',
    async (who) => {
      // What the secretariat may turn round are the treaty's facts: tested with them.
      const closed = kinds.filter((kind) => who !== 'secretariat' || kind !== 'reversal');
      for (const kind of closed) {
        expectProblem(await as(who, 'POST', `/v1/states/XXA/${paths[kind]}`), 'forbidden');
        expectProblem(
          await as(who, 'POST', `/v1/states/XXA/${paths[kind]}?dryRun=true`),
          'forbidden',
        );
      }
    },
  );

  it('an authority records for its own State only', async () => {
    for (const kind of kinds) {
      expectProblem(await as('authority', 'POST', `/v1/states/XXB/${paths[kind]}`), 'forbidden');
      expectProblem(await as('authority', 'POST', `/v1/states/XXA/${paths[kind]}`), 'invalid');
    }
    const body = {
      effectiveDate: '2010',
      basis: 'seized',
      lines: [{ munition: 'A', quantity: 1 }],
    };
    const { status } = await service.post('/v1/states/XXA/inventories', body, keys['authority']);
    expect(status).toBe(201);
  });

  it('only an administrator of all States makes keys, and an auditor of all sees them', async () => {
    for (const who of [...roles, 'everywhere']) {
      const seen = await as(who, 'GET', '/v1/keys');
      if (who === 'everywhere') expect(seen.status).toBe(200);
      else expectProblem(seen, 'forbidden');
      expectProblem(await as(who, 'POST', '/v1/keys'), 'forbidden');
      expectProblem(await as(who, 'DELETE', `/v1/keys/${keys['auditor']!.id}`), 'forbidden');
    }
    expect((await as('everywhere', 'GET', '/v1/totals')).status).toBe(200);
  });
});

describe('keys', () => {
  it('are shown once and kept only as a hash', async () => {
    const asked = { name: 'Depot', role: 'reporting', states: ['UKR', 'XXA'] };
    const headers = { 'idempotency-key': 'depot' };
    const made = await service.post('/v1/keys', asked, { headers });
    expect(made.status).toBe(201);
    expect(made.body.key).toMatch(/^[\w-]{43}$/);
    const again = await service.post('/v1/keys', asked, { headers });
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(again.body).toEqual({ ...made.body, key: null });
    const other = await service.post('/v1/keys', { ...asked, role: 'authority' }, { headers });
    expectProblem(other, 'idempotency-key-reused');
    const { items } = (await service.get('/v1/keys')).body;
    expect(items).toContainEqual({ ...made.body, key: undefined });
    expect(JSON.stringify(items)).not.toContain('hash');
  });

  it('made twice at the same moment are one', async () => {
    const headers = { 'idempotency-key': 'twice' };
    const asked = { name: 'Twice', role: 'auditor', states: 'all' };
    const made = await Promise.all(
      [1, 2, 3].map(() => service.post('/v1/keys', asked, { headers })),
    );
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
    expect(made.filter(({ body }) => typeof body.key === 'string')).toHaveLength(1);
  });

  it.each([
    [{ name: 'x', role: 'king', states: 'all' }, '/role'],
    [{ name: 'x', role: 'auditor', states: ['ZZZ'] }, '/states'],
    [{ name: 'x', role: 'auditor', states: [] }, '/states'],
    [{ name: 'x', role: 'auditor', states: 'XXA' }, '/states'],
    [{ name: 'x', role: 'auditor', states: { length: 1 } }, '/states'],
    [{ name: 'x', role: 'auditor' }, '/states'],
    [{ name: ' ', role: 'auditor', states: 'all' }, '/name'],
    [{ name: 'x', role: 'auditor', states: 'all', hash: 'a' }, '/hash'],
  ])('can’t be made of %j', async (body, pointer) => {
    expect(expectProblem(await service.post('/v1/keys', body), 'invalid')).toEqual([pointer]);
  });

  it('open nothing from the moment they are revoked, also after a restart', async () => {
    const { id, key } = await service.keyFor('auditor', 'all');
    expect((await service.request('GET', '/v1/totals', { key })).status).toBe(200);
    expect((await service.request('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    expectProblem(await service.request('GET', '/v1/totals', { key }), 'unauthenticated');
    expect((await service.request('DELETE', `/v1/keys/${id}`)).status).toBe(204);
    await service.restart();
    expectProblem(await service.request('GET', '/v1/totals', { key }), 'unauthenticated');
    expect((await service.request('GET', '/v1/totals', keys['everywhere'])).status).toBe(200);
    expectProblem(await service.request('DELETE', '/v1/keys/none'), 'not-found');
  });

  it('of the last administrator for all States can’t be taken back', async () => {
    const { items } = (await service.get('/v1/keys')).body;
    const making = items.filter(
      (k) => k['role'] === 'administrator' && k['states'] === 'all' && k['revokedAt'] === null,
    );
    const first = making.find(({ name }) => name === 'bootstrap')!;
    for (const { id } of making) {
      if (id !== first['id']) await service.request('DELETE', `/v1/keys/${String(id)}`);
    }
    await service.keyFor('administrator', ['XXA']);
    const remove = () => service.request('DELETE', `/v1/keys/${String(first['id'])}`);
    expectProblem(await remove(), 'last-administrator');
    expect((await service.get('/v1/keys')).status).toBe(200);
  });

  it('of the first administrator stay revoked though the setting is still there', async () => {
    const { key } = await service.keyFor('administrator', 'all');
    const { items } = (await service.get('/v1/keys')).body;
    const first = items.find(({ name }) => name === 'bootstrap')!;
    const revoked = await service.request('DELETE', `/v1/keys/${String(first['id'])}`, { key });
    expect(revoked.status).toBe(204);
    expectProblem(await service.request('GET', '/v1/states'), 'unauthenticated');
    await service.restart();
    expectProblem(await service.request('GET', '/v1/states'), 'unauthenticated');
    expect((await service.request('GET', '/v1/keys', { key })).status).toBe(200);
  });
});

describe('every route', () => {
  it('says who may use it, or is closed to everyone', () => {
    const discovery = new DiscoveryService(service.app.get(ModulesContainer));
    const scanner = new MetadataScanner();
    const routes = discovery.getControllers().flatMap(({ instance, metatype }) => {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, method: prototype[name]!, controller: metatype as object }))
        .filter(({ method }) => Reflect.hasMetadata(PATH_METADATA, method));
    });
    expect(routes.length).toBeGreaterThanOrEqual(24);
    const policies = routes.map(({ name, method, controller }) => [
      name,
      (Reflect.getMetadata(permissionKey, method) ??
        Reflect.getMetadata(permissionKey, controller)) as unknown,
    ]);
    const known = [
      'anyone',
      'read',
      'read-some',
      'record',
      'record-facts',
      'reverse',
      'describe-munitions',
      'read-keys',
      'manage-keys',
    ];
    expect(policies.filter(([, policy]) => !known.includes(String(policy)))).toEqual([]);
    const openRoutes = policies.filter(([, policy]) => policy === 'anyone').map(([name]) => name);
    expect(openRoutes.sort()).toEqual(['entrance', 'live', 'ready']);
  });

  it('asks for a key, but for health and the description', async () => {
    const open: string[] = [];
    for (const { method, url } of service.routes) {
      const asked = url.replace(':state', 'XXA').replace(':id', 'x');
      const answer = await service.request(method, asked, { key: '' });
      if (answer.status !== 401 && !url.startsWith('/docs')) open.push(url);
    }
    expect(service.routes.length).toBeGreaterThanOrEqual(40);
    expect([...new Set(open)].sort()).toEqual(['/', '/health/live', '/health/ready']);
  });

  it('that someone forgets to give a policy is closed to everyone', async () => {
    @Controller('v1/forgotten')
    class Forgotten {
      @Get()
      answer() {
        return 'open to all';
      }
    }
    @Module({})
    class WithForgotten {}
    const folder = mkdtempSync(join(tmpdir(), 'stockpile-forgotten-'));
    const settings = { STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: administrator };
    const service = AppModule.with(readSettings(settings));
    const module = { module: WithForgotten, imports: [service], controllers: [Forgotten] };
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
      logger: false,
    });
    await app.init();
    const answer = async (headers: Record<string, string>) =>
      (await app.inject({ method: 'GET', url: '/v1/forgotten', headers })).statusCode;
    expect(await answer({})).toBe(401);
    expect(await answer({ authorization: `Bearer ${administrator}` })).toBe(403);
    await app.close();
    rmSync(folder, { recursive: true });
  });
});
