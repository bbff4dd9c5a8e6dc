import { applyDecorators, Post, SetMetadata } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { Describe } from '../http/describe.ts';
import { recorded, wouldRecord } from '../journal/schemas.ts';
import { paths, type Kind } from '../ledger/kinds.ts';
import { refusalCodes } from '../ledger/refusals.ts';
import { examples } from './examples.ts';

/** Under which a route says what kind of entry it records. */
export const recordedKind = 'recorded-kind';

/** A route that records entries of one kind, described. */
export function Records(kind: Kind, summary: string, body: new () => object): MethodDecorator {
  return applyDecorators(
    Post(paths[kind]),
    SetMetadata(recordedKind, kind),
    ApiBody({ type: body, examples: { [kind]: { value: examples[kind] } } }),
    ApiResponse({
      status: 200,
      description: 'Of a dry run: what would be recorded',
      content: { 'application/json': { schema: wouldRecord } },
    }),
    Describe({
      summary,
      description:
        `${summary} Answers 201 when it is durable; the same Idempotency-Key with the same body ` +
        'gives the same answer for ever. With `dryRun=true`, 200 and nothing is recorded.',
      status: 201,
      answer: recorded,
      query: { dryRun: '`true`: do everything but record' },
      headers: {
        'Idempotency-Key': 'Any text of your own, new for each entry; its scope is the State',
        'If-Match': 'The revision that the book must be at, in quotes: "4"; "-1" for an empty one',
        'X-Correlation-Id': 'What the entry belongs to, kept with it',
        'X-Causation-Id': 'What caused the entry, kept with it',
      },
      answerHeaders: {
        Location: 'Where the entry is',
        ETag: 'The revision of the book with the entry',
        'Idempotency-Replayed': '`true` when the entry had been recorded before',
      },
      problems: [
        'idempotency-key-missing',
        'unknown-state',
        'refused',
        ...refusalCodes,
        'busy-book',
        'revision-differs',
        'too-large',
        'unsupported-media-type',
        'invalid',
        'idempotency-key-reused',
        'storage-unavailable',
        'outcome-unknown',
      ],
    }),
  );
}
