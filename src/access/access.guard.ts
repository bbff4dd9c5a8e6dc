import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../http/problem.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { permissionKey } from './access.decorators.ts';
import { AccessService } from './access.service.ts';
import { may, type Permission, type Principal } from './policy.ts';

/** The one place that every request passes: who calls, and may they do this for this State. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AccessService) private readonly access: AccessService,
  ) {}

  /** @throws Problem `unauthenticated`, `unknown-state` or `forbidden` */
  canActivate(context: ExecutionContext): boolean {
    const asked = this.reflector.getAllAndOverride<Permission | 'anyone' | undefined>(
      permissionKey,
      [context.getHandler(), context.getClass()],
    );
    if (asked === 'anyone') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest & { principal?: Principal }>();
    const principal = this.#authenticated(request);
    const { state } = request.params as { state?: string };
    if (state !== undefined && stateName(state) === undefined) {
      const detail = `"${state.slice(0, 20)}" is not an ISO 3166-1 alpha-3 code in capitals, nor XXA to XXZ`;
      throw new Problem('unknown-state', detail);
    }
    if (asked === undefined || !may(principal, asked, state)) {
      const whose = state === undefined ? 'for all States' : `for ${state}`;
      const detail = `The key "${principal.name}" (${principal.role}) may not do this ${whose}`;
      throw new Problem('forbidden', detail);
    }
    request.principal = principal;
    return true;
  }

  #authenticated(request: FastifyRequest): Principal {
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const principal = token === undefined ? undefined : this.access.principalOf(token);
    if (principal !== undefined) return principal;
    const detail =
      token === undefined
        ? 'Send the header "Authorization: Bearer <API key>"'
        : 'The API key is not one of this ledger, or it was revoked';
    throw new Problem('unauthenticated', detail);
  }
}
