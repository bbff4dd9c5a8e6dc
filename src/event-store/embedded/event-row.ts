import { crc32 } from 'node:zlib';
import type { StatementSync } from 'node:sqlite';
import type { StoredEvent } from '../event-store.ts';
import { StoreUnavailable } from '../errors.ts';

/** A row of the log in the order of `rowColumns`; arrays are read faster than objects. */
export type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: Uint8Array,
  checksum: number,
];

export const rowColumns = 'position, stream, revision, id, type, data, checksum';

/** CRC-32 over everything a row says, so that no column can change unnoticed. */
export function checksumOf(
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: Uint8Array,
): number {
  return crc32(data, crc32(`${position}\0${stream}\0${revision}\0${id}\0${type}\0`));
}

export function isIntact(row: EventRow): boolean {
  const [position, stream, revision, id, type, data, checksum] = row;
  return checksumOf(position, stream, revision, id, type, data) === checksum;
}

/** The event of a row. Throws `StoreUnavailable` when the row has changed since it was written. */
export function toStoredEvent(row: EventRow): StoredEvent {
  if (!isIntact(row)) {
    throw new StoreUnavailable(`the event at position ${row[0]} is damaged: its checksum is wrong`);
  }
  const [position, stream, revision, id, type, data] = row;
  return { position: BigInt(position), stream, revision, id, type, data };
}

/** Iterates the rows of a statement that selects `rowColumns` and returns arrays. */
export function rowsOf(statement: StatementSync, ...parameters: (number | string)[]) {
  return statement.iterate(...parameters) as unknown as IteratorObject<EventRow>;
}
