import { Body, Controller, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { contradictedCounts, postingAnswer } from '../journal/answers.ts';
import type { Bodies, Kind } from '../ledger/kinds.ts';
import { paths } from '../ledger/kinds.ts';
import * as dto from './bodies.dto.ts';
import { BookKeeper, type Recorded } from './book-keeper.ts';
import { Write, type WriteRequest } from './write-request.ts';

/** What authorities record: one route for each kind of entry. */
@Controller('v1/states/:state')
@Allow('record')
export class RecordingController {
  constructor(@Inject(BookKeeper) private readonly books: BookKeeper) {}

  @Post(paths.inventory)
  inventory(@Body() b: dto.InventoryDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('inventory', b, w, r);
  }

  @Post(paths.retention)
  retention(@Body() b: dto.RetentionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('retention', b, w, r);
  }

  @Post(paths.release)
  release(@Body() b: dto.ReleaseDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('release', b, w, r);
  }

  @Post(paths.use)
  use(@Body() b: dto.UseDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('use', b, w, r);
  }

  @Post(paths.allocation)
  allocation(@Body() b: dto.AllocationDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('allocation', b, w, r);
  }

  @Post(paths.movement)
  movement(@Body() b: dto.MovementDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('movement', b, w, r);
  }

  @Post(paths.destruction)
  destruction(@Body() b: dto.DestructionDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('destruction', b, w, r);
  }

  @Post(paths.loss)
  loss(@Body() b: dto.LossDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('loss', b, w, r);
  }

  @Post(paths.count)
  count(@Body() b: dto.CountDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('count', b, w, r);
  }

  @Post(paths.reversal)
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
