import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
  type ValidationOptions,
} from 'class-validator';
import { limits } from '../limits.ts';
import { NotADate, parseEffectiveDate } from '../ledger/effective-date.ts';
import { normaliseName } from '../ledger/names.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { quantityMax } from '../ledger/quantity.ts';

/** What a field means, with an example; `optional` when it may be left out (or be null). */
interface Field {
  readonly description: string;
  readonly example?: unknown;
  readonly optional?: boolean;
}

/** `null` is taken for "left out": many programs write it so. */
function presence({ optional }: Field): PropertyDecorator[] {
  if (optional !== true) return [];
  return [
    Transform(({ value }: { value: unknown }) => (value === null ? undefined : value)),
    ValidateIf((_, value) => value !== undefined && value !== null),
  ];
}

function documented({ description, example, optional }: Field, more: object): PropertyDecorator {
  return ApiProperty({
    description,
    ...(example !== undefined && { example }),
    required: optional !== true,
    ...more,
  });
}

/** Text that UTF-8 can hold: no half of a surrogate pair. */
const isWellFormed = () =>
  ValidateBy({
    name: 'isWellFormed',
    validator: {
      validate: (value) => typeof value === 'string' && value.isWellFormed(),
      defaultMessage: () => '$property has half a character (a lone surrogate) in it',
    },
  });

/** Text with something in it that a reader can see. */
const isReadable = (options?: ValidationOptions) =>
  ValidateBy(
    {
      name: 'isReadable',
      validator: {
        validate: (value) => typeof value === 'string' && normaliseName(value) !== '',
        defaultMessage: () => '$property has nothing readable in it; leave it out if not recorded',
      },
    },
    options,
  );

function text(field: Field, maxLength: number): PropertyDecorator {
  return applyDecorators(
    ...presence(field),
    documented(field, { type: 'string', minLength: 1, maxLength }),
    IsString(),
    IsNotEmpty(),
    isReadable(),
    MaxLength(maxLength),
    isWellFormed(),
  );
}

/** A name: kept as written, compared without case, invisible and look-alike characters. */
export const Name = (field: Field) => text(field, limits.nameLengthMax);

/** Free text. */
export const Text = (field: Field) => text(field, limits.textLengthMax);

/** One of a few words. */
export const OneOf = (words: readonly string[], field: Field) =>
  applyDecorators(
    ...presence(field),
    documented(field, { type: 'string', enum: [...words] }),
    IsIn(words, { message: `$property must be one of: ${words.join(', ')}` }),
  );

/** A whole number. */
export const Whole = (least: number, most: number, field: Field) =>
  applyDecorators(
    ...presence(field),
    documented(field, { type: 'integer', minimum: least, maximum: most }),
    IsInt({ message: '$property must be a whole number, written as a number' }),
    Min(least),
    Max(most),
  );

/** A whole number of mines. */
export const Quantity = (least: 0 | 1, field: Field) => Whole(least, quantityMax, field);

export const Flag = (field: Field) =>
  applyDecorators(...presence(field), documented(field, { type: 'boolean' }), IsBoolean());

/** When it happened, as well as that is known; the book checks that it is a date. */
export const EffectiveDateField = (field: Partial<Field> = {}) => {
  const full = {
    description:
      'When it happened: a day, a month, a year or an interval (ISO 8601-2 / EDTF level 0). ' +
      'Counted on its last day, kept as given; not in the future, not before 1900.',
    example: '2010-07',
    ...field,
  };
  return applyDecorators(
    ...presence(full),
    documented(full, { type: 'string', maxLength: 21, pattern: datePattern }),
    IsString(),
    MaxLength(40),
    isWellFormed(),
  );
};

/** An effective date that no book checks: what is wrong with its form is said with all the rest. */
export const ReadableDateField = (field: Partial<Field>) =>
  applyDecorators(
    EffectiveDateField(field),
    ValidateBy({
      name: 'isReadableDate',
      validator: {
        validate: (value) => dateFault(value) === undefined,
        defaultMessage: (asked) => dateFault(asked?.value) ?? '',
      },
    }),
  );

/** What keeps a text from being a date; of what is no text, other rules speak. */
function dateFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    parseEffectiveDate(value.slice(0, 100));
    return undefined;
  } catch (error) {
    if (error instanceof NotADate) return error.message;
    throw error;
  }
}

const datePattern = String.raw`^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$`;

/** A SHA-256 in hex. */
export const Sha256 = (field: Field) =>
  applyDecorators(
    ...presence(field),
    documented(field, { type: 'string', pattern: '^[0-9a-f]{64}$' }),
    Matches(/^[0-9a-f]{64}$/, {
      message: '$property must be 64 hexadecimal digits, small letters',
    }),
  );

/** A list of objects. */
export const ListOf = (
  type: () => new () => object,
  { least, most, ...field }: Field & { least: number; most: number },
) =>
  applyDecorators(
    ...presence(field),
    ApiProperty({
      description: field.description,
      // Swagger takes a function for lazy only when it is called "type".
      type: () => type(),
      isArray: true,
      minItems: least,
      maxItems: most,
      required: field.optional !== true,
    }),
    IsArray(),
    ArrayMinSize(least, { message: `$property must have at least ${least} item` }),
    ArrayMaxSize(most, { message: `$property can have at most ${most} items` }),
    ValidateNested({ each: true }),
    Type(type),
  );

/** The code of a State. */
export const StateCode = (field: Field) =>
  applyDecorators(
    ...presence(field),
    documented(field, { type: 'string', pattern: '^[A-Z]{3}$' }),
    ValidateBy({
      name: 'isIn',
      validator: {
        validate: (value) => typeof value === 'string' && stateName(value) !== undefined,
        defaultMessage: () => '$property must be the code of a State: three capitals, ISO 3166-1',
      },
    }),
  );

/** One object. */
export const One = (type: () => new () => object, field: Field) =>
  applyDecorators(
    ...presence(field),
    ApiProperty({
      description: field.description,
      type: () => type(),
      required: field.optional !== true,
    }),
    IsObject(),
    ValidateNested(),
    Type(type),
  );

/** A list of names. */
export const Names = ({ most, ...field }: Field & { most: number }) =>
  applyDecorators(
    ...presence(field),
    documented(field, {
      type: 'array',
      maxItems: most,
      items: { type: 'string', minLength: 1, maxLength: limits.nameLengthMax },
    }),
    IsArray(),
    ArrayMaxSize(most, { message: `$property can have at most ${most} items` }),
    IsString({ each: true }),
    isReadable({ each: true }),
    MaxLength(limits.nameLengthMax, { each: true }),
  );

/** A list of objects that are checked one by one later, by the kind that each names. */
export const ListOfKinds = (
  words: readonly string[],
  { most, ...field }: Field & { most: number },
) =>
  applyDecorators(
    ...presence(field),
    documented(field, {
      type: 'array',
      maxItems: most,
      items: {
        type: 'object',
        properties: { kind: { type: 'string', enum: [...words] } },
        required: ['kind'],
      },
    }),
    IsArray(),
    ArrayMaxSize(most, { message: `$property can have at most ${most} items` }),
    IsObject({ each: true }),
  );
