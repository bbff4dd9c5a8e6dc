#!/usr/bin/env node
// Runs on whatever Node called it (20 on) and hands over to the bundled Node, which the service
// needs for its own SQLite. Plain JavaScript without imports from dist, so that it can say what
// is missing.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));
const program = join(root, 'dist', 'cli.js');
const node = bundledNode();
// Requests leave short-lived garbage: a small young generation keeps the service small.
const flags = ['--max-semi-space-size=8'];

if (!existsSync(program)) {
  giveUp(`The program is not built (${program} is missing).`, 'npm run build');
} else if (node === undefined) {
  giveUp('The bundled Node is missing (package "node").', 'npm ci');
} else if (node === realpathSync(process.execPath)) {
  await import(pathToFileURL(program).href);
} else {
  handOver(node);
}

function bundledNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const name = process.platform === 'win32' ? 'node.exe' : 'node';
    return realpathSync(join(folder, 'bin', name));
  } catch {
    return undefined;
  }
}

function giveUp(what, command) {
  process.stderr.write(`stockpile: ${what}\nRun this first, in ${root}:\n\n  ${command}\n\n`);
  process.exitCode = 1;
}

function handOver(executable) {
  const child = spawn(executable, [...flags, program, ...process.argv.slice(2)], {
    // The channel tells the program when this process is gone: killed, it can pass on no signal.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of forwarded) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    giveUp(`The bundled Node does not start (${error.message}).`, 'npm rebuild node');
  });
  child.on('exit', (status, signal) => {
    if (signal === null) {
      process.exitCode = status ?? 1;
      return;
    }
    // Die of the same signal, so that the caller sees what happened to the real process.
    for (const each of forwarded) process.removeAllListeners(each);
    process.exitCode = 128 + (constants.signals[signal] ?? 0);
    process.kill(process.pid, signal);
  });
}
