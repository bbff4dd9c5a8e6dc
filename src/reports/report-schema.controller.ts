import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { Describe } from '../http/describe.ts';
import { reportJsonSchema } from './report-schema.ts';

/** The schema of reports, for programs that read or write them. */
@ApiTags('Reports')
@Controller('v1/schemas')
export class ReportSchemaController {
  @Get('article-7-report-1.json')
  @Allow('read-some')
  @Describe({
    summary: 'The JSON Schema (2020-12) of Article 7 reports, version 1',
    answer: { type: 'object', description: 'A JSON Schema', additionalProperties: true },
  })
  schema() {
    return reportJsonSchema;
  }
}
