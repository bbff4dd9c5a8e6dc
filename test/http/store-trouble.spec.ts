import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/problems.ts';
import { destruction, Service } from '../support/service.ts';
import { TroubledStore, type Trouble } from '../support/troubled-store.ts';

let service: Service;
let store: TroubledStore;
beforeEach(async () => {
  service = await Service.start(async (folder) => (store = await TroubledStore.open(folder)));
  await service.found('XXA', 10);
});
afterEach(() => service.stop());

const remaining = async () => (await service.get('/v1/states/XXA/remaining')).body.remaining;
const destroy = (quantity: number, key?: string) => {
  const asked = key === undefined ? {} : { headers: { 'idempotency-key': key } };
  return service.post('/v1/states/XXA/destructions', destruction(quantity), asked);
};

describe('when the store can’t take an entry', () => {
  it('nothing was recorded, it is said so, and the next is recorded as if it had not been', async () => {
    store.ahead.push('unavailable');
    const refused = await destroy(4, 'same');
    expectProblem(refused, 'storage-unavailable');
    expect(refused.headers['retry-after']).toBe('5');
    expect(await remaining()).toBe(10);
    const again = await destroy(4, 'same');
    expect([again.status, again.body.revision]).toEqual([201, '1']);
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
    expect(await remaining()).toBe(6);
  });

  it('whoever was decided on top of it is decided again', async () => {
    store.ahead.push('unavailable');
    const [lost, ...others] = await Promise.all([
      service.found('XXA', 100),
      ...[4, 5, 50].map((quantity) => destroy(quantity)),
    ]);
    expectProblem(lost, 'storage-unavailable');
    expect(others.map(({ status }) => status)).toEqual([201, 201, 409]);
    expect(others.map(({ body }) => body.revision)).toEqual(['1', '2', undefined]);
    expect(await remaining()).toBe(1);
  });

  it('a refusal that rested on an entry that failed is no refusal', async () => {
    store.ahead.push('unavailable');
    const [first, second] = await Promise.all([destroy(10), destroy(10)]);
    expectProblem(first, 'storage-unavailable');
    expect(second.status).toBe(201);
    expect(await remaining()).toBe(0);
  });

  it('the same request at the same moment is tried on its own', async () => {
    store.ahead.push('unavailable');
    const [first, second] = await Promise.all([destroy(4, 'same'), destroy(4, 'same')]);
    expectProblem(first, 'storage-unavailable');
    expect([201, 503]).toContain(second.status);
    expect((await destroy(4, 'same')).status).toBe(201);
    expect(await remaining()).toBe(6);
  });
});

describe('when it is not known whether an entry was recorded', () => {
  it.each<Trouble>(['lost-before', 'lost-after'])(
    'it is said so, and the same key tells: %s',
    async (trouble) => {
      store.ahead.push(trouble);
      const unknown = await destroy(4, 'same');
      expectProblem(unknown, 'outcome-unknown');
      expect(unknown.headers['retry-after']).toBe('2');
      expect(unknown.body.detail).toContain('same Idempotency-Key');
      const again = await destroy(4, 'same');
      expect([again.status, again.body.revision]).toEqual([201, '1']);
      expect(again.headers['idempotency-replayed']).toBe(
        trouble === 'lost-after' ? 'true' : undefined,
      );
      const third = await destroy(4, 'same');
      expect([third.text, third.headers['idempotency-replayed']]).toEqual([again.text, 'true']);
      expect(await remaining()).toBe(6);
    },
  );

  it.each<Trouble>(['lost-before', 'lost-after'])(
    'the book goes on from the truth: %s',
    async (trouble) => {
      store.ahead.push(trouble);
      const [unknown, next] = await Promise.all([destroy(4), destroy(1)]);
      expectProblem(unknown, 'outcome-unknown');
      expect(next.status).toBe(201);
      const left = trouble === 'lost-after' ? 5 : 9;
      expect(await remaining()).toBe(left);
      expectProblem(await destroy(left + 1), 'insufficient-stock');
      expect((await destroy(left)).status).toBe(201);
    },
  );

  it('another request with that key is refused once it is known to be recorded', async () => {
    store.ahead.push('lost-after');
    await destroy(4, 'same');
    expectProblem(await destroy(5, 'same'), 'idempotency-key-reused');
    expect(await remaining()).toBe(6);
  });
});

describe('in any order of trouble, over many writers', () => {
  it('every answer of 201 is true, every mine is destroyed once, and retries end', async () => {
    const troubles: (Trouble | undefined)[] = [
      'unavailable',
      'lost-before',
      'lost-after',
      undefined,
    ];
    await service.found('XXB', 40);
    store.ahead.push(...Array.from({ length: 60 }, (_, n) => troubles[((n * 7) % 5) % 4]));
    const write = async (n: number) => {
      const headers = { 'idempotency-key': `writer ${n}` };
      for (;;) {
        const url = '/v1/states/XXB/destructions';
        const answer = await service.post(url, destruction(1), { headers });
        if (answer.status !== 503 && answer.body.type !== 'urn:stockpile-ledger:busy-book')
          return answer;
      }
    };
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => write(n)));
    expect(answers.map(({ status }) => status)).toEqual(Array(40).fill(201));
    expect(new Set(answers.map(({ body }) => body.entry)).size).toBe(40);
    const { body } = await service.get('/v1/states/XXB/remaining');
    expect(body).toMatchObject({ remaining: 0, revision: '40' });
  });
});
