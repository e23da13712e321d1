/**
 * The life of the writing connection. After a failed commit nothing it holds is believed: it is
 * closed, and before the next write a new one is opened and the log's end is read and checked.
 * After a failed fsync the kernel may have dropped the very pages it then calls clean, so trying
 * the same commit again could succeed without the data being on the disk.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AppendRequest } from './check-append.ts';
import { LogDamaged, StoreUnavailable } from './errors.ts';
import type { Outcome } from './group-commit.ts';
import { SqliteWriting } from './sqlite-append.ts';
import { abandon, inMemory, type OnOpen, openWriter } from './sqlite-connection.ts';
import { asUnavailable, isBusy } from './sqlite-errors.ts';
import { pageSize } from './sqlite-read.ts';
import type { StoredEvent } from './store.ts';

type Options = {
  readonly path: string;
  readonly now: () => number;
  readonly onOpen: OnOpen;
  /** Called after each commit that stored something. */
  readonly onCommit: () => void;
};

type Connection = { readonly db: DatabaseSync; readonly writing: SqliteWriting };

export class SqliteWriter {
  readonly #options: Options;
  #connection: Connection | undefined;
  /** The last event that was acknowledged here. */
  #acknowledged: StoredEvent | undefined;
  #trouble: StoreUnavailable | undefined;

  /** @throws what opening throws, in the driver's words */
  constructor(options: Options) {
    this.#options = options;
    this.#connection = this.#opened();
  }

  /** Why the last write failed, until one succeeds. */
  get trouble(): StoreUnavailable | undefined {
    return this.#trouble;
  }

  /** The connection, for a log in memory, which has no other. */
  get db(): DatabaseSync | undefined {
    return this.#connection?.db;
  }

  /** One transaction; undefined when another process holds the lock. */
  commit(batch: readonly AppendRequest[]): readonly Outcome[] | undefined {
    try {
      this.#connection ??= this.#reopened();
      const { writing } = this.#connection;
      writing.begin();
      const outcomes = writing.appendAll(batch, this.#options.now());
      writing.commit();
      this.#acknowledge(outcomes);
      return outcomes;
    } catch (error) {
      if (isBusy(error) && this.#connection?.db.isTransaction !== true) return undefined;
      this.#giveUp();
      const refused = asUnavailable(error, this.#options.path);
      this.#trouble = refused;
      return batch.map(() => ({ refused }));
    }
  }

  /** The lock was not to be had in time. */
  lockedOut(): StoreUnavailable {
    this.#trouble = new StoreUnavailable(
      'LOCKED',
      `The log ${this.#options.path} is locked by another process; try again, or stop what holds it.`,
    );
    return this.#trouble;
  }

  close(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.db.close();
  }

  #opened(): Connection {
    const { path, onOpen } = this.#options;
    const db = openWriter(path, onOpen);
    try {
      return { db, writing: new SqliteWriting(db, path) };
    } catch (error) {
      abandon(db);
      throw error;
    }
  }

  #reopened(): Connection {
    const connection = this.#opened();
    try {
      this.#checkEnd(connection.writing);
      return connection;
    } catch (error) {
      abandon(connection.db);
      throw error;
    }
  }

  /** The last page's worth of events must be sound, and what was acknowledged must be there. */
  #checkEnd({ reading }: SqliteWriting): void {
    const { position } = reading.head();
    let after = Math.max(0, position - pageSize);
    while (after < position) after = reading.page(after).at(-1)?.position ?? position;
    const last = this.#acknowledged;
    if (last === undefined || reading.find(last.id)?.position === last.position) return;
    throw new LogDamaged(
      this.#options.path,
      `the acknowledged event at position ${last.position} is gone`,
      { position: last.position, stream: last.stream },
    );
  }

  #acknowledge(outcomes: readonly Outcome[]): void {
    const stored = outcomes.findLast(
      (outcome) => 'appended' in outcome && !outcome.appended.duplicate,
    );
    if (stored === undefined || !('appended' in stored)) return;
    this.#acknowledged = stored.appended.events.at(-1);
    this.#trouble = undefined;
    this.#options.onCommit();
  }

  /** A log in memory lives in its connection, so there only the transaction is given up. */
  #giveUp(): void {
    const db = this.#connection?.db;
    if (db === undefined) return;
    if (this.#options.path === inMemory) {
      if (db.isTransaction) db.exec('ROLLBACK');
      return;
    }
    this.#connection = undefined;
    abandon(db);
  }
}
