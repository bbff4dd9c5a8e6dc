/** Both sides of a shipment over HTTP: laid beside each other, and neither changing the other. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Service } from '../support/service.ts';

describe('a shipment sent with title kept', () => {
  let service: Service;
  const line = (quantity: number, more: object = {}) => [{ munition: 'M14', quantity, ...more }];

  beforeAll(async () => {
    service = await Service.start();
    await service.found('XXA', 1000, { site: 'North' });
    const sent = await service.post('/v1/states/XXA/transfers', {
      effectiveDate: '2010-04-12',
      from: 'held/stockpile',
      to: 'XXB',
      titlePasses: false,
      purpose: 'destruction',
      shipment: 'S-1',
      lines: line(100, { site: 'North' }),
    });
    expect(sent.body).toMatchObject({ shipment: 'S-1' });
  });
  afterAll(() => service.stop());

  const figures = async (state: string) =>
    (await service.get(`/v1/states/${state}/remaining`)).body as unknown as Record<string, unknown>;
  const shipment = async (query = '') =>
    (await service.get(`/v1/shipments/s-1${query}`)).body as unknown as Record<string, unknown>;

  it('is in transit, and still in the sender’s remaining', async () => {
    expect(await shipment()).toMatchObject({
      shipment: 'S-1',
      sender: 'XXA',
      receiver: 'XXB',
      status: 'in-transit',
      lines: [{ munition: 'M14', dispatched: 100, received: 0, difference: 100 }],
    });
    expect(await figures('XXA')).toMatchObject({ remaining: 1000, unaccounted: 0 });
    expect((await service.get('/v1/states/XXA/differences')).body.items).toEqual([]);
  });

  it('is received in part: a difference for both, and no figure of the sender’s changes', async () => {
    const received = await service.post('/v1/states/XXB/receipts', {
      effectiveDate: '2010-04-14',
      sender: 'XXA',
      shipment: 'S-1',
      heldAs: 'custody',
      lines: line(98),
    });
    expect(received.status).toBe(201);
    expect(await shipment()).toMatchObject({ status: 'disagrees' });
    expect(await shipment('?effective=2010-04-13')).toMatchObject({ status: 'in-transit' });
    expect(await figures('XXA')).toMatchObject({ remaining: 1000, custody: 0, unaccounted: 0 });
    expect(await figures('XXB')).toMatchObject({ remaining: 0, custody: 98, unaccounted: 0 });
    for (const state of ['XXA', 'XXB']) {
      const { items } = (await service.get(`/v1/states/${state}/differences`)).body;
      expect(items).toMatchObject([
        { id: 'shipment:S-1', kind: 'shipment', expected: 100, counted: 98, quantity: 2, open: 2 },
      ]);
    }
  });

  it('counts custody once in the totals of all States', async () => {
    const { body } = await service.get('/v1/totals');
    expect(body).toMatchObject({ remaining: 1000, custody: 98 });
  });

  it('takes more than was dispatched as a difference, never as a refusal', async () => {
    const more = await service.post('/v1/states/XXB/receipts', {
      effectiveDate: '2010-04-15',
      sender: 'XXA',
      shipment: 'S-1',
      heldAs: 'custody',
      lines: line(7),
    });
    expect(more.status).toBe(201);
    expect(await shipment()).toMatchObject({ lines: [{ received: 105, difference: -5 }] });
    await service.post('/v1/states/XXB/reversals', { entry: more.body.entry, reason: 'twice' });
    expect(await shipment()).toMatchObject({ lines: [{ received: 98, difference: 2 }] });
  });

  it('is explained by either side, until one of them says something new', async () => {
    const explained = { effectiveDate: '2010-05', shipment: 'S-1', reason: 'two fell off' };
    expect((await service.post('/v1/states/XXB/explanations', explained)).status).toBe(201);
    expect(await shipment()).toMatchObject({ status: 'explained' });
    await service.post('/v1/states/XXB/returns', {
      effectiveDate: '2010-06',
      shipment: 'S-1',
      lines: line(8),
    });
    expect(await shipment()).toMatchObject({
      status: 'disagrees',
      lines: [{ dispatched: 100, returned: 0, received: 98, givenBack: 8, difference: 10 }],
    });
  });

  it('comes back to the account and the place that it left', async () => {
    const returned = await service.post('/v1/states/XXA/returns', {
      effectiveDate: '2010-06-30',
      shipment: 'S-1',
      lines: line(8),
    });
    expect(returned.body.postings).toMatchObject([
      { account: 'held/dispatched', quantity: -8 },
      { account: 'held/stockpile', site: 'North', quantity: 8 },
    ]);
    expect(await shipment()).toMatchObject({
      lines: [{ returned: 8, givenBack: 8, difference: 2 }],
    });
  });

  it('is there only for those who may read one of its sides', async () => {
    const { key } = await service.keyFor('authority', ['XXC']);
    expect((await service.get('/v1/shipments/S-1', { key })).status).toBe(404);
    const { key: receiver } = await service.keyFor('authority', ['XXB']);
    expect((await service.get('/v1/shipments/S-1', { key: receiver })).status).toBe(200);
  });

  it('is not changed by what a third State claims under its name, nor shown to it', async () => {
    const before = await shipment();
    const claimed = await service.post('/v1/states/XXE/receipts', {
      effectiveDate: '2010-07',
      sender: 'XXA',
      shipment: 'S-1',
      heldAs: 'custody',
      lines: line(5),
    });
    expect(claimed.status).toBe(201);
    const { known: _then, ...sides } = before;
    expect(await shipment()).toMatchObject(sides);
    const { key } = await service.keyFor('authority', ['XXE']);
    expect((await service.get('/v1/shipments/S-1', { key })).status).toBe(404);
    const { items } = (await service.get('/v1/states/XXE/differences', { key })).body;
    expect(items).toMatchObject([{ kind: 'shipment', expected: 0, counted: 5, quantity: 5 }]);
  });

  it('can be received before anyone has said that it was sent', async () => {
    await service.post('/v1/states/XXD/receipts', {
      effectiveDate: '2011',
      sender: 'XXC',
      shipment: 'S-2',
      heldAs: 'held/stockpile',
      lines: line(5),
    });
    const { body } = await service.get('/v1/shipments/S-2');
    expect(body).toMatchObject({ sender: 'XXC', receiver: 'XXD', status: 'no-dispatch' });
  });
});

describe('a shipment whose two sides differ on whose the mines are', () => {
  let service: Service;
  const lines = (quantity: number) => [{ munition: 'M14', quantity }];
  const to = { effectiveDate: '2010-04-12', to: 'XXB', purpose: 'destruction' };
  const from = { effectiveDate: '2010-04-14', sender: 'XXA' };

  beforeAll(async () => {
    service = await Service.start();
    await service.found('XXA', 1000);
  });
  afterAll(() => service.stop());

  const send = (shipment: string, titlePasses: boolean, quantity: number) => {
    const body = { ...to, from: 'held/stockpile', titlePasses, shipment, lines: lines(quantity) };
    return service.post('/v1/states/XXA/transfers', body);
  };
  const receive = (shipment: string, heldAs: string, quantity: number) => {
    const body = { ...from, heldAs, shipment, lines: lines(quantity) };
    return service.post('/v1/states/XXB/receipts', body);
  };
  const sides = async (shipment: string) => {
    const { body } = await service.get(`/v1/shipments/${shipment}`);
    const {
      status,
      lines: [line],
    } = body as unknown as { status: string; lines: [object] };
    return { status, ...line };
  };

  it('is a difference of as many as both have, though the numbers agree', async () => {
    await send('T-1', false, 100);
    const taken = await receive('T-1', 'held/stockpile', 100);
    expect(taken.status).toBe(201);
    expect(await sides('T-1')).toMatchObject({
      ...{ status: 'disagrees', difference: 0, titleDiffers: 100 },
    });
    for (const state of ['XXA', 'XXB']) {
      const { items } = (await service.get(`/v1/states/${state}/differences`)).body;
      expect(items).toMatchObject([
        { id: 'shipment:T-1', quantity: 100, open: 100, about: { titleDiffers: 100 } },
      ]);
    }
    await service.post('/v1/states/XXB/reversals', { entry: taken.body.entry, reason: 'custody' });
    await receive('T-1', 'custody', 100);
    expect(await sides('T-1')).toMatchObject({ status: 'agreed', titleDiffers: 0 });
  });

  it('counts a later receipt that takes as its own what stays the sender’s', async () => {
    await send('T-2', false, 100);
    await receive('T-2', 'custody', 60);
    await receive('T-2', 'held/stockpile', 30);
    expect(await sides('T-2')).toMatchObject({ difference: 10, titleDiffers: 30 });
  });

  it('counts what the receiver keeps for a sender who has given it away', async () => {
    await send('T-3', true, 50);
    await receive('T-3', 'custody', 20);
    await receive('T-3', 'retained', 30);
    expect(await sides('T-3')).toMatchObject({ status: 'disagrees', titleDiffers: 20 });
  });
});
