import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isOurs, makeTables } from './schema.ts';

const IN_MEMORY = ':memory:';
/** How long a statement waits for another process that writes to the same index, ms. */
const PATIENCE_MS = 2_000;
/** Pages kept in memory, KiB. */
const CACHE_KIB = 64 * 1_024;
/** Where SQLite's header says whose file it is (https://sqlite.org/fileformat.html, 1.2). */
const OWNER_AT = 68;
const HEADER_LENGTH = 100;

/** The owner that the header names; undefined where that can't be told. Read before SQLite opens the file. */
const ownerIn = (path: string): string | undefined => {
  if (!existsSync(path) || !statSync(path).isFile()) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_LENGTH);
    const length = readSync(file, header, 0, HEADER_LENGTH, 0);
    return length < HEADER_LENGTH ? '' : header.toString('latin1', OWNER_AT, OWNER_AT + 4);
  } finally {
    closeSync(file);
  }
};

const connect = (path: string, projection: number): DatabaseSync => {
  const db = new DatabaseSync(path, {
    timeout: PATIENCE_MS,
    enableDoubleQuotedStringLiterals: true,
  });
  try {
    // Made anew at will, so no commit waits for the disk; a WAL keeps it whole when the process is killed.
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`);
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY`);
    if (!isOurs(db, projection)) makeAnew(db, projection);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const makeAnew = (db: DatabaseSync, projection: number): void => {
  db.exec('BEGIN IMMEDIATE');
  try {
    if (!isOurs(db, projection)) makeTables(db, projection);
    db.exec('COMMIT');
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
};

/** The index and what SQLite keeps beside it. */
export const removeIndex = (path: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
};

/**
 * Opens the index, or begins one. One that is damaged is begun anew. What is no index of ours is left alone, and so is
 * a place that can't be written: the index then lies in memory, for as long as the process lives.
 */
export const openIndex = (path: string | undefined, projection: number): DatabaseSync => {
  if (path === undefined) return connect(IN_MEMORY, projection);
  const owner = ownerIn(path);
  if (owner !== undefined && owner !== '' && owner !== 'Cdcp')
    return connect(IN_MEMORY, projection);
  try {
    return connect(path, projection);
  } catch {
    return openAnew(path, projection);
  }
};

const openAnew = (path: string, projection: number): DatabaseSync => {
  try {
    removeIndex(path);
    return connect(path, projection);
  } catch {
    return connect(IN_MEMORY, projection);
  }
};
