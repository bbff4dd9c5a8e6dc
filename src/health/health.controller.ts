import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/access.decorators.ts';
import { EVENT_STORE } from '../event-store/event-store.token.ts';
import type { EventStore } from '../event-store/event-store.ts';
import { Describe } from '../http/describe.ts';
import { object, position, text, word } from '../http/schema.ts';
import { JournalService } from '../journal/journal.service.ts';

const states = ['ready', 'catching-up', 'stopped', 'store-failed', 'disk-full'] as const;

const readiness = object(
  'How far the service is',
  { status: word('How it stands', states), position },
  { head: position, reason: text('Why it stopped') },
);

/** What an engine can say of itself beside what every one does. */
interface Engine extends EventStore {
  readonly failure?: Error | undefined;
  readonly outOfSpace?: Error | undefined;
}

/** Whether the service lives, and whether it can answer for the whole log and take entries. */
@ApiTags('Operations')
@Controller('health')
@Allow('anyone')
export class HealthController {
  constructor(
    @Inject(JournalService) private readonly journal: JournalService,
    @Inject(EVENT_STORE) private readonly store: Engine,
  ) {}

  @Get('live')
  @Describe({
    summary: 'Whether the process lives',
    answer: object('It does', { status: word('Always live', ['live']) }),
    open: true,
  })
  live() {
    return { status: 'live' };
  }

  @Get('ready')
  @Describe({ summary: 'Whether it answers for the whole log', answer: readiness, open: true })
  @ApiResponse({
    status: 503,
    description: 'Not yet, or no longer: how far it is, or why it stopped',
    content: { 'application/json': { schema: readiness } },
  })
  ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const journal = this.journal.status;
    const { failure, outOfSpace } = this.store;
    const trouble = failure ?? outOfSpace;
    if (journal.status === 'ready' && trouble === undefined) {
      return { status: 'ready', position: journal.position.toString() };
    }
    void reply.status(503).header('Retry-After', '2');
    const ofStore = failure === undefined ? 'disk-full' : 'store-failed';
    const stops = failure !== undefined || journal.status === 'ready';
    return {
      status: stops ? ofStore : journal.status,
      position: journal.position.toString(),
      ...('head' in journal && { head: journal.head.toString() }),
      ...('reason' in journal && { reason: journal.reason }),
      ...(stops && { reason: trouble?.message }),
    };
  }
}
