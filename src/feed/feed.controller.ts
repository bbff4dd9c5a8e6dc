import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Caller } from '../access/access.decorators.ts';
import type { Principal } from '../access/policy.ts';
import { Describe } from '../http/describe.ts';
import { badParameter, Problem } from '../http/problem.ts';
import { JournalService } from '../journal/journal.service.ts';
import { LiveFeed } from './live-feed.ts';

/** Entries as they are recorded: CloudEvents over Server-Sent Events. */
@ApiTags('Feed')
@Controller('v1/feed')
export class FeedController {
  constructor(
    @Inject(LiveFeed) private readonly feed: LiveFeed,
    @Inject(JournalService) private readonly journal: JournalService,
  ) {}

  /** Goes on after `Last-Event-ID` (or `?after=`); without either, from now on. */
  @Get()
  @Describe({
    summary: 'Entries as they are recorded: CloudEvents over Server-Sent Events',
    description:
      'One event for each entry of the States that the key may read; `id` is its position. ' +
      'Goes on after `Last-Event-ID` (or `after`); without either, from now on.',
    answer: { type: 'string' },
    mediaType: 'text/event-stream',
    query: { after: 'The position to go on after, for clients that can’t set headers' },
    headers: { 'Last-Event-ID': 'The position to go on after' },
    problems: ['too-many-requests'],
  })
  @Allow('read-some')
  stream(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Caller() caller: Principal,
    @Query('after') after?: string,
  ): void {
    const from = request.headers['last-event-id'] ?? after;
    if (from !== undefined && (typeof from !== 'string' || !/^\d{1,19}$/.test(from))) {
      throw badParameter('Last-Event-ID', 'must be a position, such as 17');
    }
    const { position } = this.journal.journal;
    const start = from === undefined ? position : BigInt(from);
    if (request.method === 'HEAD') {
      void reply.type('text/event-stream').send();
      return;
    }
    if (!this.feed.open(caller, start, reply)) {
      throw new Problem('too-many-requests', 'Too many feeds are open', { retryAfterSeconds: 10 });
    }
  }
}
