import { Flag, ListOf, Name, OneOf, StateCode, Text } from '../http/fields.ts';
import { stockAccounts, type StockAccount } from '../ledger/accounts.ts';
import * as kinds from '../ledger/kinds.ts';
import { limits } from '../limits.ts';
import { DatedDto, ExplainingDto, LineDto } from './entry.dto.ts';

const lines = { description: 'What it is about, line by line', least: 1, most: limits.linesMax };

export class TransferDto extends ExplainingDto {
  @OneOf(stockAccounts, { description: 'The account that they leave', example: 'held/stockpile' })
  from!: StockAccount;

  @StateCode({ description: 'The State that they go to', example: 'XXB' })
  to!: string;

  @Flag({ description: 'Whether title passes; if not, they stay in the sender’s remaining' })
  titlePasses!: boolean;

  @OneOf(kinds.transferPurposes, { description: 'What they are sent for' })
  purpose!: (typeof kinds.transferPurposes)[number];

  @Name({
    description: 'The shipment, by a name of your own; named after the entry unless said',
    example: 'GRC-2010-1',
    optional: true,
  })
  shipment?: string;

  @Name({
    description: 'The shipment under which they are held now, in custody or abroad',
    optional: true,
  })
  fromShipment?: string;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class ReceiptDto extends DatedDto {
  @StateCode({ description: 'The State that sent them', example: 'XXA' })
  sender!: string;

  @Name({ description: 'The shipment, as the sender names it', example: 'GRC-2010-1' })
  shipment!: string;

  @OneOf(['custody', 'held/stockpile', 'retained'], {
    description: 'custody when title stays with the sender',
  })
  heldAs!: 'custody' | 'held/stockpile' | 'retained';

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class ReturnDto extends DatedDto {
  @Name({ description: 'The shipment that they come back from, or go back to' })
  shipment!: string;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class ControlDto extends DatedDto {
  @OneOf(stockAccounts, {
    description:
      'The account that they were in; of those regained also …/unverifiable: wherever it was',
  })
  from!: StockAccount;

  @OneOf(kinds.controlStatuses, { description: 'Lost, or regained: back to where they came from' })
  status!: (typeof kinds.controlStatuses)[number];

  @Name({ description: 'The shipment, where the account is held by shipment', optional: true })
  shipment?: string;

  @Text({ description: 'What is known about it', optional: true })
  reason?: string;

  @ListOf(() => LineDto, lines)
  lines!: LineDto[];
}

export class ReclassificationLineDto extends LineDto {
  @Name({ description: 'The type that they are', example: 'PMN-2', optional: true })
  toMunition?: string;

  @Name({ description: 'The lot that they are of', optional: true })
  toLot?: string;
}

export class ReclassificationDto extends DatedDto {
  @OneOf(stockAccounts, { description: 'The account that they are in, and stay in' })
  from!: StockAccount;

  @Name({ description: 'The shipment, where the account is held by shipment', optional: true })
  shipment?: string;

  @OneOf(kinds.reclassificationReasons, { description: 'Why they are something else' })
  reason!: (typeof kinds.reclassificationReasons)[number];

  @ListOf(() => ReclassificationLineDto, {
    ...lines,
    description: 'Without toMunition and toLot they turn out to be no mines',
  })
  lines!: ReclassificationLineDto[];
}
