/**
 * Requests by the thousand, half right and half wrong, made from the API's own description. Whatever
 * comes in: never a 5xx, never a partial write, and every refusal is a problem that says what is wrong.
 * STOCKPILE_TEST_FUZZ sets how many for each route; a failure names the seed and the smallest request.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { kinds, paths } from '../../src/ledger/kinds.ts';
import { commonKinds, factPaths, type FactKind } from '../../src/treaty/facts.ts';
import { Service, type Answer } from '../support/service.ts';

const runs = Number(process.env['STOCKPILE_TEST_FUZZ'] ?? 250);

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly example?: unknown;
  readonly pattern?: string;
}

const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly paths: Record<string, Record<string, { requestBody?: { content: Json } }>>;
  readonly components: { readonly schemas: Record<string, Schema> };
};
interface Json {
  readonly 'application/json': {
    readonly schema: Schema;
    readonly examples?: Record<string, { readonly value: unknown }>;
  };
}

/** What nobody would send in good faith. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    -1,
    0.5,
    1e13,
    1e308,
    '1',
    true,
    [],
    {},
    '\u0000',
    '\ud800',
  ),
  fc.constantFrom<unknown>(
    '2010-02-30',
    '2999',
    '1899',
    '9999-99',
    '2010/2009',
    '../x',
    '%00',
    '‮lot',
  ),
  fc.constantFrom<unknown>([[]], [null], { length: 1e9 }, { toString: 1 }, { constructor: {} }),
);

function valueOf(schema: Schema, name = ''): fc.Arbitrary<unknown> {
  const { $ref, oneOf, items } = schema;
  if ($ref !== undefined)
    return valueOf(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => valueOf(one)));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.properties !== undefined) return objectOf(schema.properties);
  if (items !== undefined) return fc.array(valueOf(items), { minLength: 1, maxLength: 3 });
  if (schema.type === 'integer') return fc.integer({ min: 0, max: 20 });
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.pattern?.startsWith(String.raw`^\d{4}(-`) && name !== 'effectiveDate') {
    const dates = ['1997', '2003-09-10', '2004-02-29', '2012-12', '2018-01-01', '2025/2026-05'];
    return fc.constantFrom<unknown>(...dates, '1900', '2199-12-31', '9999');
  }
  if (name === 'article') return fc.constantFrom('4', '5', '7.1', '7.2', '4-found');
  if (name === 'meeting') return fc.constantFrom('12MSP', '4RC', 'none');
  if (name === 'effectiveDate') return fc.constantFrom('2004', '2005-03', '2006-01-01/2007');
  return fc.constantFrom(schema.example ?? 'M14', 'M14', 'PMN');
}

/** Every field right, wrong, or left out; and now and then one that there is not. */
function objectOf(properties: Readonly<Record<string, Schema>>): fc.Arbitrary<unknown> {
  const fields = Object.entries(properties).map(([name, schema]) => [
    name,
    fc.oneof(
      { weight: 12, arbitrary: valueOf(schema, name) },
      { weight: 1, arbitrary: junk },
      { weight: 3, arbitrary: fc.constant(undefined) },
    ),
  ]);
  const known = fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>);
  const extra = fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 12 }), junk, { maxKeys: 2 }) },
  );
  return fc.tuple(known, extra).map(([a, b]) => ({ ...(a as object), ...b }));
}

/** Every route that records an entry or a fact. */
const routes = [
  ...kinds.map((kind) => `/v1/states/{state}/${paths[kind]}`),
  ...Object.entries(factPaths).map(([kind, path]) =>
    commonKinds.includes(kind as FactKind) ? `/v1/${path}` : `/v1/states/{state}/${path}`,
  ),
  '/v1/reversals',
];

