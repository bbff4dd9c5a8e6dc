import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { catchError, type Observable } from 'rxjs';
import { invalidBody } from '../http/problem.ts';
import { Misshapen } from '../http/validation.ts';
import type { Kind } from '../ledger/kinds.ts';
import { BodyFaults } from './body-faults.ts';
import { recordedKind } from './records.decorator.ts';

/** Of a body whose shape is wrong: tells in the same answer what else is wrong with it. */
@Injectable()
export class AllFaults implements NestInterceptor {
  constructor(
    @Inject(BodyFaults) private readonly faults: BodyFaults,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const kind = this.reflector.get<Kind>(recordedKind, context.getHandler());
    const { params } = context.switchToHttp().getRequest<FastifyRequest>();
    const { state = '' } = params as { state?: string };
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        if (!(error instanceof Misshapen)) throw error;
        throw invalidBody(await this.faults.of(kind, error, state));
      }),
    );
  }
}
