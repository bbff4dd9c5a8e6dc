import { Body, Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { ApiState, Describe } from '../http/describe.ts';
import { mustSee, paging, stateProblems, twoTimes } from '../journal/read-parameters.ts';
import { Write, type WriteRequest } from '../stockpile/write-request.ts';
import type { AskedFact, FactBodies, FactKind } from '../treaty/facts.ts';
import * as schemas from './fact-schemas.ts';
import { FactReading } from './fact-reading.ts';
import { FactRecording } from './fact-recording.ts';
import { RecordsFact } from './fact-routes.ts';
import * as dto from './facts.dto.ts';

/** What the secretariat records of a State, and everything that was recorded of it. */
@ApiTags('Treaty')
@ApiState()
@Controller('v1/states/:state')
export class StateFactsController {
  constructor(
    @Inject(FactRecording) private readonly recording: FactRecording,
    @Inject(FactReading) private readonly facts: FactReading,
  ) {}

  @RecordsFact('instruments', 'Record a signature or an instrument deposited.', dto.InstrumentDto)
  instrument(@Body() b: dto.InstrumentDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('instrument', b, w, r);
  }

  @RecordsFact('withdrawals', 'Record a withdrawal (Article 20).', dto.WithdrawalDto)
  withdrawal(@Body() b: dto.WithdrawalDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('withdrawal', b, w, r);
  }

  @RecordsFact('extensions', 'Record an extension as granted (Article 5.3).', dto.ExtensionDto)
  extension(@Body() b: dto.ExtensionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('extension', b, w, r);
  }

  @RecordsFact('completions', 'Record that an article was completed.', dto.CompletionDto)
  completion(@Body() b: dto.CompletionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('completion', b, w, r);
  }

  @RecordsFact(
    'report-submissions',
    'Record that an Article 7 report was submitted.',
    dto.ReportSubmissionDto,
  )
  submission(
    @Body() b: dto.ReportSubmissionDto,
    @Write() w: WriteRequest,
    @Reply() r: FastifyReply,
  ) {
    return this.#record('report-submission', b, w, r);
  }

  @RecordsFact('coverage', 'Record that the record is complete.', dto.CoverageDto)
  coverage(@Body() b: dto.CoverageDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('coverage', b, w, r);
  }

  @RecordsFact('breaches', 'Record that a source states an article as not met.', dto.BreachDto)
  breach(@Body() b: dto.BreachDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('breach', b, w, r);
  }

  @RecordsFact('objections', 'Record that another State objects.', dto.ObjectionDto)
  objection(@Body() b: dto.ObjectionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('objection', b, w, r);
  }

  @Get('facts')
  @Allow('read')
  @Describe({
    summary: 'Everything recorded of the State under the treaty, reversed or not',
    answer: schemas.facts,
    query: { known: twoTimes.known, ...paging },
    headers: mustSee,
    problems: stateProblems,
  })
  list(@Param('state') state: string, @Query() query: unknown) {
    return this.facts.page(state, undefined, query);
  }

  @Get('facts/:id')
  @Allow('read')
  @Describe({
    summary: 'One fact of the treaty',
    answer: schemas.fact,
    query: { known: twoTimes.known },
    headers: mustSee,
    problems: [...stateProblems, 'not-found'],
  })
  one(@Param('state') state: string, @Param('id') id: string, @Query() query: unknown) {
    return this.facts.one(state, id, query);
  }

  #record<K extends FactKind>(kind: K, body: object, request: WriteRequest, reply: FastifyReply) {
    const said = { kind, state: request.state, body: body as FactBodies[K] };
    return this.recording.record(said as unknown as AskedFact, request, reply);
  }
}

/** The reply, for its status and headers; the body is what the method returns. */
function Reply(): ParameterDecorator {
  return Res({ passthrough: true });
}
