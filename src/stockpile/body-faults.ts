import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../clock.ts';
import type { ProblemError } from '../http/problem.ts';
import { Misshapen, Validation } from '../http/validation.ts';
import { faultsOf } from '../ledger/faults.ts';
import { withMalformed } from '../ledger/judging.ts';
import type { Bodies, Kind, Replacement } from '../ledger/kinds.ts';
import * as dto from './bodies.dto.ts';

const bodies: Readonly<Record<Replacement['kind'], new () => object>> = {
  inventory: dto.InventoryDto,
  retention: dto.RetentionDto,
  release: dto.ReleaseDto,
  use: dto.UseDto,
  allocation: dto.AllocationDto,
  movement: dto.MovementDto,
  destruction: dto.DestructionDto,
  loss: dto.LossDto,
  count: dto.CountDto,
  transfer: dto.TransferDto,
  receipt: dto.ReceiptDto,
  return: dto.ReturnDto,
  control: dto.ControlDto,
  reclassification: dto.ReclassificationDto,
  statement: dto.StatementDto,
  explanation: dto.ExplanationDto,
};

/** What a correction records anew, as far as it could be read, and all that is wrong with it. */
interface Replacements {
  readonly parts: readonly Replacement[];
  readonly errors: readonly ProblemError[];
}

/**
 * All that is wrong with a body whose shape is wrong somewhere: that, and whatever the book would
 * find wrong with the rest of it. A body of the right shape is left to the book.
 */
@Injectable()
export class BodyFaults {
  constructor(
    @Inject(Validation) private readonly validation: Validation,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param misshapen of the kind's own class */
  async of(kind: Kind, { body, faults }: Misshapen, state: string): Promise<ProblemError[]> {
    const pointers = faults.map(({ pointer }) => pointer);
    const own = [...this.#faultsOf(kind, withMalformed(body, pointers), state), ...faults];
    if (kind !== 'correction' || pointers.includes('/replace')) return own;
    const { replace = [] } = body as Bodies['correction'];
    return [...own, ...(await this.#read(replace, state, true)).errors];
  }

  /** The parts of a correction, each checked as the route of its kind would check it. */
  async replacements(correction: Bodies['correction'], state: string): Promise<Replacements> {
    const { replace = [] } = correction;
    const read = await this.#read(replace, state, false);
    if (read.errors.length === 0) return read;
    const all = await this.#read(replace, state, true);
    return { ...all, errors: [...this.#faultsOf('correction', correction, state), ...all.errors] };
  }

  /** @param judge whether parts of the right shape are judged too: the book does it otherwise */
  async #read(replace: readonly object[], state: string, judge: boolean): Promise<Replacements> {
    const errors: ProblemError[] = [];
    const parts: Replacement[] = [];
    for (const [n, part] of replace.entries()) {
      const { kind, ...body } = part as { kind?: unknown };
      const known = Object.keys(bodies).find((name) => name === kind) as keyof typeof bodies;
      const under = (faults: readonly ProblemError[]) =>
        errors.push(...faults.map((e) => ({ ...e, pointer: `/replace/${n}${e.pointer}` })));
      if (known === undefined) {
        const detail = `must be one of: ${Object.keys(bodies).join(', ')}`;
        under([{ pointer: '/kind', detail }]);
        continue;
      }
      const metatype = bodies[known];
      try {
        const read = (await this.validation.transform(body, { type: 'body', metatype })) as object;
        if (judge) under(this.#faultsOf(known, read, state));
        parts.push({ ...read, kind: known } as Replacement);
      } catch (error) {
        if (!(error instanceof Misshapen)) throw error;
        under(await this.of(known, error, state));
      }
    }
    return { parts, errors };
  }

  #faultsOf(kind: Kind, body: object, state: string): ProblemError[] {
    const faults = faultsOf(kind, body as Bodies[Kind], this.clock.now(), state);
    return faults.map((fault) => ({ ...fault }));
  }
}
