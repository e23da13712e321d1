/** The two inserts of our SQLite files. The caller opens the transaction and has checked everything. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { checksumOf, columns } from './sqlite-row.ts';
import type { StoredEvent } from './store.ts';

const placeholders = columns.replaceAll(/\w+/g, '?');

export class SqliteInsert {
  readonly #stream: StatementSync;
  readonly #event: StatementSync;

  constructor(db: DatabaseSync) {
    this.#stream = db.prepare('INSERT INTO streams (name) VALUES (?)');
    this.#event = db.prepare(`INSERT INTO events (${columns}) VALUES (${placeholders})`);
  }

  /** Gives a new stream its number. */
  stream(name: string): number {
    return Number(this.#stream.run(name).lastInsertRowid);
  }

  event(number: number, event: StoredEvent): void {
    const { position, revision, recordedAt, id, type, schemaVersion, metadata, data } = event;
    this.#event.run(
      position,
      number,
      revision,
      recordedAt,
      id,
      type,
      schemaVersion,
      metadata,
      data,
      checksumOf(event),
    );
  }
}
