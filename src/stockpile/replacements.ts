import { Inject, Injectable } from '@nestjs/common';
import { invalidBody, Problem, type ProblemError } from '../http/problem.ts';
import { Validation } from '../http/validation.ts';
import type { Kind, Replacement } from '../ledger/kinds.ts';
import * as dto from './bodies.dto.ts';

const bodies: Readonly<Record<Exclude<Kind, 'reversal' | 'correction'>, new () => object>> = {
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

/** Checks what a correction records anew: each part as the route of its kind would. */
@Injectable()
export class Replacements {
  constructor(@Inject(Validation) private readonly validation: Validation) {}

  /** @throws Problem with the errors of all parts at once */
  async checked(replace: readonly object[]): Promise<Replacement[]> {
    const errors: ProblemError[] = [];
    const checked: Replacement[] = [];
    for (const [n, part] of replace.entries()) {
      const { kind, ...body } = part as { kind?: unknown };
      const metatype = Object.entries(bodies).find(([known]) => known === kind)?.[1];
      if (metatype === undefined) {
        const detail = `must be one of: ${Object.keys(bodies).join(', ')}`;
        errors.push({ pointer: `/replace/${n}/kind`, detail });
        continue;
      }
      try {
        const read: unknown = await this.validation.transform(body, { type: 'body', metatype });
        checked.push({ ...(read as object), kind } as Replacement);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        errors.push(...error.errors.map((e) => ({ ...e, pointer: `/replace/${n}${e.pointer}` })));
      }
    }
    if (errors.length > 0) throw invalidBody(errors);
    return checked;
  }
}
