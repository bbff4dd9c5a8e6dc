import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemSchema } from './describe.ts';

/** The description of the whole API: OpenAPI 3.1, made from the code. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Stockpile Ledger')
    .setDescription(
      'A book of account for stockpiled anti-personnel mines under the Anti-Personnel Mine Ban ' +
        'Convention. Every figure is computed from immutable entries, at two times: effective on ' +
        'a day, as known at a position of the log. The numbers in examples are invented.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API key' })
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '')}_${method}`,
  });
  const bodies = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => [name, { ...schema, additionalProperties: false }] as const,
  );
  const schemas = { ...Object.fromEntries(bodies), Problem: problemSchema };
  return { ...document, components: { ...document.components, schemas } };
}

/** Serves the description at `/openapi.json` and pages to read it at `/docs`. */
export function serveDocs(app: NestFastifyApplication): void {
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Stockpile Ledger',
  });
}
