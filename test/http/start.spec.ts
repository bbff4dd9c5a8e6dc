import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { readSettings, WrongSettings } from '../../src/settings.ts';
import { ServiceProcess } from '../support/process.ts';

const someKey = 'a-key-for-this-test';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stockpile-start-'));
});
afterEach(async () => {
  await ServiceProcess.endAll();
  rmSync(folder, { recursive: true, force: true });
});

async function refused(settings: Record<string, string>): Promise<string> {
  const service = new ServiceProcess({ STOCKPILE_BOOTSTRAP_KEY: someKey, ...settings });
  expect(await service.status()).toBe(1);
  expect(service.output).not.toContain('Listening');
  expect(service.errors).toMatch(/^stockpile: /);
  expect(service.errors).not.toMatch(/\n\s+at /);
  return service.errors;
}

describe('a setting that is wrong or unknown', () => {
  it.each([
    ['STOCKPILE_DATE', '/tmp', 'STOCKPILE_DATE is not a setting of this service'],
    ['STOCKPILE_', 'x', 'STOCKPILE_ is not a setting'],
    ['STOCKPILE_OIDC_ISSUER', 'https://id.example', 'STOCKPILE_OIDC_ISSUER is not a setting'],
    ['STOCKPILE_EVENT_STORE', 'admin:secret@host', 'STOCKPILE_EVENT_STORE is "…"; write'],
    ['STOCKPILE_EVENT_STORE', 'kurrentdb://host', 'STOCKPILE_EVENT_STORE is "kurrentdb…"; write'],
    ['STOCKPILE_EVENT_STORE', 'esdb://host', 'STOCKPILE_EVENT_STORE is "esdb…": with TLS it needs'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:b@host:0', 'STOCKPILE_EVENT_STORE is "esdb…": write its'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:b@host/A B', 'write the name of the ledger in small'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:b@h?throwOnAppendFailure=false', 'unknown option'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:b@h?nodePreference=random', 'must be leader'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:b@h?tls=no', 'its tls must be true or false'],
    ['STOCKPILE_EVENT_STORE', 'esdb://a:%@h', 'must be percent-encoded'],
    ['STOCKPILE_BOOTSTRAP_KEY', '', 'STOCKPILE_BOOTSTRAP_KEY must be'],
    ['STOCKPILE_BOOTSTRAP_KEY', 'letmein', 'must be 8 to 200 visible ASCII characters'],
    ['STOCKPILE_BOOTSTRAP_KEY', 'two words', 'STOCKPILE_BOOTSTRAP_KEY must be'],
    ['STOCKPILE_BOOTSTRAP_KEY', 'clé', 'STOCKPILE_BOOTSTRAP_KEY must be'],
    ['STOCKPILE_BOOTSTRAP_KEY', 'k'.repeat(201), 'STOCKPILE_BOOTSTRAP_KEY must be'],
    ['PORT', '65536', 'PORT is "65536"'],
    ['PORT', '-1', 'PORT is "-1"'],
    ['PORT', '80a', 'PORT is "80a"'],
    ['PORT', ' 80', 'PORT is " 80"'],
  ])('is named: %s=%s', (name, value, message) => {
    expect(() => readSettings({ [name]: value })).toThrow(WrongSettings);
    expect(() => readSettings({ [name]: value })).toThrow(message);
  });

  it.each([
    'admin:secret@host',
    'other://admin:secret@host',
    'esdb://admin:secret@host:0',
    'esdb://admin:se/secret@host',
    'esdb://admin:12?secret@host',
    'esdb://admin:se@secret@host',
    'esdb://admin:secret%@host',
  ])('is named without its secret: %s', (connection) => {
    const env = { STOCKPILE_EVENT_STORE: connection, STOCKPILE_BOOTSTRAP_KEY: 'a b' };
    expect(() => readSettings(env)).toThrow(/STOCKPILE_EVENT_STORE .*\nSTOCKPILE_BOOTSTRAP_KEY /);
    expect(() => readSettings(env)).not.toThrow(/secret|a b/);
  });

  it('is not a connection to a cluster that is right', () => {
    const STOCKPILE_EVENT_STORE = 'esdb://ad%40min:se%2Fcret@one:2113,two/mines?tls=true';
    expect(readSettings({ STOCKPILE_EVENT_STORE }).eventStore).toEqual({
      clientString: 'esdb://ad%40min:se%2Fcret@one:2113,two?tls=true',
      credentials: { username: 'ad@min', password: 'se/cret' },
      prefix: 'mines.',
      shown: 'one:2113,two/mines',
    });
    const open = readSettings({ STOCKPILE_EVENT_STORE: 'esdb://127.0.0.1:2113?tls=false' });
    expect(open.eventStore).toMatchObject({ prefix: 'ledger.', shown: '127.0.0.1:2113/ledger' });
  });

  it('does not hide another: all are named at once', () => {
    const env = { STOCKPILE_A: '', STOCKPILE_B: '', PORT: 'x' };
    expect(() => readSettings(env)).toThrow(/STOCKPILE_A .*\nSTOCKPILE_B .*\nPORT /);
  });

  it('is not what belongs to others', () => {
    const env = {
      STOCKPILE_URL: 'x',
      STOCKPILE_KEY: 'x',
      STOCKPILE_TEST_X: 'x',
      STOCK: 'x',
      PORT: '',
    };
    expect(readSettings(env)).toMatchObject({ port: 3000, host: '127.0.0.1' });
  });

  it('stops the start', async () => {
    const said = await refused({ STOCKPILE_DATA: folder, STOCKPILE_FOO: '1' });
    expect(said).toContain('STOCKPILE_FOO is not a setting of this service');
  });
});

describe('a start that can’t be', () => {
  it('says that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const said = await refused({ STOCKPILE_DATA: folder, PORT: String(port) }).finally(() =>
      other.close(),
    );
    expect(said).toContain(`port ${port} of 127.0.0.1 is in use`);
  });

  it('says that it can’t listen on the address', async () => {
    const said = await refused({ STOCKPILE_DATA: folder, HOST: '192.0.2.1' });
    expect(said).toContain('HOST');
    expect(said).toContain('192.0.2.1');
  });

  it('says that another process has the ledger open', async () => {
    const settings = { STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: someKey };
    const first = await ServiceProcess.start(settings);
    expect(await refused(settings)).toContain('another process has this ledger open');
    expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
    await first.stop();
    const next = await ServiceProcess.start(settings);
    await next.stop();
  });

  it('says that the folder is a file, or below one, or can’t be made', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await refused({ STOCKPILE_DATA: file })).toContain('file, not a folder');
    expect(await refused({ STOCKPILE_DATA: join(file, 'below') })).toContain('file, not a folder');
    expect(await refused({ STOCKPILE_DATA: '/proc/ledger' })).toContain('/proc/ledger');
  });

  it('says that a newer version wrote the ledger, and leaves it as it is', async () => {
    const settings = { STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: someKey };
    await (await ServiceProcess.start(settings)).stop();
    const log = new DatabaseSync(join(folder, 'log.db'));
    log.exec('PRAGMA user_version = 2');
    log.close();
    const said = await refused(settings);
    expect(said).toContain('was written by a newer version of this program');
    expect(said).toContain('Nothing was changed');
  });

  it('says that the journal has seen more than the log', async () => {
    const settings = { STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: someKey };
    await (await ServiceProcess.start(settings)).stop();
    rmSync(join(folder, 'log.db'));
    const said = await refused(settings);
    expect(said).toMatch(
      /The journal has taken event .* at position \d+, but the log does not hold it/,
    );
  });
});

