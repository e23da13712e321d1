/** The tables of our SQLite files, as numbered steps. `user_version` counts the steps taken. */
import type { DatabaseSync } from 'node:sqlite';
import { LogTooNew, NotALog } from './errors.ts';

/** What a file is to us: a log, or the mirror of one that lies on a server. */
export type Kind = {
  /** SQLite's `application_id`, by which a file says what it is. */
  readonly applicationId: number;
  readonly steps: readonly string[];
  /** Whether a commit waits for the disk: a log must, a mirror can be made anew. */
  readonly durable: boolean;
};

/** Of streams and events, in the first format of a log and of a mirror. Never edited, as no step is. */
const tables = `
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
`;

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
const logSteps: readonly string[] = [
  `${tables}  CREATE UNIQUE INDEX events_by_id ON events (unhex(id, '-'));
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

/**
 * A mirror has the tables of a log, and one row that says what it mirrors and how far. What lies on a server is
 * mirrored as it is there: ids may come twice, and revisions may have holes.
 */
const mirrorSteps: readonly string[] = [
  `${tables}  CREATE INDEX events_by_id ON events (unhex(id, '-'));
  CREATE TABLE mirrored (
    origin TEXT NOT NULL,
    event_commit INTEGER,
    event_prepare INTEGER,
    seen_commit INTEGER,
    seen_prepare INTEGER,
    level_at INTEGER
  ) STRICT;
  `,
];

/** "Cdcl" */
export const log: Kind = { applicationId: 0x4364636c, steps: logSteps, durable: true };
/** "Cdcm" */
export const mirror: Kind = { applicationId: 0x4364636d, steps: mirrorSteps, durable: false };

const otherwise = (owner: number): string => {
  if (owner === log.applicationId) return 'is a log of its own and no mirror';
  if (owner === mirror.applicationId) return 'is the mirror of a log on a server';
  return 'is a SQLite database of another program';
};

/** Value of a pragma or query that answers one number. */
export const numberOf = (db: DatabaseSync, query: string): number =>
  Number(Object.values(db.prepare(query).get() ?? {})[0] ?? 0);

/** The log's format: 0 for an empty database. @throws NotALog · LogTooNew. Writes nothing. */
export const formatOf = (db: DatabaseSync, path: string, kind: Kind): number => {
  const owner = numberOf(db, 'PRAGMA application_id');
  const format = numberOf(db, 'PRAGMA user_version');
  if (owner === kind.applicationId) {
    if (format > kind.steps.length) throw new LogTooNew(path, format, kind.steps.length);
    return format;
  }
  const empty = numberOf(db, 'SELECT count(*) FROM sqlite_schema') === 0;
  if (owner !== 0 || format !== 0 || !empty) {
    throw new NotALog(path, otherwise(owner));
  }
  return 0;
};

/** Creates the tables or lifts them to the newest format; does nothing to a file that has it. */
export const lift = (db: DatabaseSync, path: string, kind: Kind): void => {
  const { applicationId, steps } = kind;
  if (formatOf(db, path, kind) === steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // Asked again under the lock: another process may have done it meanwhile.
    for (const step of steps.slice(formatOf(db, path, kind))) db.exec(step);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
    db.exec('COMMIT');
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
};
