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
import { ids } from '../http/ids.ts';
import { idempotencyKeyOf } from '../http/idempotency-key.ts';
import { Allow, Caller } from './access.decorators.ts';
import { AccessService } from './access.service.ts';
import type { Key } from './key-ring.ts';
import { KeyDto } from './keys.dto.ts';
import type { Principal } from './policy.ts';

/** Keys: made, listed and taken back by an administrator. */
@Controller('v1/keys')
@Allow('manage-keys')
export class KeysController {
  constructor(@Inject(AccessService) private readonly access: AccessService) {}

  @Post()
  async add(
    @Body() { name, role, states }: KeyDto,
    @Caller() by: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = uuidv5(`key/${idempotencyKeyOf(request)}`, ids);
    const { token, ...key } = await this.access.add({ id, name, role, states }, by.id);
    if (token === null) void reply.header('Idempotency-Replayed', 'true');
    return { ...keyAnswer(key), key: token };
  }

  @Get()
  list() {
    return { items: this.access.keys().map(keyAnswer), next: null };
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Param('id') id: string, @Caller() by: Principal): Promise<void> {
    await this.access.revoke(id, by.id);
  }
}

function keyAnswer({ id, name, role, states, createdAt, createdBy, revokedAt }: Key) {
  return { id, name, role, states, createdAt, createdBy, revokedAt };
}
