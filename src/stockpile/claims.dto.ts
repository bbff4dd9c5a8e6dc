import {
  EffectiveDateField,
  ListOf,
  ListOfKinds,
  Name,
  Names,
  One,
  OneOf,
  Quantity,
  Text,
} from '../http/fields.ts';
import { accounts, figures, type Account, type Figure } from '../ledger/accounts.ts';
import { kinds, type Replacement } from '../ledger/kinds.ts';
import { precisions, type Precision } from '../ledger/quantity.ts';
import { limits } from '../limits.ts';
import { CommonDto, DatedDto, LineDto } from './entry.dto.ts';

/** What a statement is about; what is left out means any. */
export class FilterDto {
  @Name({ description: 'Only this type', example: 'PMN-2', optional: true })
  munition?: string;

  @Name({ description: 'Only this lot', optional: true })
  lot?: string;

  @Name({ description: 'Only this site', optional: true })
  site?: string;

  @Name({ description: 'Only this institution', optional: true })
  institution?: string;
}

export class StatementDto extends DatedDto {
  @OneOf([...figures, ...accounts], { description: 'What the figure is of', example: 'retained' })
  figure!: Figure | Account;

  @Quantity(0, { description: 'The figure that someone claims', example: 16545 })
  quantity!: number;

  @OneOf(precisions, { description: 'How well it is known; exact unless said', optional: true })
  precision?: Precision;

  @One(() => FilterDto, { description: 'Of which mines; all unless said', optional: true })
  filter?: FilterDto;

  @Text({ description: 'Who claims it, and where', example: 'Landmine Monitor 2004' })
  source!: string;
}

export class ExplanationDto extends DatedDto {
  @Name({ description: 'The difference explained, by its id', optional: true })
  difference?: string;

  @Name({ description: 'The shipment explained, instead of a difference', optional: true })
  shipment?: string;

  @OneOf(accounts, {
    description:
      'What a shortage was (gone/lost, gone/counting-error, source/declared; of custody gone/lost-for-others, gone/counting-error, source/received) or where a surplus came from',
    optional: true,
  })
  account?: Account;

  @Name({ description: 'The opposite difference that it is set against', optional: true })
  against?: string;

  @Text({ description: 'The explanation in words' })
  reason!: string;

  @ListOf(() => LineDto, {
    description: 'How much of it, in one line; all that is open unless said',
    least: 1,
    most: limits.linesMax,
    optional: true,
  })
  lines?: LineDto[];
}

/** The kinds that a correction can record anew. */
export const replacementKinds = kinds.filter((k) => k !== 'reversal' && k !== 'correction');

export class CorrectionDto extends CommonDto {
  @EffectiveDateField({
    description: 'Under which date the correction is listed; that of its latest part unless said',
    optional: true,
  })
  effectiveDate?: string;

  @Text({ description: 'Why it is corrected' })
  reason!: string;

  @Names({
    description: 'The entries to be reversed',
    most: limits.correctionPartsMax,
    optional: true,
  })
  reverse?: string[];

  @ListOfKinds(replacementKinds, {
    description: 'What to record instead: the bodies of other routes, each with its `kind`',
    most: limits.correctionPartsMax,
    optional: true,
  })
  replace?: Replacement[];
}
