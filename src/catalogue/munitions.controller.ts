import { Body, Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { Allow } from '../access/access.decorators.ts';
import type { Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { ids } from '../http/ids.ts';
import { plainWrite } from '../http/plain-write.ts';
import { Problem } from '../http/problem.ts';
import { momentAnswer } from '../journal/answers.ts';
import { pageOf } from '../journal/page-of.ts';
import { mustSee, paging, twoTimes } from '../journal/read-parameters.ts';
import { ReadingService } from '../journal/reading.service.ts';
import { normaliseName } from '../ledger/names.ts';
import { writeRequestOf } from '../stockpile/write-request.ts';
import { CatalogueService } from './catalogue.service.ts';
import { MunitionDto } from './munition.dto.ts';
import type { MunitionVersion } from './munition.ts';
import * as schemas from './schemas.ts';

/** Types of munition: which spellings mean them, and what they are like. */
@ApiTags('Munitions')
@Controller('v1/munitions')
export class MunitionsController {
  constructor(
    @Inject(CatalogueService) private readonly service: CatalogueService,
    @Inject(ReadingService) private readonly reading: ReadingService,
  ) {}

  @Post()
  @Allow('describe-munitions')
  @Describe({
    summary: 'Describe a type; a further description is a new version of it',
    status: 201,
    answer: schemas.munition,
    headers: { 'Idempotency-Key': 'Any text of your own, new for each description' },
    problems: [
      'idempotency-key-missing',
      'spelling-taken',
      'busy-book',
      'invalid',
      'idempotency-key-reused',
    ],
  })
  async describe(
    @Body() munition: MunitionDto,
    @Req() request: FastifyRequest & { principal: Principal },
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    plainWrite(request);
    const { idempotencyKey, requestHash, actor } = writeRequestOf(request);
    const id = uuidv5(`munition/${idempotencyKey}`, ids);
    const asked = { id, idempotencyKey, requestHash, actor };
    const { described, replayed } = await this.service.describe(munition, asked);
    if (replayed) void reply.header('Idempotency-Replayed', 'true');
    void reply.header('Location', `/v1/munitions/${encodeURIComponent(described.type)}`);
    return answer(described);
  }

  @Get()
  @Allow('read-some')
  @Describe({
    summary: 'All types, each in its last version',
    answer: schemas.munitions,
    query: { known: twoTimes.known, ...paging },
    headers: mustSee,
  })
  list(@Query() query: unknown) {
    const { at, known, page } = this.reading.asked(query, { page: true });
    const all = this.service.catalogue.all(at.known);
    const { items, next } = pageOf(all, ({ type }) => normaliseName(type), page);
    return { known: momentAnswer(known), items: items.map(answer), next };
  }

  @Get(':type')
  @Allow('read-some')
  @Describe({
    summary: 'One type, by any of its spellings, with its earlier versions',
    answer: schemas.munitionHistory,
    query: { known: twoTimes.known },
    headers: mustSee,
    problems: ['not-found'],
  })
  one(@Param('type') type: string, @Query() query: unknown) {
    const { at } = this.reading.asked(query);
    const found = this.service.catalogue.find(type, at.known);
    if (found === undefined) {
      throw new Problem('not-found', `The catalogue has no type "${type.slice(0, 200)}"`);
    }
    const earlier = this.service.catalogue.versions(found.type, at.known).slice(0, -1);
    return { ...answer(found), earlier: earlier.map(answer) };
  }
}

function answer(munition: MunitionVersion) {
  const { type, spellings = [], characteristics = null, source = null } = munition;
  const { version, position, recordedAt, actor } = munition;
  const what = { type, spellings, characteristics, source };
  return { ...what, version, position: position.toString(), recordedAt, actor };
}
