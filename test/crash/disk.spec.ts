import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './checker.ts';
import { Clients, readFinal, writeUntil } from './clients.ts';
import {
  canFailSystemCalls,
  canLimitFileSize,
  failSystemCalls,
  limitFileSize,
  SmallDisk,
} from './disk.ts';
import { Random, seedFor } from './random.ts';
import { openings } from './requests.ts';
import { killAll, Service, type Reply } from './service.ts';

const disk = SmallDisk.mount(24);
const skip = (what: string): typeof describe.skip => {
  process.stdout.write(`\n*** SKIPPED: ${what} ***\n\n`);
  return describe.skip;
};
const onSmallDisk = disk ? describe : skip('full disk: mounting a tmpfs is not possible here');
const withStrace = canFailSystemCalls()
  ? describe
  : skip('failing system calls: no strace here that may attach to a process');
const withLimits = canLimitFileSize() ? describe : skip('I/O errors: there is no prlimit here');

const seized = (quantity: number) => ({
  effectiveDate: '2010',
  basis: 'seized',
  lines: [{ munition: 'M14', quantity }],
});

function post(service: Service, key: string, quantity = 1): Promise<Reply> {
  const headers = { 'Idempotency-Key': key };
  return service.ask('/v1/states/XXA/inventories', {
    method: 'POST',
    headers,
    body: seized(quantity),
  });
}

const typeOf = ({ body }: Reply): string | undefined =>
  (body as { type?: string }).type?.split(':').at(-1);

/** Keys in the book of XXA, in their order. */
async function keysIn(service: Service): Promise<string[]> {
  const { entries } = await readFinal(service, 'XXA');
  return (entries as { idempotencyKey: string }[]).map(({ idempotencyKey }) => idempotencyKey);
}

onSmallDisk('On a full disk', () => {
  const small = disk as SmallDisk;
  let service: Service;

  beforeEach(async () => {
    rmSync(small.data, { recursive: true, force: true });
    service = new Service(small.data);
    await service.ready();
  });
  afterEach(async () => {
    small.clear();
    await killAll();
  });
  afterAll(() => small.unmount());

  it('refuses entries with 503 and Retry-After, reads on, and goes on when there is space', async () => {
    await post(service, 'before');
    small.fill();
    for (let n = 0; n < 3; n++) {
      const refused = await post(service, 'during');
      expect(refused.status).toBe(503);
      expect(typeOf(refused)).toBe('storage-unavailable');
      expect(refused.headers['retry-after']).toMatch(/^\d+$/);
      expect(await keysIn(service)).toEqual(['before']);
      const ready = await service.ask('/health/ready');
      expect(ready).toMatchObject({ status: 503, body: { status: 'disk-full' } });
    }
    small.clear();
    expect((await service.ask('/health/ready')).status).toBe(200);
    const recorded = await post(service, 'during');
    expect(recorded.status).toBe(201);
    expect(recorded.headers['idempotency-replayed']).toBeUndefined();
    const again = await post(service, 'during');
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(recorded.body);
    expect(await keysIn(service)).toEqual(['before', 'during']);
  });

  it('is not ready when the log had space and the journal had none, and mends itself', async () => {
    let recorded: Reply;
    let tries = 0;
    let left = 0;
    do {
      small.fill((left += 1));
      recorded = await post(service, 'entry');
      tries += 1;
    } while (recorded.status !== 201 && left < 40);
    expect(recorded.status).toBe(201);
    const { status, body, headers } = await service.ask('/health/ready');
    expect(status).toBe(503);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body).toMatchObject({ status: 'stopped', reason: 'database or disk is full' });
    const read = await service.ask('/v1/states/XXA/remaining');
    expect([read.status, typeOf(read)]).toEqual([503, 'not-ready']);
    expect(typeOf(await post(service, 'another'))).toBe('not-ready');
    small.clear();
    await service.ready();
    expect(await keysIn(service)).toEqual(['entry']);
    expect((await post(service, 'entry')).body).toEqual(recorded.body);
    process.stdout.write(`disk: the log took ${tries} tries, with ${left} pages left at last\n`);
  });

  it('keeps what it acknowledged when it is killed on it and started again', async () => {
    await post(service, 'before');
    small.fill();
    await post(service, 'during');
    await service.kill();
    const onFull = new Service(small.data);
    await onFull.ready().catch(() => undefined);
    if (onFull.ended !== undefined) {
      expect(onFull.ended).toEqual({ code: 1, signal: null });
      expect(onFull.output).toMatch(/^stockpile: .*disk is full$/m);
    }
    small.clear();
    await onFull.kill();
    const after = new Service(small.data);
    await after.ready();
    expect(await keysIn(after)).toEqual(['before']);
    expect((await post(after, 'during')).status).toBe(201);
  });

  it('neither loses nor doubles anything while it fills up again and again under writers', async () => {
    const random = new Random(seedFor('disk'));
    const clients = new Clients();
    const states = ['XXA', 'XXB'];
    let over = false;
    clients.open(service);
    for (const state of states) {
      for (const request of openings()) await clients.record(state, request);
    }
    const working = Array.from({ length: 8 }, () =>
      writeUntil(clients, random.fork(), states, () => over),
    );
    for (let cycle = 0; cycle < 12; cycle++) {
      small.fill(cycle % 3 === 0 ? 0 : random.int(1, 60));
      await Promise.race([clients.more(random.int(1, 20), 'putOff'), service.end]);
      if (service.ended !== undefined) throw new Error(`it ended by itself:\n${service.output}`);
      if (cycle % 4 === 3) {
        clients.close();
        await service.kill();
        small.clear();
        service = new Service(small.data);
        await service.ready();
        clients.open(service);
      }
      small.clear();
      await clients.more(random.int(1, 40));
    }
    over = true;
    await Promise.all(working);
    await service.ready();
    for (const state of states) clients.finals.push(await readFinal(service, state));
    process.stdout.write(
      `disk: ${clients.acknowledged} answers 201, ${clients.putOff} requests put off\n`,
    );
    expect(check(clients)).toEqual([]);
  }, 120_000);
});

