import { Transform } from 'class-transformer';
import { EffectiveDateField, Flag, ListOf, Name, OneOf, Quantity, Text } from '../http/fields.ts';
import { stockAccounts, type StockAccount } from '../ledger/accounts.ts';
import * as kinds from '../ledger/kinds.ts';
import { limits } from '../limits.ts';
import { CommonDto, DatedDto, ExplainingDto, LineDto, MovingLineDto } from './entry.dto.ts';

export * from './claims.dto.ts';
export * from './transfers.dto.ts';

const lines = { description: 'What it is about, line by line', least: 1, most: limits.linesMax };
const shipment = {
  description: 'The shipment, where the account is held by shipment',
  example: 'GRC-2010-1',
  optional: true,
};

export class InventoryDto extends DatedDto {
  @OneOf(kinds.inventoryBases, { description: 'How the mines came into the book' })
  basis!: (typeof kinds.inventoryBases)[number];

  @OneOf(['held/stockpile', 'retained'], {
    description: 'What they are held as; held/stockpile unless said',
    optional: true,
  })
  heldAs?: 'held/stockpile' | 'retained';

  @Flag({ description: 'Further mines, though stock of the holding was declared', optional: true })
  adds?: boolean;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class RetentionDto extends DatedDto {
  @Text({ description: 'What they are retained for (Article 3)', optional: true })
  purpose?: string;

  @ListOf(() => MovingLineDto, lines)
  lines!: MovingLineDto[];
}

export class ReleaseDto extends DatedDto {
  @Text({ description: 'Why they are no longer retained', optional: true })
  reason?: string;

  @ListOf(() => MovingLineDto, lines)
  lines!: MovingLineDto[];
}

export class UseLineDto extends LineDto {
  @Quantity(0, { description: 'How many were consumed; 0 when they were used and are still there' })
  declare quantity: number;

  @Quantity(1, {
    description: 'How many were used; as many as consumed unless said',
    optional: true,
  })
  used?: number;
}

export class UseDto extends ExplainingDto {
  @Text({ description: 'What they were used for', optional: true })
  purpose?: string;

  @ListOf(() => UseLineDto, lines)
  lines!: UseLineDto[];
}

export class AllocationDto extends DatedDto {
  @OneOf(kinds.allocationStatuses, {
    description: 'Allocated for destruction, or released from it',
  })
  status!: (typeof kinds.allocationStatuses)[number];

  @Name({ description: 'The destruction campaign', optional: true })
  campaign?: string;

  @ListOf(() => MovingLineDto, lines)
  lines!: MovingLineDto[];
}

export class MovementDto extends DatedDto {
  @OneOf(stockAccounts, { description: 'The account that they stay in' })
  account!: StockAccount;

  @Name(shipment)
  shipment?: string;

  @ListOf(() => MovingLineDto, lines)
  lines!: MovingLineDto[];
}

export class DestructionDto extends ExplainingDto {
  @OneOf(['4', '5'], { description: 'The article: 4 of stock, 5 of mined areas', example: '4' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value))
  article!: '4' | '5';

  @OneOf(stockAccounts, {
    description: 'The account that they were held in; not for Article 5',
    example: 'held/stockpile',
    optional: true,
  })
  from?: StockAccount;

  @Name(shipment)
  shipment?: string;

  @Name({ description: 'Where they were destroyed', example: 'Range East' })
  destructionSite!: string;

  @Name({
    description: 'How: open detonation, open burning, incineration, …',
    example: 'open detonation',
  })
  method!: string;

  @Name({ description: 'Safety standard applied', optional: true })
  safetyStandard?: string;

  @Name({ description: 'Environmental standard applied', optional: true })
  environmentalStandard?: string;

  @Name({ description: 'Number of the certificate', optional: true })
  certificate?: string;

  @Name({ description: 'Officer in charge', optional: true })
  officer?: string;

  @Name({ description: 'Independent verifier', optional: true })
  verifier?: string;

  @Name({ description: 'The entry of the find that they came from', optional: true })
  find?: string;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class LossDto extends ExplainingDto {
  @OneOf(stockAccounts, { description: 'The account that they were lost from' })
  from!: StockAccount;

  @Name(shipment)
  shipment?: string;

  @OneOf(kinds.lossCauses, { description: 'What became of them' })
  cause!: (typeof kinds.lossCauses)[number];

  @Text({ description: 'What is known about it', optional: true })
  reason?: string;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class CountLineDto extends LineDto {
  @Quantity(0, { description: 'How many were counted; 0 is legal', example: 4990 })
  declare quantity: number;
}

export class CountDto extends DatedDto {
  @OneOf(stockAccounts, { description: 'The account that was counted' })
  account!: StockAccount;

  @Name(shipment)
  shipment?: string;

  @OneOf(kinds.countMethods, { description: 'How it was counted' })
  method!: (typeof kinds.countMethods)[number];

  @Flag({ description: 'The account holds nothing but these lines', optional: true })
  complete?: boolean;

  @ListOf(() => CountLineDto, lines)
  lines!: CountLineDto[];
}

export class ReversalDto extends CommonDto {
  @Name({ description: 'The entry to be turned round', example: '6f1c1f3e-…' })
  entry!: string;

  @Text({ description: 'Why it was wrong' })
  reason!: string;

  @EffectiveDateField({
    description: 'That of the entry reversed: may be left out, may not differ',
    optional: true,
  })
  effectiveDate?: string;
}
