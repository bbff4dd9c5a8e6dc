import { Body, Controller, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { ApiState } from '../http/describe.ts';
import { contradictedCounts, postingAnswer } from '../journal/answers.ts';
import type { Bodies, Kind } from '../ledger/kinds.ts';
import * as dto from './bodies.dto.ts';
import { BookKeeper, type Recorded } from './book-keeper.ts';
import { Records } from './records.decorator.ts';
import { Write, type WriteRequest } from './write-request.ts';

/** What authorities record: one route for each kind of entry. */
@ApiTags('Recording')
@ApiState()
@Controller('v1/states/:state')
@Allow('record')
export class RecordingController {
  constructor(@Inject(BookKeeper) private readonly books: BookKeeper) {}

  @Records('inventory', 'Record stock that came into the book.', dto.InventoryDto)
  inventory(@Body() b: dto.InventoryDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('inventory', b, w, r);
  }

  @Records('retention', 'Retain mines for training (Article 3).', dto.RetentionDto)
  retention(@Body() b: dto.RetentionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('retention', b, w, r);
  }

  @Records('release', 'Give retained mines back to the stock.', dto.ReleaseDto)
  release(@Body() b: dto.ReleaseDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('release', b, w, r);
  }

  @Records('use', 'Record the use of retained mines, consumed or not.', dto.UseDto)
  use(@Body() b: dto.UseDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('use', b, w, r);
  }

  @Records(
    'allocation',
    'Allocate mines for destruction, or release them from it.',
    dto.AllocationDto,
  )
  allocation(@Body() b: dto.AllocationDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('allocation', b, w, r);
  }

  @Records('movement', 'Move mines to another place, or split a lot.', dto.MovementDto)
  movement(@Body() b: dto.MovementDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('movement', b, w, r);
  }

  @Records('destruction', 'Record mines destroyed, under Article 4 or 5.', dto.DestructionDto)
  destruction(@Body() b: dto.DestructionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('destruction', b, w, r);
  }

  @Records('loss', 'Record mines lost, stolen, or destroyed by accident.', dto.LossDto)
  loss(@Body() b: dto.LossDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('loss', b, w, r);
  }

  @Records('count', 'Record what was counted at the end of a day.', dto.CountDto)
  count(@Body() b: dto.CountDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('count', b, w, r);
  }

  @Records('reversal', 'Turn an entry round that was wrong.', dto.ReversalDto)
  reversal(@Body() b: dto.ReversalDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('reversal', b, w, r);
  }

  async #record<K extends Kind>(
    kind: K,
    body: Bodies[K],
    asked: WriteRequest,
    reply: FastifyReply,
  ) {
    const recorded = await this.books.record({ kind, body }, asked);
    return answer(recorded, asked, reply);
  }
}

function answer(recorded: Recorded, { state }: WriteRequest, reply: FastifyReply) {
  const { entry } = recorded;
  const posted = {
    postings: entry.postings.map(postingAnswer),
    contradicts: contradictedCounts(entry.contradicts),
  };
  if (recorded.outcome === 'would-record') {
    void reply.status(200);
    const nothing = { entry: null, position: null, revision: null, recordedAt: null };
    return { dryRun: true, ...nothing, ...posted };
  }
  const { id, revision, recordedAt } = recorded.entry;
  if (recorded.outcome === 'replayed') void reply.header('Idempotency-Replayed', 'true');
  void reply
    .status(201)
    .header('Location', `/v1/states/${state}/entries/${id}`)
    .header('ETag', `"${revision}"`);
  const position = recorded.position.toString();
  return { entry: id, position, revision: String(revision), recordedAt, ...posted };
}

/** The reply, for its status and headers; the body is what the method returns. */
function Reply(): ParameterDecorator {
  return Res({ passthrough: true });
}
