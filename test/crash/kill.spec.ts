import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, watch } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { check } from './checker.ts';
import { Clients, readFinal, writeUntil } from './clients.ts';
import type { History } from './history.ts';
import { Random, seedFor } from './random.ts';
import { openings } from './requests.ts';
import { deleteJournal, killAll, NoAnswer, Service } from './service.ts';

const states = ['XXA', 'XXB', 'XXC'];
const kills = Number(process.env['STOCKPILE_TEST_KILLS'] ?? 50);
const writers = 12;

/** When the kill falls: in the start, while the journal is built anew, or while it serves. */
type Moment = 'start' | 'rebuild' | 'serving';

describe('A service killed again and again under concurrent writers', () => {
  let folder: string;
  let random: Random;
  const fell = { starting: 0, rebuilding: 0, serving: 0 };
  const clients = new Clients();
  let over = false;

  beforeAll(async () => {
    random = new Random(seedFor('kill'));
    folder = await mkdtemp(join(tmpdir(), 'stockpile-kill-'));
  });

  afterAll(async () => {
    over = true;
    clients.close();
    await killAll();
    await rm(folder, { recursive: true, force: true });
  });

  it('loses nothing, doubles nothing, and answers a repeated request alike', async () => {
    const working = Array.from({ length: writers }, () =>
      writeUntil(clients, random.fork(), states, () => over),
    );
    working.push(readAlong());
    working.push(...states.map((state) => open(state)));
    for (let n = 0; n < kills; n++) await runUntilKilled(n);
    const last = new Service(folder);
    await last.ready();
    clients.open(last);
    over = true;
    clients.wake();
    await Promise.all(working);
    for (const state of states) clients.finals.push(await readFinal(last, state));
    await last.stop();

    const { writes, reads, acknowledged } = clients;
    const lost = writes.reduce((sum, write) => sum + write.lost, 0);
    process.stdout.write(
      `kill: ${kills} kills (${JSON.stringify(fell)}), ${writes.length} requests, ` +
        `${acknowledged} answers 201, ${lost} answers lost, ${reads.length} readings\n`,
    );
    expect(check(clients)).toEqual([]);
    expect(last.ended).toEqual({ code: null, signal: 'SIGTERM' });
    expect(lost).toBeGreaterThan(kills / 4);
    expect(writes.length).toBeGreaterThan(kills * 10);
    for (const count of Object.values(fell)) expect(count).toBeGreaterThan(kills / 25);
  }, 300_000);

  it('answers the same from a journal that lived through it and from one built anew', async () => {
    deleteJournal(folder);
    const service = new Service(folder);
    await service.ready();
    const again: History = {
      ...clients,
      writes: clients.writes,
      finals: await Promise.all(states.map((state) => readFinal(service, state))),
    };
    await service.stop();
    expect(JSON.stringify(again.finals)).toBe(JSON.stringify(clients.finals));
  }, 60_000);

  async function open(state: string): Promise<void> {
    for (const request of openings()) await clients.record(state, request);
  }

  /** Starts the service once more and kills it at a moment drawn for it. */
  async function runUntilKilled(n: number): Promise<void> {
    const moment: Moment = n === 0 ? 'serving' : drawMoment();
    const rebuilds = moment === 'rebuild' || (n > 0 && random.chance(0.15));
    if (rebuilds) deleteJournal(folder, random.chance(0.3));
    const journal = journalAppears();
    const service = new Service(folder);
    const state = random.pick(states);
    const isReady = async (): Promise<boolean> => {
      await service.ready();
      await clients.readAtOnce(service, state, 1);
      clients.open(service);
      return true;
    };
    const ready = isReady().catch((error: unknown) => {
      if (error instanceof NoAnswer) return false;
      throw error;
    });
    try {
      if (moment === 'start') await pause(random.int(0, 700));
      else if (moment === 'rebuild') {
        await journal.appeared;
        await pause(random.int(0, 150));
      } else {
        if (!(await ready)) throw new Error(`start ${n} failed:\n${service.output}`);
        const recorded = clients.more(random.int(1, 250)).then(() => true);
        const refused = clients.more(5_000, 'putOff').then(() => false);
        const goesOn = await Promise.race([recorded, refused, service.end]);
        if (goesOn === false) throw new Error(`it takes no entries:\n${service.output}`);
        await pause(random.int(0, 5));
      }
    } finally {
      journal.close();
    }
    const phase = phaseOf(
      service,
      await Promise.race([ready, Promise.resolve(undefined)]),
      rebuilds,
    );
    if (service.ended !== undefined) throw new Error(`it ended by itself:\n${service.output}`);
    clients.close();
    await service.kill();
    await ready;
    clients.close();
    fell[phase] += 1;
  }

  function drawMoment(): Moment {
    const drawn = random.next();
    return drawn < 0.2 ? 'start' : drawn < 0.4 ? 'rebuild' : 'serving';
  }

  function phaseOf(
    service: Service,
    ready: boolean | undefined,
    rebuilds: boolean,
  ): keyof typeof fell {
    if (ready === true) return 'serving';
    const begun = readdirSync(service.folder).some((name) => name.startsWith('journal-'));
    return rebuilds && begun ? 'rebuilding' : 'starting';
  }

  /** Settles when the journal's file is made in the folder. */
  function journalAppears(): { appeared: Promise<void>; close: () => void } {
    const watcher = watch(folder);
    const appeared = new Promise<void>((resolve) => {
      watcher.on('change', (_, name) => {
        if (String(name).startsWith('journal-')) resolve();
      });
    });
    return { appeared, close: () => watcher.close() };
  }

  async function readAlong(): Promise<void> {
    const own = random.fork();
    const days = ['1999-12-31', '2004-02-28', '2010-12-31', '2014-01-01', '2026-01-01'];
    while (!over && clients.reads.length < 1_500) {
      await clients.read(own.pick(states), 0, own.pick(days));
      await clients.more(own.int(1, 12));
    }
  }
});
