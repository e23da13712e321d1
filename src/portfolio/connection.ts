import { closeSync, openSync, readSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { isForeign, isOurs, makeTables } from './schema.ts';

const IN_MEMORY = ':memory:';
/** How long a statement waits for another process that writes to the same index, ms. */
const PATIENCE_MS = 2_000;
/** Pages in the WAL before they are moved into the file, which waits for the disk: seldom, as in the log. */
const CHECKPOINT_PAGES = 8_000;
/** Pages kept in memory, KiB. */
const CACHE_KIB = 64 * 1_024;
/** Where SQLite's header says whose file it is (https://sqlite.org/fileformat.html, 1.2). */
const OWNER_AT = 68;
const HEADER_LENGTH = 100;
const OWNER = 'Cdcp';

/** Whether the header says that the file is an index. SQLite could not make it out. */
const saysIndex = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(HEADER_LENGTH);
    readSync(file, header, 0, HEADER_LENGTH, 0);
    return header.toString('latin1', OWNER_AT, OWNER_AT + OWNER.length) === OWNER;
  } finally {
    closeSync(file);
  }
};

const connect = (path: string, projection: number): DatabaseSync => {
  const db = new DatabaseSync(path, { timeout: PATIENCE_MS });
  try {
    if (isForeign(db)) {
      db.close();
      return connect(IN_MEMORY, projection);
    }
    // Made anew at will, so no commit waits for the disk; a WAL keeps it whole when the process is killed.
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.exec(`PRAGMA cache_size = -${CACHE_KIB}; PRAGMA temp_store = MEMORY`);
    if (!isOurs(db, projection)) makeAnew(db, projection);
    return db;
  } catch (error) {
    if (db.isOpen) db.close();
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

/** SQLite's result code, when the error comes from SQLite. */
const codeOf = (error: unknown): number =>
  error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;

/** The file is malformed, or no database. */
export const isDamage = (error: unknown): boolean => [11, 26].includes(codeOf(error));
/** It can't be written or opened there, or not now because the disk is full or broken. */
const isRefusal = (error: unknown): boolean => [3, 8, 10, 13, 14].includes(codeOf(error));

/**
 * Opens the index, or begins one. One that is damaged is begun anew. What is no index of ours is left alone, and so is
 * a place that can't be written: the index then lies in memory, for as long as the process lives.
 * @throws SQLite's error when another process holds it too long
 */
export const openIndex = (path: string | undefined, projection: number): DatabaseSync => {
  if (path === undefined) return connect(IN_MEMORY, projection);
  try {
    return connect(path, projection);
  } catch (error) {
    if (isRefusal(error)) return connect(IN_MEMORY, projection);
    if (!isDamage(error)) throw error;
    if (!saysIndex(path)) return connect(IN_MEMORY, projection);
    removeIndex(path);
    return connect(path, projection);
  }
};
