import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { EffectiveDateField, Flag, Names, OneOf, Quantity } from '../http/fields.ts';
import { limits } from '../limits.ts';
import { narrativeParts } from './forms.ts';

/** A long text, or null when nothing is to be said under its heading. */
const Narration = () =>
  applyDecorators(
    ApiProperty({
      description: 'The text; null when nothing is to be said under this heading any more',
      oneOf: [{ type: 'string', maxLength: limits.narrativeLengthMax }, { type: 'null' }],
      required: true,
    }),
    IsOptional(),
    IsString(),
    MaxLength(limits.narrativeLengthMax),
  );

/** A part of a report in words. */
export class TextDto {
  @OneOf(narrativeParts, { description: 'Which part', example: 'A' })
  part!: string;

  @Narration()
  text!: string | null;
}

/** What a State says when it files. */
export class FilingDto {
  @EffectiveDateField({
    description: 'When it is submitted; today unless said',
    example: '2011-04-28',
    optional: true,
  })
  submittedOn?: string;

  @EffectiveDateField({
    description: 'What it is about, where that is not the calendar year',
    example: '2010-04/2011-03',
    optional: true,
  })
  period?: string;

  @Names({
    description: 'Findings of level error that it is filed with all the same, by their ids',
    example: ['retained-without-institution'],
    most: 1_000,
    optional: true,
  })
  acknowledge?: string[];

  @Quantity(1, {
    description: 'The filing for the same year that it amends',
    example: 1,
    optional: true,
  })
  amends?: number;

  @Flag({
    description: 'Whether the cover page alone stands for the report: only when nothing changed',
    optional: true,
  })
  coverOnly?: boolean;
}