describe('a launcher that is killed', () => {
  it('takes the service with it, in order', async () => {
    const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', STOCKPILE_DATA: folder };
    const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
    // The channel that bin/stockpile.js opens, closed as it is when that process is gone.
    const service = spawn(process.execPath, [cli, 'serve'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const ended = once(service, 'exit');
    let said = '';
    for await (const text of service.stdout!) {
      said += String(text);
      if (said.includes('Listening on ') && service.connected) service.disconnect();
    }
    expect(await ended).toEqual([null, 'SIGTERM']);
    await (await ServiceProcess.start({ STOCKPILE_DATA: folder })).stop();
  });
});

describe('the first administrator’s key', () => {
  it('is made and printed once, at the first start of an empty ledger', async () => {
    const settings = { STOCKPILE_DATA: folder };
    const first = await ServiceProcess.start(settings);
    const [, key = ''] = /shown only now:\s+([\w-]{43})\s/.exec(first.output) ?? [];
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${first.url}/v1/keys`, { headers })).status).toBe(200);
    await first.stop();
    const second = await ServiceProcess.start(settings);
    expect(second.output).not.toContain('shown only now');
    expect(second.output).toContain('The bootstrap key is still valid');
    expect((await fetch(`${second.url}/v1/keys`, { headers })).status).toBe(200);
    await second.stop();
  });

  it('is not printed when the operator has set it', async () => {
    const key = 'set-by-the-operator';
    const service = await ServiceProcess.start({
      STOCKPILE_DATA: folder,
      STOCKPILE_BOOTSTRAP_KEY: key,
    });
    const headers = { authorization: `Bearer ${key}` };
    expect((await fetch(`${service.url}/v1/totals`, { headers })).status).toBe(200);
    await service.stop();
    expect(service.output + service.errors).not.toContain(key);
    expect(service.output).toContain('The bootstrap key is still valid');
  });
});
