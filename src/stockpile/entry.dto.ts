import { EffectiveDateField, ListOf, Name, OneOf, Quantity, Sha256, Text } from '../http/fields.ts';
import { precisions, type Precision } from '../ledger/quantity.ts';
import { limits } from '../limits.ts';

/** A document that shows what an entry says; the document itself stays where it is. */
export class EvidenceDto {
  @Name({ description: 'File name of the document', example: 'protocol-17.pdf' })
  name!: string;

  @Name({ description: 'Media type of the document', example: 'application/pdf' })
  mediaType!: string;

  @Sha256({ description: 'SHA-256 of the document', example: 'e3b0c442'.padEnd(64, '0') })
  sha256!: string;
}

/** What the lines of every kind have. A field left out means "not recorded", never "any". */
export class LineDto {
  @Name({ description: 'Type as declared', example: 'PMN-2' })
  munition!: string;

  @Quantity(1, { description: 'Number of mines', example: 5000 })
  quantity!: number;

  @Name({
    description: 'Lot or batch number as the maker wrote it',
    example: '12-84',
    optional: true,
  })
  lot?: string;

  @Name({
    description: 'Depot or site where the mines are',
    example: 'Depot North',
    optional: true,
  })
  site?: string;

  @Name({ description: 'Who is authorised to hold them', example: 'Army', optional: true })
  institution?: string;

  @OneOf(precisions, {
    description: 'How well the quantity is known; exact unless said',
    optional: true,
  })
  precision?: Precision;
}

/** A line whose mines go elsewhere. What is left out stays as it is. */
export class MovingLineDto extends LineDto {
  @Name({ description: 'The lot they become part of', example: '12-84/A', optional: true })
  toLot?: string;

  @Name({ description: 'The site they go to', example: 'Training Centre', optional: true })
  toSite?: string;

  @Name({
    description: 'The institution that holds them then',
    example: 'EOD School',
    optional: true,
  })
  toInstitution?: string;
}

/** What the body of every kind has beside its lines. */
export class CommonDto {
  @Name({ description: 'Voucher or document number', example: 'V-2010-117', optional: true })
  reference?: string;

  @Text({ description: 'Anything worth knowing, such as the source', optional: true })
  remarks?: string;

  @ListOf(() => EvidenceDto, {
    description: 'Documents that show it',
    least: 0,
    most: limits.evidenceMax,
    optional: true,
  })
  evidence?: EvidenceDto[];
}

export class DatedDto extends CommonDto {
  @EffectiveDateField()
  effectiveDate!: string;
}

/** What an entry has that turned out to be the truth behind a shortage. */
export class ExplainingDto extends DatedDto {
  @Name({
    description: 'The shortage that this is the truth behind: the quantity is taken from it',
    optional: true,
  })
  explains?: string;

  @EffectiveDateField({
    description: 'When it really happened; the entry itself is not dated before the count',
    optional: true,
  })
  happenedOn?: string;
}
