import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service } from '../support/service.ts';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

describe('a lot is kept as written and compared by what a reader sees', () => {
  const spellings = [
    ['control characters', '12\u000784\u001f'],
    ['right-to-left marks', '\u200f12\u202e84\u202c'],
    ['look-alike spaces', '\u00a01284\u2003'],
    ['invisible characters', '12\u200b8\u00ad4\ufeff'],
    ['full-width digits', '１２８４'],
  ] as const;

  it.each(spellings)('with %s', async (_, lot) => {
    const state = `XX${'ABCDE'[spellings.findIndex(([, l]) => l === lot)]}`;
    const made = await service.found(state, 5, { lot, munition: lot });
    expect(made.body.postings[1]).toMatchObject({ lot, munition: lot });
    const { body } = await service.get(`/v1/states/${state}/entries/${made.body.entry}`);
    expect(body).toMatchObject({ body: { lines: [{ lot, munition: lot, quantity: 5 }] } });

    const taken = await service.post(
      `/v1/states/${state}/destructions`,
      destruction(2, { munition: '1284', lot: '1284' }),
    );
    expect(taken.status).toBe(201);
    for (const asked of [lot, '1284', ' 1284 ']) {
      const query = new URLSearchParams({ lot: asked, munition: asked }).toString();
      const read = await service.get(`/v1/states/${state}/remaining?${query}`);
      expect(read.body.remaining).toBe(3);
    }
    const by = await service.get(`/v1/states/${state}/balances?by=munition,lot,account`);
    expect(by.body.items).toContainEqual({
      account: 'held/stockpile',
      munition: lot,
      lot,
      quantity: 3,
    });
  });

  it('is another lot when a reader sees a difference, and when none is named', async () => {
    await service.found('XXF', 5, { lot: '12-84' });
    for (const lot of ['1284', '12 84', '12–84', undefined]) {
      const answer = await service.post('/v1/states/XXF/destructions', destruction(1, { lot }));
      expect([lot, answer.status]).toEqual([lot, 409]);
    }
    const none = await service.get('/v1/states/XXF/remaining?lot=');
    expect(none.body.remaining).toBe(0);
  });

  it('keeps characters beyond the first plane, and names as long as they may be', async () => {
    const lot = '𝟙𝟚💣' + 'ü'.repeat(194);
    const { status, body } = await service.found('XXG', 1, { lot });
    expect([status, body.postings[1]!.lot]).toEqual([201, lot]);
  });

  it('keeps a text that looks like SQL, HTML or a path as that text', async () => {
    const site = `'; DROP TABLE postings; -- <b> ../../etc/passwd %00 \${x}`;
    await service.found('XXH', 7, { site });
    const query = new URLSearchParams({ site }).toString();
    expect((await service.get(`/v1/states/XXH/remaining?${query}`)).body.remaining).toBe(7);
  });
});

describe('when the clock of the machine is set back', () => {
  it('instants stay, positions go on, and what is known does not change', async () => {
    const first = await service.found('XXK', 1);
    service.clock.set('2026-11-23T12:00:00.000Z');
    const { id } = await service.keyFor('auditor', 'all');
    service.clock.set('2026-11-20T00:00:00.000Z');
    const second = await service.found('XXK', 2);
    const other = await service.found('XXL', 2);
    expect(first.body.recordedAt).toBe('2026-11-23T10:00:00.000Z');
    for (const { body } of [second, other]) {
      expect(body.recordedAt).toBe('2026-11-23T12:00:00.000Z');
    }
    expect(Number(other.body.position)).toBeGreaterThan(Number(second.body.position));

    const keys = (await service.get('/v1/keys')).body.items;
    expect(keys.find((key) => key['id'] === id)).toMatchObject({
      createdAt: '2026-11-23T12:00:00.000Z',
    });
    const before = await service.get('/v1/states/XXK/remaining?known=2026-11-23T11:59:59Z');
    expect(before.body).toMatchObject({
      remaining: 1,
      known: { position: first.body.position, at: '2026-11-23T10:00:00.000Z' },
    });
    const now = await service.get('/v1/states/XXK/remaining?known=2026-11-23T12:00:00Z');
    expect(now.body.remaining).toBe(3);
  });

  it('instants go on from the log after a restart too, also when a key came last', async () => {
    service.clock.set('2026-11-23T13:00:00.000Z');
    await service.keyFor('auditor', 'all');
    service.clock.set('2020-01-01T00:00:00.000Z');
    await service.restart();
    const { body } = await service.found('XXK', 4);
    expect(body.recordedAt).toBe('2026-11-23T13:00:00.000Z');
  });

  it('judges dates by the clock as it is: a day that has not come is in the future', async () => {
    service.clock.set('2026-11-23T10:00:00.000Z');
    const today = await service.found('XXM', 1, {}, { effectiveDate: '2026-11-24' });
    const tomorrow = await service.found('XXM', 1, {}, { effectiveDate: '2026-11-25' });
    expect([today.status, tomorrow.status]).toEqual([201, 422]);
    service.clock.set('2026-11-22T09:59:59.999Z');
    const back = await service.found('XXM', 1, {}, { effectiveDate: '2026-11-23' });
    expect(back.status).toBe(422);
  });
});
