import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destruction, Service, type Answer } from '../support/service.ts';

let service: Service;
beforeAll(async () => (service = await Service.start()));
afterAll(() => service.stop());

function destroyOne(state: string): Promise<Answer> {
  return service.post(`/v1/states/${state}/destructions`, destruction(1));
}

function writers(state: string): Promise<Answer[]> {
  return Promise.all(Array.from({ length: 64 }, () => destroyOne(state)));
}

describe('64 writers on one State, each destroying one mine', () => {
  it('of 64 are all recorded: none lost, none doubled, none refused', async () => {
    await service.found('XXA', 64);
    const answers = await writers('XXA');
    expect(answers.map(({ status }) => status)).toEqual(Array(64).fill(201));
    const revisions = answers.map(({ body }) => Number(body.revision)).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 64 }, (_, n) => n + 1));
    expect(new Set(answers.map(({ body }) => body.position)).size).toBe(64);
    const { body } = await service.get('/v1/states/XXA/remaining');
    expect(body).toMatchObject({ remaining: 0, accounts: { 'gone/destroyed-article-4': 64 } });
    const { items } = (await service.get('/v1/states/XXA/entries')).body;
    expect(new Set(items.map(({ entry }) => entry)).size).toBe(65);
  });

  it('of 63 are all recorded but one, which is refused', async () => {
    await service.found('XXB', 63);
    const answers = await writers('XXB');
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(63);
    expect(refused).toHaveLength(1);
    expect(refused[0]!.body).toMatchObject({
      type: 'urn:stockpile-ledger:insufficient-stock',
      errors: [{ pointer: '/lines/0/quantity', available: 0 }],
    });
    expect((await service.get('/v1/states/XXB/remaining')).body.remaining).toBe(0);
  });

  it('do not hold up each other over many States', async () => {
    const states = ['XXC', 'XXD', 'XXE', 'XXF'];
    await Promise.all(states.map((state) => service.found(state, 64)));
    const answers = (await Promise.all(states.map(writers))).flat();
    expect(answers.filter(({ status }) => status !== 201)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body.position)).size).toBe(256);
  });

  it('leave instants and positions in one order', async () => {
    const { items } = (await service.get('/v1/states/XXA/entries')).body;
    const positions = items.map(({ position }) => Number(position));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });
});
