/** How an event lies in its row, and the checksum that tells whether it still does. */
import { crc32 } from 'node:zlib';
import type { StoredEvent } from './store.ts';

/** In the order of `Row`. */
export const columns =
  'rowid, stream, revision, recorded_at, id, type, schema_version, metadata, data, checksum';

/** The condition that finds an id, in the words of its index. */
export const byId = (parameter: string): string => `unhex(id, '-') = unhex(${parameter}, '-')`;

export type Row = readonly [
  position: number,
  stream: number,
  revision: number,
  recordedAt: number,
  id: string,
  type: string,
  schemaVersion: number,
  metadata: string,
  data: string,
  checksum: number,
];

/** The numbers of an event as they come under the checksum, before its texts. */
export const numbersOf = (
  event: Pick<StoredEvent, 'position' | 'revision' | 'recordedAt' | 'schemaVersion'>,
): string => `${event.position}\n${event.revision}\n${event.recordedAt}\n${event.schemaVersion}\n`;

/**
 * CRC-32 over everything an event says, place and time included. It finds every burst of up to 32
 * flipped bits, so every single altered byte; it is no proof against an attacker.
 */
export const checksumOf = (event: StoredEvent): number =>
  crc32(
    `${numbersOf(event)}${event.stream}\n${event.id}\n${event.type}\n${event.metadata}\n${event.data}`,
  );

/** The event of a row, or undefined when the row is not what was written. */
export const eventOf = (row: Row, stream: string): StoredEvent | undefined => {
  const [position, , revision, recordedAt, id, type, schemaVersion, metadata, data, checksum] = row;
  const event: StoredEvent = {
    id,
    type,
    schemaVersion,
    data,
    metadata,
    stream,
    revision,
    position,
    recordedAt,
  };
  return checksumOf(event) === checksum ? event : undefined;
};
