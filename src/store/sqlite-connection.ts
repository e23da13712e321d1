/** Opening a connection to the log: nothing is trusted, every setting is read back. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { NotALog, NotWritable, StoreUnavailable } from './errors.ts';
import { formatOf, type Kind, lift, log, numberOf } from './sqlite-schema.ts';

export const inMemory = ':memory:';

/** Before it, restarting the WAL could corrupt the file (https://sqlite.org/releaselog). */
const oldestSound = [3, 51, 3] as const;
/** SQLite's numbers for `synchronous`: FULL waits at each commit, NORMAL at checkpoints only. */
const levels = { full: 2, normal: 1 } as const;
/** The smallest page that SQLite knows, bytes: a database is empty or has one. */
const leastSize = 512;
/** How long SQLite itself may block this thread for a lock, ms: while opening, and afterwards. */
const openingPatience = 1_000;
const writingPatience = 20;
/**
 * Pages in the WAL before a commit moves them into the file: eight times SQLite's own default. The
 * rarer that happens, the more often a page is rewritten in the WAL alone; with 64 writers this
 * is nearly half the time of an append (docs/decisions/0001).
 */
const checkpointAfter = 8_000;
/** The WAL file shrinks to this after a checkpoint, bytes; above what it needs between two. */
const walLimit = 64 * 1024 * 1024;

/** Called on every new connection that writes, before it is used. For tests and faults. */
export type OnOpen = (connection: DatabaseSync) => void;

const isSound = (version: string): boolean => {
  const parts = version.split('.').map(Number);
  const differing = oldestSound.findIndex((least, place) => parts[place] !== least);
  return differing === -1 || (parts[differing] ?? 0) > (oldestSound[differing] ?? 0);
};

/** @throws StoreUnavailable when this Node brings a SQLite that could corrupt a log */
export const assertSoundSqlite = (version = process.versions['sqlite'] ?? '0'): void => {
  if (isSound(version)) return;
  throw new StoreUnavailable(
    'UNSUPPORTED',
    `This Node brings SQLite ${version} and the log needs ${oldestSound.join('.')} or later; install a newer Node 24.`,
  );
};

const allowed = (place: string, mode: number): boolean => {
  try {
    accessSync(place, mode);
    return true;
  } catch {
    return false;
  }
};

/** Makes a folder and those above it; Node's own way never ends where none can be made, as under /proc. */
const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
};

/**
 * Makes the log's folder and asks for permissions, so that a refusal names the right place. It
 * never opens the file itself: closing that descriptor would drop the locks that SQLite holds for
 * other connections of this process (https://sqlite.org/howtocorrupt.html, 2.2).
 */
export const preparePlace = (path: string): void => {
  const folder = dirname(path);
  try {
    makeFolder(folder);
  } catch (error) {
    throw new NotWritable(folder, error);
  }
  if (existsSync(path)) {
    const file = statSync(path);
    if (!file.isFile()) throw new NotALog(path, 'is not a file');
    // SQLite takes a file of one byte for an empty database, and would write over it.
    if (file.size > 0 && file.size < leastSize) throw new NotALog(path, 'is not a SQLite database');
    if (!allowed(path, constants.R_OK | constants.W_OK)) throw new NotWritable(path);
  }
  // The folder too: SQLite keeps the -wal and -shm files beside the log.
  if (!allowed(folder, constants.W_OK | constants.X_OK)) throw new NotWritable(folder);
};

/** Sets what must hold on every connection, and reads it back. */
const settle = (db: DatabaseSync, path: string, { durable }: Kind): void => {
  const level = durable ? levels.full : levels.normal;
  const wanted = path === inMemory ? 'memory' : 'wal';
  const mode = db.prepare(`PRAGMA journal_mode = ${wanted}`).get()?.['journal_mode'];
  db.exec(`PRAGMA synchronous = ${level}; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON`);
  db.exec(
    `PRAGMA journal_size_limit = ${walLimit}; PRAGMA wal_autocheckpoint = ${checkpointAfter}`,
  );
  if (mode !== wanted || numberOf(db, 'PRAGMA synchronous') !== level) {
    throw new StoreUnavailable(
      'UNSUPPORTED',
      `The log ${path} can't be written safely there (journal ${mode}); put it on a local disk.`,
    );
  }
};

const connect = (path: string, prepare: OnOpen): DatabaseSync => {
  const db = new DatabaseSync(path, {
    timeout: openingPatience,
    enableForeignKeyConstraints: false,
    enableDoubleQuotedStringLiterals: false,
    defensive: true,
  });
  try {
    prepare(db);
    return db;
  } catch (error) {
    abandon(db);
    throw error;
  }
};

/** SQLite opens what it may not write for reading, and lets it begin; only a write is refused. */
const tryToWrite = (db: DatabaseSync, { steps }: Kind): void => {
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(`PRAGMA user_version = ${steps.length}`);
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
};

/** A connection that may write: the tables are there, in the newest format. */
export const openWriter = (path: string, onOpen: OnOpen, kind: Kind = log): DatabaseSync =>
  connect(path, (db) => {
    lift(db, path, kind);
    settle(db, path, kind);
    onOpen(db);
    tryToWrite(db, kind);
    // From here on waiting for the lock is done between turns of the event loop.
    db.exec(`PRAGMA busy_timeout = ${writingPatience}`);
  });

/** Closes what is broken perhaps: that it can't be closed well is no news. */
export const abandon = (db: DatabaseSync): void => {
  try {
    db.close();
  } catch {
    // The connection is given up; its transaction ends with it.
  }
};

/** A connection that only reads; opened after a writer, whose file it shares. */
export const openReader = (path: string, kind: Kind = log): DatabaseSync =>
  connect(path, (db) => {
    formatOf(db, path, kind);
    settle(db, path, kind);
    db.exec('PRAGMA query_only = ON');
  });