withLimits('After an error of the disk in the middle of a commit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-io-'));
  afterAll(async () => {
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says that the outcome is unknown until a restart tells, and not that nothing was recorded', async () => {
    const service = new Service(folder);
    await service.ready();
    await post(service, 'before');
    limitFileSize(service.pid, 4_096);
    for (let n = 0; n < 2; n++) {
      const unknown = await post(service, 'during');
      expect([unknown.status, typeOf(unknown)]).toEqual([503, 'outcome-unknown']);
      expect(unknown.headers['retry-after']).toMatch(/^\d+$/);
    }
    limitFileSize(service.pid, 'unlimited');
    expect(typeOf(await post(service, 'during'))).toBe('outcome-unknown');
    expect(typeOf(await post(service, 'after'))).toBe('storage-unavailable');
    const { status, body } = await service.ask('/health/ready');
    expect([status, body]).toMatchObject([503, { status: 'store-failed' }]);
    expect(await keysIn(service)).toEqual(['before']);
    await service.stop();
    const restarted = new Service(folder);
    await restarted.ready();
    expect((await post(restarted, 'during')).status).toBe(201);
    expect((await post(restarted, 'after')).status).toBe(201);
    expect(await keysIn(restarted)).toEqual(['before', 'during', 'after']);
    await restarted.stop();
  }, 30_000);
});

withStrace('When the disk fails a system call of the service', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stockpile-io-'));
  });
  afterEach(async () => {
    await killAll();
    rmSync(folder, { recursive: true, force: true });
  });

  const failures = [
    ['syncing', 'fsync:error=EIO'],
    ['its first write', 'pwrite64:error=EIO:when=1'],
    ['a write in the middle', 'pwrite64:error=EIO:when=4'],
    ['its last writes, those of the journal', 'pwrite64:error=EIO:when=8+'],
    ['a write for want of space', 'pwrite64:error=ENOSPC:when=5'],
  ] as const;

  it.each(failures)('at %s, no answer is wrong, and a restart settles it', async (_, inject) => {
    const clients = new Clients();
    const service = new Service(folder);
    await service.ready();
    clients.open(service);
    const request = { path: 'inventories', body: seized(3) };
    for (let n = 0; n < 3; n++) await clients.record('XXA', request);
    const mend = await failSystemCalls(service.pid, inject);
    const pending = [1, 2, 3].map(() => clients.record('XXA', request));
    await Promise.race([Promise.all(pending), clients.more(12, 'putOff')]);
    expect(await mend()).toBeGreaterThan(0);
    clients.close();
    await service.kill();
    const restarted = new Service(folder);
    await restarted.ready();
    clients.open(restarted);
    await Promise.all(pending);
    clients.finals.push(await readFinal(restarted, 'XXA'));
    expect(check(clients)).toEqual([]);
    expect(clients.acknowledged).toBe(6);
    for (const { answers } of clients.writes) {
      const said = answers.map(({ body }) => (body as { type?: string }).type?.split(':').at(-1));
      // Once nobody knows, nobody says that nothing was recorded.
      const unknown = said.indexOf('outcome-unknown');
      if (unknown >= 0) expect(said.slice(unknown)).not.toContain('storage-unavailable');
    }
  });
});
