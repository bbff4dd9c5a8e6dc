import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allow } from '../access/access.decorators.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { JournalService } from '../journal/journal.service.ts';

/** Whether the service lives, and whether it can answer for the whole log and take entries. */
@Controller('health')
@Allow('anyone')
export class HealthController {
  constructor(
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(EVENT_STORE) private readonly store: EventStore & { readonly failure?: unknown },
  ) {}

  @Get('live')
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const journal = this.journal.status;
    const { failure } = this.store;
    if (journal.status === 'ready' && failure === undefined) {
      return { status: 'ready', position: journal.position.toString() };
    }
    void reply.status(503).header('Retry-After', '2');
    return {
      status: failure === undefined ? journal.status : 'store-failed',
      position: journal.position.toString(),
      ...('head' in journal && { head: journal.head.toString() }),
      ...('reason' in journal && { reason: journal.reason }),
      ...(failure instanceof Error && { reason: failure.message }),
    };
  }
}
