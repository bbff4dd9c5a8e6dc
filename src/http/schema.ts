import type { SchemaObject, ReferenceObject } from '@nestjs/swagger';

export type Schema = SchemaObject | ReferenceObject;

type Fields = Readonly<Record<string, Schema>>;

/** An object with all of these fields, and those of `optional` when they are there. */
export function object(description: string, fields: Fields, optional: Fields = {}): SchemaObject {
  return {
    type: 'object',
    description,
    properties: { ...fields, ...optional },
    required: Object.keys(fields),
    additionalProperties: false,
  };
}

export function text(description: string, example?: string): SchemaObject {
  return { type: 'string', description, ...(example !== undefined && { example }) };
}

export function word(description: string, words: readonly string[]): SchemaObject {
  return { type: 'string', description, enum: [...words] };
}

export function whole(description: string, example?: number): SchemaObject {
  return { type: 'integer', description, ...(example !== undefined && { example }) };
}

export function flag(description: string): SchemaObject {
  return { type: 'boolean', description };
}

export function list(description: string, items: Schema): SchemaObject {
  return { type: 'array', description, items };
}

/** This, or null when it is not recorded. */
export function orNull(schema: SchemaObject): SchemaObject {
  const { description, ...rest } = schema;
  return { ...(description !== undefined && { description }), oneOf: [rest, { type: 'null' }] };
}

/** Values by name. */
export function map(description: string, values: Schema): SchemaObject {
  return { type: 'object', description, additionalProperties: values };
}

export const position = text('A place in the order of all events: decimal digits', '42');
export const day = text('A day: YYYY-MM-DD', '2010-12-31');
export const instant = text('RFC 3339, UTC', '2026-11-23T10:00:00.000Z');
export const entryId = text('The id of an entry', '6f1c1f3e-6c7e-5b0a-9a55-0d8b7a3c2f10');

export const moment = object('Up to where the log was read for this answer', {
  position,
  at: orNull(instant),
});

/** A page of items, with the cursor of the next page or null. */
export function pageOf(item: Schema, fields: Fields = {}, optional: Fields = {}): SchemaObject {
  const next = orNull(text('Send it as `after` for the next page; null on the last page'));
  return object('A page of a list', { ...fields, items: list('In order', item), next }, optional);
}
