import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { Name, OneOf } from '../http/fields.ts';
import { stateName } from '../treaty/iso-3166.ts';
import { roles, type Role } from './policy.ts';

/** A key to be made. */
export class KeyDto {
  @Name({ description: 'Whose key it is, for people to recognise it', example: 'Depot North' })
  name!: string;

  @OneOf(roles, { description: 'What it is for', example: 'authority' })
  role!: Role;

  @ApiProperty({
    description: 'The States that it is for, or "all"',
    example: ['XXA'],
    oneOf: [
      { type: 'string', enum: ['all'] },
      { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 300 },
    ],
  })
  @ValidateBy({
    name: 'areStates',
    validator: {
      validate: (value) => value === 'all' || areStates(value),
      defaultMessage: () => 'states must be "all" or a list of codes of States, such as ["XXA"]',
    },
  })
  states!: 'all' | string[];
}

function areStates(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > 300) return false;
  return value.every((code) => typeof code === 'string' && stateName(code) !== undefined);
}
