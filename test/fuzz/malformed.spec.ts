/**
 * Requests by the thousand, half right and half wrong, made from the API's own description. Whatever
 * comes in: never a 5xx, never a partial write, and every refusal is a problem that says what is wrong.
 * STOCKPILE_TEST_FUZZ sets how many for each route; a failure names the seed and the smallest request.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { kinds, paths } from '../../src/ledger/kinds.ts';
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

describe('requests made from the description, right and wrong', () => {
  let service: Service;
  let sent = 0;

  beforeAll(async () => {
    service = await Service.start();
  });
  afterAll(async () => {
    await service.stop();
  });

  async function revision(): Promise<string> {
    const { body } = await service.get('/v1/states/XXA/remaining');
    return body.revision;
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
    expect(await revision()).toBe(before);
  }

  it.each(kinds)('recording a %s answers every one of them', async (kind) => {
    const route = `/v1/states/{state}/${paths[kind]}`;
    const body = document.paths[route]?.['post']?.requestBody?.content['application/json'];
    if (body === undefined) throw new Error(`${route} is not described`);
    const examples = Object.values(body.examples ?? {}).map(({ value }) => value);
    const asked = fc.oneof(
      { weight: 8, arbitrary: valueOf(body.schema) },
      { weight: 1, arbitrary: fc.constantFrom(...examples) },
      { weight: 1, arbitrary: junk },
    );
    await fc.assert(
      fc.asyncProperty(asked, async (payload) => {
        const before = await revision();
        const headers = { 'idempotency-key': `fuzz-${sent++}`, 'content-type': 'application/json' };
        const text = JSON.stringify(payload);
        const url = `/v1/states/XXA/${paths[kind]}`;
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
});
