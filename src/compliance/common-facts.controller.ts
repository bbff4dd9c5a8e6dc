import { Body, Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { Describe } from '../http/describe.ts';
import { mustSee, paging, twoTimes } from '../journal/read-parameters.ts';
import { Write, type WriteRequest } from '../stockpile/write-request.ts';
import type { AskedFact, FactKind } from '../treaty/facts.ts';
import { FactReading } from './fact-reading.ts';
import { FactRecording } from './fact-recording.ts';
import { RecordsFact } from './fact-routes.ts';
import * as schemas from './fact-schemas.ts';
import * as dto from './facts.dto.ts';

/** Facts that are about all States: meetings, and what they adopted. */
@ApiTags('Treaty')
@Controller('v1')
export class CommonFactsController {
  constructor(
    @Inject(FactRecording) private readonly recording: FactRecording,
    @Inject(FactReading) private readonly facts: FactReading,
  ) {}

  @RecordsFact('meetings', 'Record a meeting of the States Parties.', dto.MeetingDto)
  meeting(@Body() b: dto.MeetingDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('meeting', b, w, r);
  }

  @RecordsFact('action-plans', 'Record an action plan as a dated rule.', dto.ActionPlanDto)
  actionPlan(@Body() b: dto.ActionPlanDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('action-plan', b, w, r);
  }

  @RecordsFact('reversals', 'Turn a meeting or action plan round.', dto.FactReversalDto)
  reversal(@Body() b: dto.FactReversalDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('reversal', b, w, r);
  }

  @Get('meetings')
  @Listed('Meetings and Review Conferences, in the order recorded', schemas.facts)
  meetings(@Query() query: unknown) {
    return this.facts.page(null, 'meeting', query);
  }

  @Get('action-plans')
  @Listed('Action plans, in the order recorded', schemas.facts)
  actionPlans(@Query() query: unknown) {
    return this.facts.page(null, 'action-plan', query);
  }

  @Get('facts/:id')
  @One('A fact about no State, of whatever kind')
  one(@Param('id') id: string, @Query() query: unknown) {
    return this.facts.one(null, id, query);
  }

  #record(kind: FactKind, body: object, request: WriteRequest, reply: FastifyReply) {
    const said = { kind, state: null, body } as unknown as AskedFact;
    return this.recording.record(said, request, reply);
  }
}

function Listed(summary: string, answer: typeof schemas.facts): MethodDecorator {
  const query = { known: twoTimes.known, ...paging };
  return both(Describe({ summary, answer, query, headers: mustSee }));
}

function One(summary: string): MethodDecorator {
  const query = { known: twoTimes.known };
  const answer = schemas.fact;
  return both(Describe({ summary, answer, query, headers: mustSee, problems: ['not-found'] }));
}

/** Facts about no State are open to everyone who may read anything. */
function both(described: MethodDecorator): MethodDecorator {
  return (target, key, descriptor) => {
    described(target, key, descriptor);
    Allow('read-some')(target, key, descriptor);
  };
}

/** The reply, for its status and headers; the body is what the method returns. */
function Reply(): ParameterDecorator {
  return Res({ passthrough: true });
}
