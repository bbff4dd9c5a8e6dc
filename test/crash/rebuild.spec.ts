import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StoredEvent } from '../../src/event-store/event-store.ts';
import { Journal } from '../../src/journal/journal.ts';
import { Random, seedFor } from './random.ts';
import { answersOf, tellStory, toText } from './story.ts';

const count = 3_000;
const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const child = fileURLToPath(new URL('rebuild-child.ts', import.meta.url));

describe('The journal is disposable', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-rebuild-'));
  const path = join(folder, 'journal.db');
  const seed = seedFor('rebuild');
  let events: StoredEvent[];
  let last: bigint;
  let answers: string;
  /** The bytes of a journal that took the whole log. */
  let whole: Buffer;

  beforeAll(() => {
    const live = new Journal(path);
    events = tellStory(count, seed, live);
    last = events.at(-1)?.position ?? 0n;
    answers = answersOf(live, last, seed);
    live.close();
    whole = readFileSync(path);
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const remove = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
  };

  /** Opens the journal, takes what it lacks, and answers. */
  const answersAfterCatchUp = (batch: number): { from: bigint; answers: string } => {
    const journal = new Journal(path);
    try {
      const from = journal.position;
      const rest = events.filter(({ position }) => position > from);
      for (let n = 0; n < rest.length; n += batch) journal.apply(rest.slice(n, n + batch));
      return { from, answers: answersOf(journal, last, seed) };
    } finally {
      journal.close();
    }
  };

  it('has something to say: entries of many kinds, differences, reversals', () => {
    const types = new Set(events.map(({ type }) => type));
    expect(types.size).toBeGreaterThanOrEqual(13);
    expect(answers.length).toBeGreaterThan(1_000_000);
    for (const word of ['shortage', 'surplus', 'contradicted-count', '"reversedBy":"']) {
      expect(answers).toContain(word);
    }
  });

  it.each([1, 100, 1_000, count])(
    'answers the same, byte for byte, when built anew in batches of %d',
    (batch) => {
      remove();
      const anew = answersAfterCatchUp(batch);
      expect(anew.from).toBe(0n);
      expect(anew.answers === answers).toBe(true);
    },
    60_000,
  );

  it('answers the same when the process that builds it is killed at any point', async () => {
    const random = new Random(seed);
    const eventsPath = join(folder, 'events.json');
    writeFileSync(eventsPath, toText(events));
    remove();
    let kills = 0;
    let opening = 0;
    for (let run = 0; ; run++) {
      const building = spawn(node, [child, path, eventsPath, String(seed + run)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(building, 'exit');
      // Some die while they open the journal, the others after a few batches.
      const until = run % 3 === 0 ? 1 : random.int(2, 8);
      let lines = 0;
      for await (const piece of building.stdout) {
        lines += String(piece).split('\n').length - 1;
        if (lines < until) continue;
        if (until === 1) await pause(random.int(0, 12));
        building.kill('SIGKILL');
        break;
      }
      const [, signal] = (await ended) as [number | null, string | null];
      if (signal === null) break;
      kills += 1;
      if (until === 1) opening += 1;
    }
    process.stdout.write(`rebuild: ${kills} kills, ${opening} of them while opening\n`);
    expect(kills).toBeGreaterThanOrEqual(6);
    expect(answersAfterCatchUp(100)).toEqual({ from: last, answers });
  }, 120_000);

  const damages: [string, (journal: Buffer, random: Random) => Buffer][] = [
    ['is empty', () => Buffer.alloc(0)],
    ['is of zeros', (journal) => journal.fill(0)],
    ['is a text', () => Buffer.from('This is no database at all. '.repeat(1_000))],
    ['has a damaged header', (journal) => journal.fill(0x55, 0, 100)],
    ['has a damaged first page', (journal) => journal.fill(0x55, 100, 4_096)],
    ['is cut in half', (journal) => journal.subarray(0, journal.length >> 1)],
    ['is cut within a page', (journal) => journal.subarray(0, (journal.length >> 1) + 1_000)],
    [
      'has pages overwritten',
      (journal, random) => {
        for (let n = 0; n < 20; n++) {
          const page = random.int(1, journal.length / 4_096 - 1) * 4_096;
          journal.fill(0x55, page, page + 4_096);
        }
        return journal;
      },
    ],
    [
      'has bits turned in many places',
      (journal, random) => {
        for (let n = 0; n < 2_000; n++) {
          const at = random.int(0, journal.length - 1);
          journal.writeUInt8(journal.readUInt8(at) ^ (1 << random.int(0, 7)), at);
        }
        return journal;
      },
    ],
  ];

  it.each(damages)('throws a file away that %s, and answers the same again', (_, damage) => {
    remove();
    writeFileSync(path, damage(Buffer.from(whole), new Random(seed)));
    const anew = answersAfterCatchUp(1_000);
    expect(anew.from).toBe(0n);
    expect(anew.answers === answers).toBe(true);
  });

  it('does not mind the side files of a journal that was deleted', () => {
    remove();
    for (const suffix of ['-wal', '-shm']) writeFileSync(path + suffix, whole.subarray(0, 99_999));
    const anew = answersAfterCatchUp(1_000);
    expect(anew.from).toBe(0n);
    expect(anew.answers === answers).toBe(true);
  });
});
