import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Permission, Principal } from './policy.ts';

export const permissionKey = 'permission';

/** What a route asks of its caller. A route that says nothing is closed to everyone. */
export const Allow = (permission: Permission | 'anyone') => SetMetadata(permissionKey, permission);

/** Whoever calls. */
export const Caller = createParamDecorator(
  (_: unknown, context: ExecutionContext) =>
    context.switchToHttp().getRequest<FastifyRequest & { principal: Principal }>().principal,
);
