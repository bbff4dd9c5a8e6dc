import {
  Inject,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { defer, from, switchMap, type Observable } from 'rxjs';
import { badParameter } from '../http/problem.ts';
import { JournalService } from './journal.service.ts';

/** Lets a read wait until the journal has taken the position that it must see. */
@Injectable()
export class MinPositionInterceptor implements NestInterceptor {
  constructor(@Inject(JournalService) private readonly journal: JournalService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const asked = request.headers['ledger-min-position'];
    if (asked === undefined) return next.handle();
    if (typeof asked !== 'string' || !/^\d{1,19}$/.test(asked)) {
      throw badParameter('Ledger-Min-Position', 'must be a position, such as 17');
    }
    return defer(() => from(this.journal.reached(BigInt(asked)))).pipe(
      switchMap(() => next.handle()),
    );
  }
}
