import { applyDecorators, Post } from '@nestjs/common';
import { ApiBody, ApiResponse } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { Describe } from '../http/describe.ts';
import { factRefusalCodes } from '../treaty/refusals.ts';
import { recordedFact, wouldRecordFact } from './fact-schemas.ts';

/** A route by which the secretariat records facts of one kind, described. */
export function RecordsFact(
  path: string,
  summary: string,
  body: new () => object,
): MethodDecorator {
  return applyDecorators(
    Post(path),
    Allow('record-facts'),
    ApiBody({ type: body }),
    ApiResponse({
      status: 200,
      description: 'Of a dry run: nothing was recorded',
      content: { 'application/json': { schema: wouldRecordFact } },
    }),
    Describe({
      summary,
      description: `${summary} What the source does not give is left out; dates may be months.`,
      status: 201,
      answer: recordedFact,
      query: { dryRun: '`true`: do everything but record' },
      headers: {
        'Idempotency-Key': 'Any text of your own, new for each fact; its scope is the State',
        'If-Match': 'The revision that the record of the treaty must be at, in quotes: "166"',
      },
      answerHeaders: {
        Location: 'Where the fact is',
        ETag: 'The revision of the record with the fact',
        'Idempotency-Replayed': '`true` when the fact had been recorded before',
      },
      problems: [
        'idempotency-key-missing',
        'unknown-state',
        'refused',
        ...factRefusalCodes,
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
