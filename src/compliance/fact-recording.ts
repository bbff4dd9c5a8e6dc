import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { entryIdOf, type WriteRequest } from '../stockpile/write-request.ts';
import type { AskedFact, Fact } from '../treaty/facts.ts';
import { FactKeeper } from './fact-keeper.ts';

/** Records facts for routes: from what came with the request to what is answered. */
@Injectable()
export class FactRecording {
  constructor(@Inject(FactKeeper) private readonly keeper: FactKeeper) {}

  /** @throws Problem when nothing was recorded, or when that is not known */
  async record(asked: AskedFact, request: WriteRequest, reply: FastifyReply) {
    const { idempotencyKey, requestHash, actor, ifMatch, dryRun } = request;
    const id = entryIdOf(request);
    const whole = { id, idempotencyKey, requestHash, actor, ifMatch, dryRun };
    const recorded = await this.keeper.record(asked, whole);
    const nothing = { postings: [], contradicts: [] };
    if (recorded.outcome === 'would-record') {
      void reply.status(200);
      const none = { entry: null, position: null, revision: null, recordedAt: null };
      return { dryRun: true, ...none, ...nothing };
    }
    const { fact } = recorded;
    if (recorded.outcome === 'replayed') void reply.header('Idempotency-Replayed', 'true');
    void reply.header('Location', locationOf(fact)).header('ETag', `"${fact.revision}"`);
    const { position, revision, recordedAt } = fact;
    return {
      entry: fact.id,
      position: position.toString(),
      revision: String(revision),
      recordedAt,
      ...nothing,
    };
  }
}

function locationOf({ id, state }: Fact): string {
  return state === null ? `/v1/facts/${id}` : `/v1/states/${state}/facts/${id}`;
}
