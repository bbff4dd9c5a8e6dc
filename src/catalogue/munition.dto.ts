import { ListOf, Name, Names, One, Quantity, Text } from '../http/fields.ts';
import { limits } from '../limits.ts';
import { EvidenceDto } from '../stockpile/entry.dto.ts';

const millimetres = (what: string) => ({ description: `${what} in millimetres`, optional: true });

/** What Article 7.1(h) asks about a type, as far as it is known. */
export class CharacteristicsDto {
  @Quantity(1, millimetres('Length'))
  lengthMm?: number;

  @Quantity(1, millimetres('Width'))
  widthMm?: number;

  @Quantity(1, millimetres('Height'))
  heightMm?: number;

  @Quantity(1, millimetres('Diameter'))
  diameterMm?: number;

  @Text({ description: 'How it is fused', example: 'pressure, 8 to 25 kg', optional: true })
  fusing?: string;

  @Name({ description: 'Kind of explosive', example: 'TNT', optional: true })
  explosive?: string;

  @Quantity(1, { description: 'Explosive content in grams', example: 240, optional: true })
  explosiveGrams?: number;

  @Text({ description: 'Metallic content', example: 'striker and spring', optional: true })
  metallicContent?: string;

  @ListOf(() => EvidenceDto, {
    description: 'Colour photographs; the pictures themselves stay where they are',
    least: 0,
    most: limits.evidenceMax,
    optional: true,
  })
  photographs?: EvidenceDto[];

  @Text({ description: 'Anything else that helps to recognise it', optional: true })
  other?: string;
}

/** A type of munition; a later description of the same type replaces it and keeps it. */
export class MunitionDto {
  @Name({ description: 'The type, by the name that the catalogue uses', example: 'PMN-2' })
  type!: string;

  @Names({
    description: 'Other spellings that mean it, as States declare them',
    example: ['PMN 2', 'PMN2'],
    most: limits.spellingsMax,
    optional: true,
  })
  spellings?: string[];

  @One(() => CharacteristicsDto, {
    description: 'Technical characteristics, Article 7.1(h)',
    optional: true,
  })
  characteristics?: CharacteristicsDto;

  @Text({ description: 'Where this is known from', optional: true })
  source?: string;
}
