/** What the secretariat records: every route, its answers, and what is read back. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commonKinds, factPaths } from '../../src/treaty/facts.ts';
import { expectProblem } from '../support/problems.ts';
import {
  factBodies,
  startSecretariat,
  type FactPath,
  type Secretariat,
} from '../support/secretariat.ts';

let secretariat: Secretariat;
beforeAll(async () => {
  secretariat = await startSecretariat();
});
afterAll(() => secretariat.service.stop());

const paths = Object.keys(factBodies) as FactPath[];
const codes = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `XX${letter}`);
let used = 0;

/** A State of its own, bound unless the instrument itself is what is tried. */
async function stateFor(path: FactPath): Promise<string> {
  const state = codes[used++];
  if (state === undefined) throw new Error('no State is left for the test');
  if (path !== 'instruments') await secretariat.instrument(state);
  return state;
}

async function treatyRevision(): Promise<number> {
  const { body } = await secretariat.ask(null, 'meetings', {
    name: `probe ${used++}`,
    kind: 'other',
    dates: '2020',
  });
  return Number(body.revision);
}

describe('every kind of fact', () => {
  it('has a route here that is tried', () => {
    const common = commonKinds.map((kind) => factPaths[kind as 'meeting']);
    expect([...paths, ...common].sort()).toEqual(Object.values(factPaths).sort());
  });

  it.each(paths)('%s: tried dry, recorded once, answered again, and read back', async (path) => {
    const state = await stateFor(path);
    const body = factBodies[path];
    const dry = await secretariat.ask(state, `${path}?dryRun=true`, body);
    expect([dry.status, dry.body]).toEqual([
      200,
      {
        dryRun: true,
        entry: null,
        position: null,
        revision: null,
        recordedAt: null,
        postings: [],
        contradicts: [],
      },
    ]);

    const headers = { 'idempotency-key': `${state} ${path}` };
    const first = await secretariat.ask(state, path, body, { headers });
    expect(first.status).toBe(201);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(first.body).toMatchObject({ postings: [], contradicts: [] });
    expect(first.headers['etag']).toBe(`"${first.body.revision}"`);

    const again = await secretariat.ask(state, path, body, {
      headers: { ...headers, 'if-match': '"3"' },
    });
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.headers['location']).toBe(first.headers['location']);

    const other = await secretariat.ask(state, path, { ...body, remarks: 'more' }, { headers });
    expectProblem(other, 'idempotency-key-reused');

    const location = `/v1/states/${state}/facts/${first.body.entry}`;
    expect(first.headers['location']).toBe(location);
    const fact = {
      fact: first.body.entry,
      state,
      kind: Object.entries(factPaths).find(([, p]) => p === path)?.[0],
      position: first.body.position,
      revision: first.body.revision,
      recordedAt: first.body.recordedAt,
      actor: expect.any(String),
      basis: 'read',
      reversedBy: null,
      body,
    };
    expect((await secretariat.service.get(location)).body).toEqual(fact);
    const { items } = (await secretariat.service.get(`/v1/states/${state}/facts`)).body;
    expect(items.filter((item) => item['fact'] === first.body.entry)).toEqual([fact]);
  });

  it.each([
    ['meetings', { name: '30MSP', title: 'Thirtieth', kind: 'meeting-of-states-parties' }],
    ['action-plans', { name: 'Plan of 2031', from: '2031-01-01', foundMonths: 3 }],
  ] as const)('%s: about no State', async (path, said) => {
    const body = path === 'meetings' ? { ...said, dates: '2031-11-24/2031-11-28' } : said;
    const dry = await secretariat.ask(null, `${path}?dryRun=true`, body);
    expect([dry.status, dry.body.entry]).toEqual([200, null]);
    const headers = { 'idempotency-key': `common ${path}` };
    const first = await secretariat.ask(null, path, body, { headers });
    const again = await secretariat.ask(null, path, body, { headers });
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    expect(first.headers['location']).toBe(`/v1/facts/${first.body.entry}`);
    const read = await secretariat.service.get(String(first.headers['location']));
    expect(read.body).toMatchObject({ state: null, fact: first.body.entry, body });
    const { items } = (await secretariat.service.get(`/v1/${path}?limit=1000`)).body;
    expect(items.map(({ fact }) => fact)).toContain(first.body.entry);
    const changed = { ...body, name: 'another' };
    expectProblem(
      await secretariat.ask(null, path, changed, { headers }),
      'idempotency-key-reused',
    );
  });

  it('the same key is free in another State, and for no State', async () => {
    const headers = { 'idempotency-key': 'one key, three scopes' };
    const [a, b] = [await stateFor('instruments'), await stateFor('instruments')];
    const body = factBodies.instruments;
    const ids = [
      await secretariat.ask(a, 'instruments', body, { headers }),
      await secretariat.ask(b, 'instruments', body, { headers }),
      await secretariat.ask(
        null,
        'meetings',
        { name: 'Z', kind: 'other', dates: '2020' },
        { headers },
      ),
    ];
    expect(ids.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(ids.map(({ body: { entry } }) => entry)).size).toBe(3);
  });
});

