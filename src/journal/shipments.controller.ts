import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import { may, type Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { Problem } from '../http/problem.ts';
import { momentAnswer } from './answers.ts';
import { mustSee, twoTimes } from './read-parameters.ts';
import { ReadingService } from './reading.service.ts';
import * as schemas from './schemas.ts';

/** Shipments: what the sender and the receiver say, beside each other. */
@ApiTags('Figures')
@Controller('v1/shipments')
export class ShipmentsController {
  constructor(@Inject(ReadingService) private readonly reading: ReadingService) {}

  /** Open to whoever may read the sender or the receiver. */
  @Get(':id')
  @Describe({
    summary: 'Both sides of a shipment, and whether they agree',
    answer: schemas.shipment,
    query: twoTimes,
    headers: mustSee,
    problems: ['not-found', 'not-yet-known'],
  })
  @Allow('read-some')
  one(@Param('id') id: string, @Query() query: unknown, @Caller() caller: Principal) {
    const { journal, at, known } = this.reading.asked(query);
    const found = journal.shipments.of(id, at);
    const sides = [found?.sender, found?.receiver].filter((state) => typeof state === 'string');
    if (found === undefined || !sides.some((state) => may(caller, 'read', state))) {
      throw new Problem(
        'not-found',
        `No book that you may read knows shipment ${id.slice(0, 200)}`,
      );
    }
    return { effective: at.effective, known: momentAnswer(known), ...found };
  }
}
