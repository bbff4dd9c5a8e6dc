/**
 * The convention knows days, not hours: where a server stands must change nothing. The rules of the
 * law and the published facts are gone through in processes of three time zones, and answer alike.
 */
import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Answers {
  readonly zone: string;
  readonly offset: number;
  readonly digest: string;
  readonly answers: number;
  readonly failures: readonly string[];
}

const child = fileURLToPath(new URL('time-zones-child.ts', import.meta.url));

async function answersIn(zone: string): Promise<Answers> {
  const env = { ...process.env, TZ: zone };
  const { stdout } = await promisify(execFile)(process.execPath, [child], { env });
  return JSON.parse(stdout) as Answers;
}

describe('Time zones', () => {
  it('change no answer of the treaty', async () => {
    const zones = ['UTC', 'Pacific/Kiritimati', 'America/New_York'];
    const all = await Promise.all(zones.map(answersIn));
    // The zones were in force: none of these has the clock of another.
    expect(all.map(({ zone, offset }) => [zone, offset])).toEqual([
      ['UTC', 0],
      ['Pacific/Kiritimati', -840],
      ['America/New_York', 300],
    ]);
    expect(all.map(({ failures }) => failures)).toEqual([[], [], []]);
    expect(all.map(({ answers }) => answers > 10_000)).toEqual([true, true, true]);
    expect(new Set(all.map(({ digest }) => digest)).size).toBe(1);
  });
});