describe('conditions and keys', () => {
  it('If-Match names the revision of the record of the treaty', async () => {
    const state = await stateFor('completions');
    const now = await treatyRevision();
    const body = factBodies.completions;
    const stale = { headers: { 'if-match': `"${now - 1}"` } };
    expectProblem(await secretariat.ask(state, 'completions', body, stale), 'revision-differs');
    const fresh = { headers: { 'if-match': `"${now}"` } };
    const taken = await secretariat.ask(state, 'completions', body, fresh);
    expect([taken.status, taken.body.revision]).toEqual([201, String(now + 1)]);
  });

  it('a fact needs a key, and a refused one binds none', async () => {
    const state = await stateFor('completions');
    const none = { headers: { 'idempotency-key': '' } };
    const unnamed = await secretariat.ask(state, 'completions', factBodies.completions, none);
    expectProblem(unnamed, 'idempotency-key-missing');
    const headers = { 'idempotency-key': 'bound by nothing refused' };
    const refused = { article: '4', completedOn: '2030' };
    expectProblem(await secretariat.ask(state, 'completions', refused, { headers }), 'invalid');
    const taken = await secretariat.ask(state, 'completions', factBodies.completions, { headers });
    expect(taken.status).toBe(201);
  });

  it('facts of a State are paged in the order recorded, as known then', async () => {
    const state = await stateFor('instruments');
    const made: string[] = [await secretariat.instrument(state)];
    for (const period of ['2005', '2006', '2007']) {
      const body = { kind: 'annual', period, submittedOn: '2010-01' };
      made.push(await secretariat.record(state, 'report-submissions', body));
    }
    const seen: unknown[] = [];
    let after = '';
    for (let page = 0; page < 4; page++) {
      const url = `/v1/states/${state}/facts?limit=1${after}`;
      const { items, next } = (await secretariat.service.get(url)).body;
      seen.push(...items.map(({ fact }) => fact));
      after = `&after=${next}`;
      expect(next === null).toBe(page === 3);
    }
    expect(seen).toEqual(made);
    const first = await secretariat.service.get(`/v1/states/${state}/facts/${made[0]}`);
    const known = await secretariat.service.get(
      `/v1/states/${state}/facts?known=${first.body.position}`,
    );
    expect(known.body.items.map(({ fact }) => fact)).toEqual([made[0]]);
  });

  it('a fact moves nothing in the book of its State', async () => {
    const state = await stateFor('instruments');
    await secretariat.service.found(state, 7);
    const before = await secretariat.service.journal(state);
    const { revision } = (await secretariat.service.get(`/v1/states/${state}/remaining`)).body;
    await secretariat.instrument(state);
    const after = (await secretariat.service.get(`/v1/states/${state}/remaining`)).body;
    expect([await secretariat.service.journal(state), after.revision]).toEqual([before, revision]);
    expect(after.remaining).toBe(7);
  });
});
