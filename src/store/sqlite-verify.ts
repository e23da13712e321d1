/** Checking a whole log: SQLite's own structures first, then every event against its checksum. */
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { pageSize } from './sqlite-read.ts';
import { numbersOf } from './sqlite-row.ts';
import { numberOf } from './sqlite-schema.ts';
import type { Finding } from './store.ts';

/** Texts as their bytes: decoding could hide an altered one behind a replacement character. */
const query = `
  SELECT events.rowid, revision, recorded_at, schema_version, checksum, CAST(name AS BLOB),
    CAST(id AS BLOB), CAST(type AS BLOB), CAST(metadata AS BLOB), CAST(data AS BLOB)
  FROM events LEFT JOIN streams ON number = stream`;

type Bytes = Uint8Array | null;
type RawRow = readonly [
  position: number,
  revision: number,
  recordedAt: number,
  schemaVersion: number,
  checksum: number,
  stream: Bytes,
  id: Bytes,
  type: Bytes,
  metadata: Bytes,
  data: Bytes,
];

/** Positions, both inclusive. */
type Stretch = { readonly first: number; readonly last: number };

const decoder = new TextDecoder();
const textOf = (bytes: Bytes): string => decoder.decode(bytes ?? new Uint8Array());
/** No event takes fewer bytes. */
const leastBytes = 64;
const lineBreak = Buffer.from('\n');

/** The same sum as of the event itself, taken over the stored bytes. */
const isIntact = (row: RawRow): boolean => {
  const [position, revision, recordedAt, schemaVersion, checksum, ...texts] = row;
  let sum = crc32(numbersOf({ position, revision, recordedAt, schemaVersion }));
  texts.forEach((bytes, place) => {
    if (place > 0) sum = crc32(lineBreak, sum);
    sum = crc32(bytes ?? new Uint8Array(), sum);
  });
  return sum === checksum && !texts.includes(null);
};

/** Walks the events in order and remembers what the next one must continue. */
class Walk {
  readonly #revisions = new Map<string, number>();
  #position = 0;
  #recordedAt = 0;

  *see(row: RawRow): Generator<Finding> {
    const [position, revision, recordedAt] = row;
    if (position !== this.#position + 1) yield this.#gap(position);
    this.#position = position;
    const stream = textOf(row[5]);
    const place = { position, stream };
    if (!isIntact(row)) {
      const message = `The event at position ${position} does not match its checksum.`;
      yield { kind: 'ALTERED', message, ...place };
      // Nothing it says can be held against the others, except that it takes a revision.
      this.#revisions.set(stream, (this.#revisions.get(stream) ?? 0) + 1);
      return;
    }
    const wanted = (this.#revisions.get(stream) ?? 0) + 1;
    this.#revisions.set(stream, revision);
    if (revision !== wanted) {
      const message = `Stream ${stream} goes on with revision ${revision} instead of ${wanted}.`;
      yield { kind: 'REVISION', message, ...place };
    }
    if (recordedAt < this.#recordedAt) {
      yield { kind: 'TIME', message: `recordedAt falls at position ${position}.`, ...place };
    }
    this.#recordedAt = Math.max(recordedAt, this.#recordedAt);
  }

  /** Goes on behind events that can't be read. */
  miss({ first, last }: Stretch): Finding {
    this.#position = last;
    const which = first === last ? `event at position ${first}` : `events at ${first} to ${last}`;
    return { kind: 'UNREADABLE', message: `The ${which} can't be read.`, position: first };
  }

  #gap(position: number): Finding {
    const first = this.#position + 1;
    const which = first === position - 1 ? `${first} is` : `${first} to ${position - 1} are`;
    return { kind: 'GAP', message: `Position ${which} missing.`, position: first };
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Most messages taken from SQLite about its own structures. */
const mostMessages = 100;

function* fileFindings(db: DatabaseSync): Generator<Finding> {
  try {
    const rows = db.prepare(`PRAGMA integrity_check(${mostMessages})`).all();
    for (const row of rows) {
      const message = String(row['integrity_check']);
      if (message !== 'ok') yield { kind: 'FILE', message };
    }
  } catch (error) {
    yield { kind: 'FILE', message: messageOf(error) };
  }
}

const isRow = (seen: RawRow | Stretch): seen is RawRow => Array.isArray(seen);

/** Rows from a place on, in the order in which they lie: a damaged index can't lead in circles. */
function* rowsAfter(db: DatabaseSync, after: number): Generator<RawRow> {
  const rows = db.prepare(`${query} WHERE events.rowid > ? ORDER BY events.rowid`);
  rows.setReturnArrays(true);
  yield* rows.iterate(after) as unknown as Iterable<RawRow>;
}

/** The rows of a stretch one by one, where reading many fails at one of them. */
function* oneByOne(db: DatabaseSync, after: number, end: number): Generator<RawRow | Stretch> {
  const rows = db.prepare(`${query} WHERE events.rowid = ?`);
  rows.setReturnArrays(true);
  let first: number | undefined;
  for (let position = after + 1; position <= end; position += 1) {
    try {
      const found = rows.all(position) as unknown as readonly RawRow[];
      if (first !== undefined) yield { first, last: position - 1 };
      first = undefined;
      yield* found;
    } catch {
      first ??= position;
    }
  }
  if (first !== undefined) yield { first, last: end };
}

/** The last position as far as it can be told: no file holds more events than it has room for. */
const endOf = (db: DatabaseSync): number => {
  const room = numberOf(db, 'PRAGMA page_count') * numberOf(db, 'PRAGMA page_size');
  const most = Math.ceil(room / leastBytes);
  try {
    return Math.min(most, numberOf(db, 'SELECT max(rowid) FROM events'));
  } catch {
    return most;
  }
};

/** Every row that can be had; what is in the way of one is a finding. */
function* allRows(db: DatabaseSync): Generator<RawRow | Stretch> {
  for (let after = 0; ; after += pageSize) {
    try {
      for (const row of rowsAfter(db, after)) {
        yield row;
        after = Math.max(after, row[0]);
      }
      return;
    } catch {
      const end = endOf(db);
      yield* oneByOne(db, after, Math.min(after + pageSize, end));
      if (after + pageSize >= end) return;
    }
  }
}

function* eventFindings(db: DatabaseSync): Generator<Finding | undefined> {
  const walk = new Walk();
  let count = 0;
  for (const seen of allRows(db)) {
    if (isRow(seen)) yield* walk.see(seen);
    else yield walk.miss(seen);
    count += 1;
    if (count % pageSize === 0) yield undefined;
  }
}

/**
 * Everything wrong with the log on this connection; undefined now and then, where the caller may
 * take a breath. What was cut off cleanly at the end can't be seen from inside a log.
 */
export function* verifySqlite(db: DatabaseSync): Generator<Finding | undefined> {
  yield* fileFindings(db);
  try {
    yield* eventFindings(db);
  } catch (error) {
    yield { kind: 'FILE', message: messageOf(error) };
  }
}
