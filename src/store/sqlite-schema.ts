/** The tables of the SQLite log, as numbered steps. `user_version` counts the steps taken. */
import type { DatabaseSync } from 'node:sqlite';
import { LogTooNew, NotALog } from './errors.ts';

/** "Cdcl": marks a SQLite file as one of our logs. */
export const applicationId = 0x4364636c;

/**
 * Step n lifts a log from format n to n + 1. Steps are kept for ever and never edited.
 *
 * Positions and revisions are given out by the one transaction that holds the write lock, so both
 * are dense, and a hole is damage. A stream's revision is not kept in a row of its own: the unique
 * index answers it in one probe, and each commit writes one page less. Ids are indexed by their 16
 * bytes: they come in no order, and the fewer pages they scatter over, the fewer a batch writes.
 *
 * An event's position is its rowid, and has no column: for one declared as the rowid's alias SQLite
 * keeps a byte in each row that it never reads, so that damage to it could not be found. A log
 * without holes keeps its rowids through VACUUM.
 */
export const steps: readonly string[] = [
  `
  CREATE TABLE streams (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE events (
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    metadata TEXT NOT NULL,
    data TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE UNIQUE INDEX events_by_id ON events (unhex(id, '-'));
  CREATE TRIGGER events_stay BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER events_remain BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER streams_stay BEFORE UPDATE ON streams
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  CREATE TRIGGER streams_remain BEFORE DELETE ON streams
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
  `,
];

/** Value of a pragma or query that answers one number. */
export const numberOf = (db: DatabaseSync, query: string): number =>
  Number(Object.values(db.prepare(query).get() ?? {})[0] ?? 0);

/** The log's format: 0 for an empty database. @throws NotALog · LogTooNew. Writes nothing. */
export const formatOf = (db: DatabaseSync, path: string): number => {
  const owner = numberOf(db, 'PRAGMA application_id');
  const format = numberOf(db, 'PRAGMA user_version');
  if (owner === applicationId) {
    if (format > steps.length) throw new LogTooNew(path, format, steps.length);
    return format;
  }
  const empty = numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (owner !== 0 || format !== 0 || !empty) {
    throw new NotALog(path, 'is a SQLite database of another program');
  }
  return 0;
};

/** Creates the tables or lifts them to the newest format; does nothing to a log that has it. */
export const lift = (db: DatabaseSync, path: string): void => {
  if (formatOf(db, path) === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Asked again under the lock: another process may have done it meanwhile.
    for (const step of steps.slice(formatOf(db, path))) db.exec(step);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
    db.exec('COMMIT');
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
};