describe('requests made from the description, right and wrong', () => {
  let service: Service;
  let sent = 0;

  beforeAll(async () => {
    service = await Service.start();
    await service.found('XXB', 1);
  });
  afterAll(async () => {
    await service.stop();
  });

  /** How far the log is: whether anything was recorded, of whatever kind. */
  async function head(): Promise<string> {
    const { body } = await service.get('/v1/states/XXA/remaining');
    return body.known.position;
  }

  async function judge(answer: Answer, before: string): Promise<void> {
    expect(answer.status).toBeLessThan(500);
    if (answer.status < 300) return;
    expect(String(answer.headers['content-type'])).toContain('application/problem+json');
    expect(answer.body.type).toMatch(/^urn:stockpile-ledger:[a-z-]+$/);
    if ([409, 422].includes(answer.status)) {
      expect(answer.body.errors.length).toBeGreaterThan(0);
      for (const error of answer.body.errors) expect(error.detail).toMatch(/\w/);
    }
    expect(await head()).toBe(before);
  }

  it.each(routes)('POST %s answers every one of them', async (route) => {
    const body = document.paths[route]?.['post']?.requestBody?.content['application/json'];
    if (body === undefined) throw new Error(`${route} is not described`);
    const examples = Object.values(body.examples ?? {}).map(({ value }) => value);
    const asked = fc.oneof(
      { weight: 8, arbitrary: valueOf(body.schema) },
      { weight: 1, arbitrary: examples.length > 0 ? fc.constantFrom(...examples) : junk },
      { weight: 1, arbitrary: junk },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (payload) => {
        const before = await head();
        const headers = { 'idempotency-key': `fuzz-${sent++}`, 'content-type': 'application/json' };
        const text = JSON.stringify(payload);
        const url = route.replace('{state}', 'XXA');
        await judge(await service.request('POST', url, { headers, payload: text }), before);
      }),
      { numRuns: runs },
    );
  });

  it('reading answers whatever stands in the query', async () => {
    const reads = ['remaining', 'remaining/explanation', 'balances', 'differences', 'entries'];
    const names = ['effective', 'known', 'munition', 'lot', 'figure', 'by', 'limit', 'after', 'x'];
    const value = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom('2004', '2010-02-30', '1', '99999999999999999999', 'account,lot', 'retained'),
      fc.constantFrom('2026-11-23T10:00:00Z', '0', '-1', '1001', 'W10', 'WzFd'),
    );
    const query = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 4 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reads), query, async (read, asked) => {
        const search = new URLSearchParams(asked).toString();
        const answer = await service.get(`/v1/states/XXA/${read}?${search}`);
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: runs * 5 },
    );
  });

  it('questions about the treaty are answered whatever stands in the query', async () => {
    const words = [
      '1900',
      '2010-02-30',
      '2199-12-31',
      '2200',
      '2012',
      '7.2',
      'missed',
      'XXA',
      'ZZZ',
    ];
    const value = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.constantFrom(...words, '1', '3660', '3661', '0', '-1', '99999999999999999999', ''),
      fc.constantFrom('2026-11-23T10:00:00Z', '1001', 'W10'),
    );
    const names = ['on', 'known', 'days', 'year', 'state', 'article', 'status', 'period', 'limit'];
    const query = fc.dictionary(fc.constantFrom(...names, 'after', 'x'), value, { maxKeys: 4 });
    const reads = ['states/XXA/obligations', 'states/XXA/facts', 'states/XXA/facts/x', 'facts/x'];
    const across = ['membership', 'due', 'report-timeliness', 'meetings', 'action-plans'];
    // Each of all States at once: few of them, as they are many answers.
    const read = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...reads, ...across) },
      { weight: 1, arbitrary: fc.constantFrom('obligations', 'calendar.ics') },
    );
    await fc.assert(
      fc.asyncProperty(read, query, async (path, asked) => {
        const search = new URLSearchParams(asked).toString();
        const answer = await service.get(`/v1/${path}?${search}`);
        expect([200, 400, 404]).toContain(answer.status);
      }),
      { numRuns: runs * 2 },
    );
  });
});
