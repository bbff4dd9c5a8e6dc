/** The calendar, as calendar programs read it (RFC 5545): by the letter, and by another's parser. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ical from 'node-ical';
import { eventsOf, textOf, type IcsEvent } from '../support/icalendar.ts';
import { startSecretariat, type Secretariat } from '../support/secretariat.ts';

const name = 'The "Zürich; Genève, and\\or\nOslo" Meeting — ' + '地雷廃絶'.repeat(20);
const place = 'Palais, Room 4; "upstairs"';

const stateXXA = 'Exercise State A';

let secretariat: Secretariat;
beforeAll(async () => {
  secretariat = await startSecretariat();
  await secretariat.instrument('XXA', { depositedOn: '2003-09', basis: 'to be checked' });
  await secretariat.instrument('XXB');
  const common = { kind: 'other', dates: '2008-12-30/2009-01-02' };
  await secretariat.record(null, 'meetings', { name: 'Odd', title: name, place, ...common });
  await secretariat.record(null, 'meetings', {
    name: 'One day',
    kind: 'other',
    dates: '2008-02-29',
  });
  await secretariat.record(null, 'meetings', {
    name: 'Some month',
    kind: 'other',
    dates: '2008-02',
  });
});
afterAll(() => secretariat.service.stop());

async function calendar(query: string): Promise<string> {
  const answer = await secretariat.service.get(`/v1/calendar.ics?${query}`);
  expect([answer.status, answer.headers['content-type']]).toEqual([
    200,
    'text/calendar; charset=utf-8',
  ]);
  return answer.text;
}

const own = 'state=XXA&on=2008-01-01';
const summaries = (events: readonly IcsEvent[]) => events.map((e) => textOf(e.get('SUMMARY')));

describe('the file', () => {
  it('ends its lines as the RFC says, none longer than 75 octets, no character split', async () => {
    const text = await calendar('on=2008-01-01&days=3000');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lines = text.split('\r\n');
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text).not.toContain('\ufffd');
    expect(lines.filter((line) => /[\ud800-\udbff]$/.test(line))).toEqual([]);
    expect(text).toMatch(/^PRODID:/m);
  });

  it('is the same bytes for the same question', async () => {
    const { known } = (await secretariat.service.get('/v1/membership')).body;
    const url = `on=2008-01-01&days=3000&known=${known.position}`;
    const first = await calendar(url);
    await secretariat.instrument('XXC');
    secretariat.service.clock.set('2026-12-24T18:00:00.000Z');
    expect(await calendar(url)).toBe(first);
    await secretariat.service.restart();
    expect(await calendar(url)).toBe(first);
  });

  it('names each occasion once, and by the same name whenever it is asked', async () => {
    const uids = (events: readonly IcsEvent[]) => events.map((event) => event.get('UID') ?? '');
    const all = uids(eventsOf(await calendar('on=2008-01-01&days=3000')));
    expect([new Set(all).size, all.includes('')]).toEqual([all.length, false]);
    const [before, after] = [
      uids(eventsOf(await calendar('state=XXA&on=2008-02-29'))),
      uids(eventsOf(await calendar('state=XXA&on=2008-03-02'))),
    ];
    const due = before.filter((uid) => uid.startsWith('4-once-2008-03-01-XXA'));
    expect(due).toHaveLength(1);
    expect(after).toContain(due[0]);
  });

  it('shows whole days, a deadline on its day, a meeting over all of its days', async () => {
    const events = eventsOf(await calendar(own));
    const day = (summary: string) => {
      const event = events.find((e) => textOf(e.get('SUMMARY')) === summary);
      return [event?.get('DTSTART;VALUE=DATE'), event?.get('DTEND;VALUE=DATE')];
    };
    expect(day(`${stateXXA}: Article 4 due (pending)`)).toEqual(['20080301', '20080302']);
    expect(day('Odd')).toEqual(['20081230', '20090103']);
    expect(day('One day')).toEqual(['20080229', '20080301']);
    // Of a month nobody knows which day: it is no day in a calendar.
    expect(summaries(events)).not.toContain('Some month');
  });

  it('says of a date that it is to be checked, and what became of it by the day asked', async () => {
    const find = async (on: string) =>
      eventsOf(await calendar(`state=XXA&on=${on}`)).find((event) =>
        textOf(event.get('SUMMARY')).includes('Article 4 due'),
      );
    expect(textOf((await find('2008-01-01'))?.get('DESCRIPTION'))).toMatch(
      /2004-03-01 \+ 4 years = 2008-03-01 \(date to be checked\)$/,
    );
    expect(textOf((await find('2008-03-02'))?.get('SUMMARY'))).toMatch(/due \(unrecorded\)$/);
  });

  it('of all States together has one day for those that fall due together', async () => {
    const events = eventsOf(await calendar('on=2008-01-01'));
    const together = events.filter((event) => event.get('DTSTART;VALUE=DATE') === '20080301');
    const [four] = together.filter((event) => textOf(event.get('SUMMARY')).startsWith('Article 4'));
    expect(textOf(four?.get('SUMMARY'))).toMatch(/^Article 4 due: \d+ States$/);
    expect(textOf(four?.get('DESCRIPTION')).split('\n')).toEqual(
      expect.arrayContaining([`${stateXXA}: pending (date to be checked)`]),
    );
  });
});

describe('another program', () => {
  it('reads the names as they were given, commas, quotes, newlines and all', async () => {
    const read = Object.values(ical.sync.parseICS(await calendar(own)));
    const odd = read.find((item) => item?.type === 'VEVENT' && item.summary === 'Odd');
    expect(odd).toMatchObject({ location: place, description: expect.stringContaining(name) });
  });

  it.each(['UTC', 'Pacific/Kiritimati', 'America/New_York', 'Asia/Kathmandu'])(
    'reads the same days in %s',
    async (zone) => {
      const file = join(secretariat.service.folder, 'calendar.ics');
      writeFileSync(file, await calendar(own));
      const program = `
        import ical from 'node-ical';
        const day = (d) => [d.getFullYear(), d.getMonth() + 1, d.getDate()].join('-');
        for (const e of Object.values(ical.sync.parseFile(process.argv[1])))
          if (e.type === 'VEVENT') console.log(e.datetype, day(e.start), day(e.end), e.summary);`;
      const lines = execFileSync(process.execPath, ['--input-type=module', '-e', program, file], {
        env: { ...process.env, TZ: zone },
        encoding: 'utf8',
      }).split('\n');
      expect(lines).toEqual(
        expect.arrayContaining([
          `date 2008-3-1 2008-3-2 ${stateXXA}: Article 4 due (pending)`,
          'date 2008-12-30 2009-1-3 Odd',
        ]),
      );
      expect(lines.filter((line) => line !== '' && !line.startsWith('date '))).toEqual([]);
    },
  );
});

describe('made in another time zone', () => {
  it.each(['Pacific/Kiritimati', 'America/New_York'])('it is the same file: %s', (zone) => {
    const make = (where: string) =>
      execFileSync(
        process.execPath,
        [
          '--no-warnings',
          '--input-type=module',
          '-e',
          maker,
          new URL('../../src/compliance/calendar.ts', import.meta.url).href,
        ],
        { env: { ...process.env, TZ: where }, encoding: 'utf8' },
      );
    const file = make(zone);
    expect(file).toContain('DTSTART;VALUE=DATE:20080301');
    expect(file).toContain('DTEND;VALUE=DATE:20080302');
    expect(file).toBe(make('UTC'));
  });
});

const maker = `
  const { calendarFile } = await import(process.argv[1]);
  const day = { uid: 'u', first: '2008-03-01', last: '2008-03-01', summary: 's', description: 'd' };
  process.stdout.write(calendarFile('A', [day], Date.UTC(2026, 0, 1)));`;
