/** Deciding and writing appends, inside a transaction that the caller opens and commits. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AppendRequest } from './check-append.ts';
import { DuplicateEvent, EventElsewhere, LogDamaged, RevisionConflict } from './errors.ts';
import { meets } from './expected-revision.ts';
import type { Outcome } from './group-commit.ts';
import { repeated } from './repeated.ts';
import { SqliteInsert } from './sqlite-insert.ts';
import { SqliteReading } from './sqlite-read.ts';
import { byId } from './sqlite-row.ts';
import type { EventToStore, StoredEvent } from './store.ts';

/** Where the log and a stream stand; its number is null before its first event. */
type Standing = readonly [
  position: number,
  recordedAt: number,
  number: number | null,
  revision: number,
  firstIsKnown: 0 | 1,
];

/** Everything an append is judged by, in one query: most appends are a single event. */
const standing = `
  SELECT
    coalesce((SELECT max(rowid) FROM events), 0),
    coalesce((SELECT recorded_at FROM events ORDER BY rowid DESC LIMIT 1), 0),
    (SELECT number FROM streams WHERE name = ?1),
    coalesce((SELECT max(revision) FROM events
      WHERE stream = (SELECT number FROM streams WHERE name = ?1)), 0),
    EXISTS (SELECT 1 FROM events WHERE ${byId('?2')})`;

/** What is wrong with one append and with no other beside it. */
const isRefusal = (error: unknown): error is Error =>
  [LogDamaged, DuplicateEvent, EventElsewhere].some((kind) => error instanceof kind);

/** The statements of the writing connection. */
export class SqliteWriting {
  readonly reading: SqliteReading;
  readonly #begin: StatementSync;
  readonly #commit: StatementSync;
  readonly #known: StatementSync;
  readonly #standing: StatementSync;
  readonly #inserts: SqliteInsert;

  constructor(db: DatabaseSync, path: string) {
    this.reading = new SqliteReading(db, path);
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#known = db.prepare(`SELECT 1 FROM events WHERE ${byId('?')}`);
    this.#standing = db.prepare(standing);
    this.#standing.setReturnArrays(true);
    this.#inserts = new SqliteInsert(db);
  }

  /** Takes the write lock. @throws SQLite's "busy" when another process has it */
  begin(): void {
    this.#begin.run();
  }

  /** Returns when the transaction is on the disk. */
  commit(): void {
    this.#commit.run();
  }

  /**
   * Writes what can be written, in order; an append that is refused leaves nothing behind and
   * takes nobody with it, because every check comes before its first insert.
   */
  appendAll(batch: readonly AppendRequest[], now: number): readonly Outcome[] {
    return batch.map((request) => this.#append(request, now));
  }

  #append(request: AppendRequest, now: number): Outcome {
    const { stream, events, expected } = request;
    const standing = this.#standing.get(stream, events[0]?.id ?? '') as unknown as Standing;
    const known = this.#countKnown(events, standing);
    if (known > 0) return this.#echo(request, known);
    const [, , , revision] = standing;
    if (meets(expected, revision)) return this.#insert(request, standing, now);
    return { refused: new RevisionConflict(stream, expected, revision) };
  }

  #countKnown(events: readonly EventToStore[], [, , , , firstIsKnown]: Standing): number {
    let known: number = firstIsKnown;
    for (let place = 1; place < events.length; place += 1) {
      if (this.#known.get(events[place]?.id ?? '') !== undefined) known += 1;
    }
    return known;
  }

  #insert(request: AppendRequest, standing: Standing, now: number): Outcome {
    const { stream } = request;
    let [position, recordedAt, number, revision] = standing;
    number ??= this.#inserts.stream(stream);
    const events: StoredEvent[] = [];
    for (const { id, type, schemaVersion, data, metadata, recordedAt: before } of request.events) {
      position += 1;
      revision += 1;
      recordedAt = Math.max(recordedAt, before ?? now);
      const place = { stream, revision, position, recordedAt };
      const event = { id, type, schemaVersion, data, metadata, ...place };
      events.push(event);
      this.#inserts.event(number, event);
    }
    return { appended: { revision, position, events, duplicate: false } };
  }

  /** A damaged event refuses its own echo only. */
  #echo(request: AppendRequest, known: number): Outcome {
    try {
      return { appended: repeated(request, known, (id) => this.reading.find(id)) };
    } catch (error) {
      if (isRefusal(error)) return { refused: error };
      throw error;
    }
  }
}
