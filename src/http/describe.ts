import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiResponse,
} from '@nestjs/swagger';
import { problems, type ProblemName } from './problem.ts';
import { object, list, text, whole, type Schema } from './schema.ts';

/** What a route is, for people and programs that read the API description. */
interface Description {
  readonly summary: string;
  readonly description?: string;
  readonly status?: 200 | 201 | 204;
  readonly answer?: Schema;
  readonly example?: unknown;
  readonly mediaType?: string;
  /** Problems beside those that every route can answer with. */
  readonly problems?: readonly ProblemName[];
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  /** Open to everyone: no key is asked for. */
  readonly open?: boolean;
}

const everywhere: readonly ProblemName[] = [
  'not-readable',
  'unauthenticated',
  'forbidden',
  'not-ready',
];

/** Describes a route: what it answers, and every problem it can answer with. */
export function Describe(what: Description): MethodDecorator {
  const named = [...(what.open ? [] : everywhere), ...(what.problems ?? [])];
  return applyDecorators(
    ApiOperation({ summary: what.summary, description: what.description ?? what.summary }),
    ...(what.open ? [] : [ApiBearerAuth()]),
    ...Object.entries(what.query ?? {}).map(([name, description]) =>
      ApiQuery({ name, description, required: false, schema: { type: 'string' } }),
    ),
    ...Object.entries(what.headers ?? {}).map(([name, description]) =>
      ApiHeader({ name, description, required: name === 'Idempotency-Key' }),
    ),
    answered(what),
    ...problemResponses(named),
  );
}

/** The State that a route is about. */
export const ApiState = () =>
  ApiParam({
    name: 'state',
    description:
      'ISO 3166-1 alpha-3 code in capitals, current or withdrawn; XXA to XXZ for exercises',
    schema: { type: 'string', pattern: '^[A-Z]{3}$' },
    example: 'XXA',
  });

function answered({ status = 200, answer, example, mediaType, answerHeaders }: Description) {
  const headers = Object.fromEntries(
    Object.entries(answerHeaders ?? {}).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  );
  if (answer === undefined) return ApiResponse({ status, description: 'Done', headers });
  const content = {
    [mediaType ?? 'application/json']: {
      schema: answer,
      ...(example !== undefined && { example }),
    },
  };
  return ApiResponse({ status, description: 'What was asked for', headers, content });
}

/** One response for each status, with an example for each problem that has it. */
function problemResponses(names: readonly ProblemName[]): MethodDecorator[] {
  const byStatus = Map.groupBy(new Set(names), (name) => problems[name][0]);
  return [...byStatus].map(([status, ofStatus]) =>
    ApiResponse({
      status,
      description: ofStatus.map((name) => problems[name][1]).join('; '),
      content: {
        'application/problem+json': {
          schema: { $ref: '#/components/schemas/Problem' },
          examples: Object.fromEntries(ofStatus.map((name) => [name, { value: exampleOf(name) }])),
        },
      },
    }),
  );
}

function exampleOf(name: ProblemName) {
  const [status, title] = problems[name];
  return { type: `urn:stockpile-ledger:${name}`, title, status, detail: `${title}.`, errors: [] };
}

/** RFC 9457, as every problem is answered. */
export const problemSchema = {
  ...object('What went wrong and what would be right (RFC 9457)', {
    type: text('Stable name: urn:stockpile-ledger:<name>', 'urn:stockpile-ledger:invalid'),
    title: text('The kind of problem in words'),
    status: whole('The HTTP status', 422),
    detail: text('This problem in words'),
    errors: list('Everything wrong with the request, at once', {
      type: 'object',
      properties: {
        pointer: text(
          'JSON pointer into the body; ?name for a parameter or header',
          '/lines/0/lot',
        ),
        detail: text('What is wrong and what would be right'),
        code: text('Of a refusal by the book: its name', 'insufficient-stock'),
      },
      required: ['pointer', 'detail'],
    }),
  }),
};
