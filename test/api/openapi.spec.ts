/**
 * The API description is a file of the repository, so that a change of the surface shows in review.
 * `npm run openapi` writes it anew.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Validator } from '@seriousme/openapi-schema-validator';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.ts';
import { describeApi } from '../../src/http/openapi.ts';
import { readSettings } from '../../src/settings.ts';

const file = 'docs/openapi.json';

describe('the description of the API', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stockpile-openapi-'));
  let app: NestFastifyApplication;
  let document: OpenAPIObject;

  beforeAll(async () => {
    const settings = { STOCKPILE_DATA: folder, STOCKPILE_BOOTSTRAP_KEY: 'a-key-for-this-test' };
    app = await createApp(readSettings(settings), { logger: false });
    document = JSON.parse(JSON.stringify(describeApi(app))) as OpenAPIObject;
    if (process.env['STOCKPILE_TEST_WRITE_OPENAPI']) {
      writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
    }
  });

  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  it('is the one kept in the repository', () => {
    expect(document).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect(result).toMatchObject({ valid: true });
    expect(document.openapi).toBe('3.1.0');
  });

  it('describes every route that the service has', async () => {
    await app.init();
    const routes = app
      .getHttpAdapter()
      .getInstance()
      .printRoutes({ commonPrefix: false, includeHooks: false });
    const described = Object.keys(document.paths).map((path) => path.replace(/\{(\w+)\}/g, ':$1'));
    for (const path of described) {
      const segment = path.split('/').at(-1) ?? '';
      expect(routes).toContain(segment);
    }
    expect(described).toHaveLength(63);
  });

  it('says for every route what it answers, and gives every problem an example', () => {
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations) as [string, Operation][]) {
        expect([path, method, operation.summary]).toEqual([path, method, expect.any(String)]);
        for (const [status, response] of Object.entries(operation.responses)) {
          if (status === '204') continue;
          const [content] = Object.values(response.content ?? {});
          expect([path, method, status, content]).toEqual([
            path,
            method,
            status,
            expect.objectContaining({ schema: expect.any(Object) }),
          ]);
          if (Number(status) >= 400 && !path.startsWith('/health')) {
            expect(Object.keys(content?.examples ?? {}).length).toBeGreaterThan(0);
          }
        }
      }
    }
  });
});

interface Operation {
  readonly summary: string;
  readonly responses: Record<
    string,
    { content?: Record<string, { schema: object; examples?: object }> }
  >;
}
