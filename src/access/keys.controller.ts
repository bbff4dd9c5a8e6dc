import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 as uuidv5 } from 'uuid';
import { ApiTags } from '@nestjs/swagger';
import { Describe } from '../http/describe.ts';
import { ids } from '../http/ids.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { plainWrite } from '../http/plain-write.ts';
import { instant, list, object, orNull, pageOf, text, word } from '../http/schema.ts';
import { Allow, Caller } from './access.decorators.ts';
import { AccessService } from './access.service.ts';
import type { Key } from './key-ring.ts';
import { KeyDto } from './keys.dto.ts';
import { roles, type Principal } from './policy.ts';

const keyFields = {
  id: text('Its id'),
  name: text('Whose it is', 'Depot North'),
  role: word('What it is for', roles),
  states: {
    oneOf: [word('Every State', ['all']), list('These States', text('Code of a State', 'XXA'))],
  },
  createdAt: instant,
  createdBy: text('The key by which it was made'),
  revokedAt: orNull(instant),
};

/** Keys: made, listed and taken back by an administrator. */
@ApiTags('Keys')
@Controller('v1/keys')
@Allow('manage-keys')
export class KeysController {
  constructor(@Inject(AccessService) private readonly access: AccessService) {}

  @Post()
  @Describe({
    summary: 'Make a key; it is shown only in this answer',
    status: 201,
    answer: object('The key', {
      ...keyFields,
      key: orNull(text('The key itself; null when the request is repeated')),
    }),
    headers: { 'Idempotency-Key': 'Any text of your own, new for each key' },
    problems: ['idempotency-key-missing', 'invalid', 'idempotency-key-reused', 'busy-book'],
  })
  async add(
    @Body() { name, role, states }: KeyDto,
    @Caller() by: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    plainWrite(request);
    const id = uuidv5(`key/${idempotencyKeyOf(request)}`, ids);
    const { token, ...key } = await this.access.add({ id, name, role, states }, by.id);
    if (token === null) void reply.header('Idempotency-Replayed', 'true');
    return { ...keyAnswer(key), key: token };
  }

  @Get()
  @Describe({
    summary: 'All keys that were ever made, without the keys themselves',
    answer: pageOf(object('A key', keyFields)),
  })
  @Allow('read-keys')
  list() {
    return { items: this.access.keys().map(keyAnswer), next: null };
  }

  @Delete(':id')
  @Describe({
    summary: 'Take a key back, from this moment on',
    status: 204,
    problems: ['not-found', 'last-administrator', 'busy-book'],
  })
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Caller() by: Principal): Promise<void> {
    await this.access.revoke(id, by.id);
  }
}

function keyAnswer({ id, name, role, states, createdAt, createdBy, revokedAt }: Key) {
  return { id, name, role, states, createdAt, createdBy, revokedAt };
}
