import { Body, Controller, Inject, Res, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, Caller } from '../access/access.decorators.ts';
import type { Principal } from '../access/policy.ts';
import { FactReversals } from '../compliance/fact-reversals.ts';
import { ApiState } from '../http/describe.ts';
import { contradictedCounts, postingAnswer } from '../journal/answers.ts';
import { invalidBody } from '../http/problem.ts';
import type { RecordedEntry } from '../ledger/entry.ts';
import type { Bodies, Kind, PostedEntry } from '../ledger/kinds.ts';
import { shipmentOf } from '../ledger/posting-rules.ts';
import { AllFaults } from './all-faults.interceptor.ts';
import * as dto from './bodies.dto.ts';
import { BodyFaults } from './body-faults.ts';
import { BookKeeper, type Recorded } from './book-keeper.ts';
import { Records } from './records.decorator.ts';
import { Write, type WriteRequest } from './write-request.ts';

/** What authorities record: one route for each kind of entry. */
@ApiTags('Recording')
@ApiState()
@Controller('v1/states/:state')
@Allow('record')
@UseInterceptors(AllFaults)
export class RecordingController {
  constructor(
    @Inject(BookKeeper) private readonly books: BookKeeper,
    @Inject(BodyFaults) private readonly faults: BodyFaults,
    @Inject(FactReversals) private readonly facts: FactReversals,
  ) {}

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

  @Records('transfer', 'Send mines to another State, with or without their title.', dto.TransferDto)
  transfer(@Body() b: dto.TransferDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('transfer', b, w, r);
  }

  @Records('receipt', 'Record what came from another State.', dto.ReceiptDto)
  receipt(@Body() b: dto.ReceiptDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('receipt', b, w, r);
  }

  @Records(
    'return',
    'Take back what was sent, or give back what was held for another State.',
    dto.ReturnDto,
  )
  return(@Body() b: dto.ReturnDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('return', b, w, r);
  }

  @Records('control', 'Record control lost over mines, or regained.', dto.ControlDto)
  control(@Body() b: dto.ControlDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('control', b, w, r);
  }

  @Records(
    'reclassification',
    'Record that mines are of another type or lot, or no mines.',
    dto.ReclassificationDto,
  )
  reclassification(
    @Body() b: dto.ReclassificationDto,
    @Write() w: WriteRequest,
    @Reply() r: FastifyReply,
  ) {
    return this.#record('reclassification', b, w, r);
  }

  @Records('statement', 'Lay a figure that someone claims beside the ledger’s.', dto.StatementDto)
  statement(@Body() b: dto.StatementDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('statement', b, w, r);
  }

  @Records('explanation', 'Explain an open difference, in whole or part.', dto.ExplanationDto)
  explanation(@Body() b: dto.ExplanationDto, @Write() w: WriteRequest, @Reply() r: FastifyReply) {
    return this.#record('explanation', b, w, r);
  }

  @Records(
    'correction',
    'Reverse and record several entries as one: all or nothing.',
    dto.CorrectionDto,
  )
  async correction(
    @Body() body: dto.CorrectionDto,
    @Write() asked: WriteRequest,
    @Reply() reply: FastifyReply,
  ) {
    const { parts, errors } = await this.faults.replacements(body, asked.state);
    if (errors.length > 0) throw invalidBody(errors);
    return this.#record('correction', { ...body, replace: parts }, asked, reply);
  }

  @Records(
    'reversal',
    'Turn an entry or a fact of the treaty round that was wrong.',
    dto.ReversalDto,
  )
  @Allow('reverse')
  reversal(
    @Body() body: dto.ReversalDto,
    @Write() asked: WriteRequest,
    @Caller() caller: Principal,
    @Reply() reply: FastifyReply,
  ) {
    if (this.facts.isFor(body, caller, asked.state)) return this.facts.reverse(body, asked, reply);
    return this.#record('reversal', body, asked, reply);
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

function answer({ entries, ...recorded }: Recorded, { state }: WriteRequest, reply: FastifyReply) {
  const posted = {
    postings: entries.flatMap(({ postings }) => postings.map(postingAnswer)),
    contradicts: contradictedCounts(entries.flatMap(({ contradicts }) => contradicts)),
    ...(entries.length > 1 && { entries: entries.slice(1).map(({ id }) => id) }),
    ...madeShipment(entries[0]),
  };
  if (recorded.outcome === 'would-record') {
    void reply.status(200);
    const nothing = { entry: null, position: null, revision: null, recordedAt: null };
    return { dryRun: true, ...nothing, ...posted };
  }
  const [first, last] = [entries[0], entries.at(-1)] as RecordedEntry[];
  if (recorded.outcome === 'replayed') void reply.header('Idempotency-Replayed', 'true');
  void reply
    .status(201)
    .header('Location', `/v1/states/${state}/entries/${first?.id}`)
    .header('ETag', `"${last?.revision}"`);
  const position = recorded.position.toString();
  const revision = String(last?.revision);
  return { entry: first?.id, position, revision, recordedAt: first?.recordedAt, ...posted };
}

/** A shipment's id may have been made: whoever receives it needs it. */
function madeShipment(entry: PostedEntry | undefined): { shipment?: string } {
  return entry?.kind === 'transfer' ? { shipment: shipmentOf(entry) } : {};
}

/** The reply, for its status and headers; the body is what the method returns. */
function Reply(): ParameterDecorator {
  return Res({ passthrough: true });
}
