import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { Describe } from '../http/describe.ts';
import { object, text } from '../http/schema.ts';

/** The root: for whoever comes to the address and does not know what is here. */
@ApiTags('Operations')
@Controller()
@Allow('anyone')
export class EntranceController {
  @Get()
  @Describe({
    summary: 'What this is, and where to read on',
    answer: object('Where to read on', {
      service: text('Its name'),
      docs: text('Pages to read the API', '/docs'),
      description: text('The API as OpenAPI 3.1', '/openapi.json'),
      ready: text('Whether it answers for the whole log', '/health/ready'),
    }),
    open: true,
  })
  entrance() {
    return {
      service: 'Stockpile Ledger',
      docs: '/docs',
      description: '/openapi.json',
      ready: '/health/ready',
    };
  }
}
