/** One idempotency key of a State is bound by one request, of an entry or of a fact; store trouble. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { factBodies, Secretariat } from '../support/secretariat.ts';
import { Service } from '../support/service.ts';
import { TroubledStore } from '../support/troubled-store.ts';

let store: TroubledStore;
let secretariat: Secretariat;
let service: Service;
beforeEach(async () => {
  service = await Service.start(async (folder) => (store = await TroubledStore.open(folder)));
  secretariat = new Secretariat(service);
});
afterEach(() => service.stop());

const inventory = {
  effectiveDate: '2010',
  basis: 'newly-found',
  lines: [{ munition: 'M14', quantity: 5 }],
};
const headers = { 'idempotency-key': 'one' };

const entry = () => service.post('/v1/states/XXA/inventories', inventory, { headers });
const fact = () => secretariat.ask('XXA', 'instruments', factBodies.instruments, { headers });

async function recorded(): Promise<readonly [number, number]> {
  const [entries, facts] = await Promise.all([
    service.get('/v1/states/XXA/entries'),
    service.get('/v1/states/XXA/facts'),
  ]);
  return [entries.body.items.length, facts.body.items.length];
}

describe('a key that a State has used', () => {
  it('for an entry is no key for a fact', async () => {
    expect((await entry()).status).toBe(201);
    expectProblem(await fact(), 'idempotency-key-reused');
    expect(await recorded()).toEqual([1, 0]);
  });

  it('for a fact is no key for an entry, nor for a correction or a reversal', async () => {
    const first = await fact();
    expect(first.status).toBe(201);
    expectProblem(await entry(), 'idempotency-key-reused');
    const reversal = { entry: first.body.entry, reason: 'wrong' };
    const turned = await service.post('/v1/states/XXA/reversals', reversal, { headers });
    expectProblem(turned, 'idempotency-key-reused');
    expect(await recorded()).toEqual([0, 1]);
  });

  it.each(Array.from({ length: 4 }, (_, n) => n))(
    'for both at the same moment is bound by one of them (%i)',
    async (n) => {
      const asked = n % 2 === 0 ? [entry(), fact()] : [fact(), entry()];
      const answers = await Promise.all(asked);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
      const [entries, facts] = await recorded();
      expect(entries + facts).toBe(1);
    },
  );

  it('for the same fact ten times at once records it once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, fact));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const replayed = answers.filter(({ headers: h }) => h['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(9);
    expect(await recorded()).toEqual([0, 1]);
  });

  it('two facts that can’t both stand, at once: one is recorded, the other refused', async () => {
    const answers = await Promise.all(
      ['2003-09-10', '2004-01-05'].map((depositedOn) =>
        secretariat.ask('XXA', 'instruments', { kind: 'accession', depositedOn }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await recorded()).toEqual([0, 1]);
  });
});

describe('when the store is in trouble', () => {
  it('a fact that was not taken is said not to be, and the same key records it later', async () => {
    store.ahead.push('unavailable');
    const first = await fact();
    expectProblem(first, 'storage-unavailable');
    expect(first.headers['retry-after']).toBe('5');
    expect(await recorded()).toEqual([0, 0]);
    const second = await fact();
    expect([second.status, second.headers['idempotency-replayed']]).toEqual([201, undefined]);
  });

  it.each(['lost-before', 'lost-after'] as const)(
    'a fact of which nobody knows (%s) is unknown, and is recorded once',
    async (trouble) => {
      store.ahead.push(trouble);
      const first = await fact();
      expectProblem(first, 'outcome-unknown');
      expect(first.headers['retry-after']).toBe('2');
      const second = await fact();
      expect(second.status).toBe(201);
      const replayed = trouble === 'lost-after' ? 'true' : undefined;
      expect(second.headers['idempotency-replayed']).toBe(replayed);
      expect(await recorded()).toEqual([0, 1]);
    },
  );

  it('a full store does not say that what was sent before was not recorded', async () => {
    store.ahead.push('lost-before', 'unavailable');
    expectProblem(await fact(), 'outcome-unknown');
    expectProblem(await fact(), 'outcome-unknown');
    expect((await fact()).status).toBe(201);
    expect(await recorded()).toEqual([0, 1]);
  });

  it('a refusal rests on what was recorded unknown', async () => {
    store.ahead.push('lost-after');
    const meeting = { name: '31MSP', kind: 'other', dates: '2012-12' };
    expectProblem(await secretariat.ask(null, 'meetings', meeting), 'outcome-unknown');
    await secretariat.instrument('XXA');
    const extension = { ...factBodies.extensions, meeting: '31MSP' };
    expect((await secretariat.ask('XXA', 'extensions', extension)).status).toBe(201);
    expectProblem(await secretariat.ask(null, 'meetings', meeting), 'name-taken');
  });
});
