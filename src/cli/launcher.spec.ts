import { spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const launcher = fileURLToPath(new URL('../../bin/stockpile.js', import.meta.url));

/** A checkout with a program of its own and a bundled Node that is not the one that runs this. */
let root: string;
let bin: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stockpile-bin-'));
  for (const folder of ['bin', 'dist', 'node_modules/node/bin']) {
    await mkdir(join(root, folder), { recursive: true });
  }
  bin = join(root, 'bin/stockpile.js');
  await copyFile(launcher, bin);
  await writeFile(join(root, 'package.json'), '{"type":"module"}');
  await writeFile(join(root, 'node_modules/node/package.json'), '{"name":"node"}');
  const node = join(root, 'node_modules/node/bin/node');
  await writeFile(node, `#!/bin/sh\nBUNDLED=yes exec "${process.execPath}" "$@"\n`);
  await chmod(node, 0o755);
});

afterEach(() => rm(root, { recursive: true }));

function write(program: string): Promise<void> {
  return writeFile(join(root, 'dist/cli.js'), program);
}

function launch(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', input: 'from stdin' });
}

describe('The stockpile command', () => {
  it('hands arguments, standard input and exit status over to the bundled Node', async () => {
    await write(`
      import { readFileSync } from 'node:fs';
      console.log(process.env.BUNDLED, process.argv.slice(2).join('|'), readFileSync(0, 'utf8'));
      process.exitCode = 2;`);
    const { status, stdout } = launch('remaining', 'XXA', '--json');
    expect([status, stdout]).toEqual([2, 'yes remaining|XXA|--json from stdin\n']);
  });

  it('forwards signals and waits for the program to end', async () => {
    await write(`
      process.on('SIGTERM', () => { console.log('ending'); clearInterval(busy); });
      const busy = setInterval(() => undefined, 1000);
      console.log('ready');`);
    const child = spawn(process.execPath, [bin], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said === 'ready\n') child.kill('SIGTERM');
    });
    await once(child, 'exit');
    expect([said, child.exitCode]).toEqual(['ready\nending\n', 0]);
  });

  it('tells the program when it is killed itself, and can pass on no signal', async () => {
    await write(`
      process.once('disconnect', () => { console.log('alone'); clearInterval(busy); });
      const busy = setInterval(() => undefined, 1000);
      console.log('ready');`);
    const child = spawn(process.execPath, [bin], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      if (said === 'ready\n') child.kill('SIGKILL');
    });
    await once(child.stdout, 'close');
    expect([said, child.signalCode]).toEqual(['ready\nalone\n', 'SIGKILL']);
  });

  it('dies of the signal that the program died of', async () => {
    await write(`process.kill(process.pid, 'SIGKILL'); setInterval(() => undefined, 1000);`);
    expect(launch().signal).toBe('SIGKILL');
  });

  it('says what to run when the program is not built', () => {
    const { status, stderr } = launch('serve');
    expect(status).toBe(1);
    expect(stderr).toContain('npm run build');
  });

  it('says what to run when the bundled Node is missing', async () => {
    await write('');
    await rm(join(root, 'node_modules'), { recursive: true });
    const { status, stderr } = launch('serve');
    expect(status).toBe(1);
    expect(stderr).toContain('npm ci');
  });
});
