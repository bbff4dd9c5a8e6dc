import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { may, type Principal } from '../access/policy.ts';
import { invalidBody, Problem } from '../http/problem.ts';
import type { Reversal } from '../ledger/kinds.ts';
import type { WriteRequest } from '../stockpile/write-request.ts';
import { FactKeeper } from './fact-keeper.ts';
import { FactRecording } from './fact-recording.ts';

/** One route turns round entries and facts: whose it is decides who may. */
@Injectable()
export class FactReversals {
  constructor(
    @Inject(FactKeeper) private readonly keeper: FactKeeper,
    @Inject(FactRecording) private readonly recording: FactRecording,
  ) {}

  /**
   * Whether a reversal is of a fact of the treaty, and not of an entry of the book.
   *
   * @throws Problem `forbidden` when the caller may not turn round what it names
   */
  isFor({ entry }: Reversal, caller: Principal, state: string): boolean {
    const isFact = this.keeper.book.get(entry)?.state === state;
    const needed = isFact ? 'record-facts' : 'record';
    if (may(caller, needed, state)) return isFact;
    // Of what is neither, who may record only facts is told that there is no such fact.
    if (!isFact && may(caller, 'record-facts', state)) return true;
    const whose = isFact ? 'a fact of the treaty' : 'an entry of the book';
    const detail = `The key "${caller.name}" (${caller.role}) may not turn round ${whose}`;
    throw new Problem('forbidden', detail);
  }

  reverse(body: Reversal, request: WriteRequest, reply: FastifyReply) {
    const { entry, reason, effectiveDate, reference, remarks, evidence } = body;
    if (effectiveDate !== undefined) {
      const detail = 'is not said of a fact of the treaty: it was wrong from the beginning';
      throw invalidBody([{ pointer: '/effectiveDate', detail }]);
    }
    const more = {
      ...(reference !== undefined && { reference }),
      ...(remarks !== undefined && { remarks }),
      ...(evidence !== undefined && { evidence }),
    };
    const { state } = request;
    const said = { kind: 'reversal' as const, state, body: { entry, reason, ...more } };
    return this.recording.record(said, request, reply);
  }
}
