/** The embedded log: one SQLite file, any number of processes. See docs/decisions/0001. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { checkAppend } from './check-append.ts';
import { checkCursor } from './check-cursor.ts';
import { StoreUnavailable } from './errors.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import { GroupCommit } from './group-commit.ts';
import {
  abandon,
  assertSoundSqlite,
  inMemory,
  type OnOpen,
  openReader,
  preparePlace,
} from './sqlite-connection.ts';
import { explainOpening, isBusy } from './sqlite-errors.ts';
import { follow, Tail } from './sqlite-follow.ts';
import { SqliteReading } from './sqlite-read.ts';
import { numberOf } from './sqlite-schema.ts';
import { verifySqlite } from './sqlite-verify.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type {
  AllOptions,
  Appended,
  EventPage,
  EventStore,
  EventToStore,
  Finding,
  FollowOptions,
  Head,
  StoredEvent,
  StreamOptions,
} from './store.ts';

export type SqliteOptions = {
  /** Absolute path of the log file, or `:memory:`. */
  readonly path: string;
  /** The clock: epoch milliseconds UTC. */
  readonly now: () => number;
  /** How long opening and an append wait for another process's lock, ms. Default 10,000. */
  readonly lockPatience?: number;
  /** How often other processes' commits are looked for while somebody follows, ms. Default 50. */
  readonly followInterval?: number;
  readonly onOpen?: OnOpen;
};

/**
 * Opens the log, creating it (and its folder) when it is not there.
 *
 * @throws NotWritable · NotALog · LogTooNew · LogDamaged · StoreUnavailable
 */
export const openSqlite = async (given: SqliteOptions): Promise<EventStore> => {
  const options = { lockPatience: 10_000, followInterval: 50, onOpen: () => undefined, ...given };
  const { path, lockPatience } = options;
  assertSoundSqlite();
  if (path !== inMemory) preparePlace(path);
  const deadline = performance.now() + lockPatience;
  for (;;) {
    try {
      return new SqliteStore(options);
    } catch (error) {
      if (!isBusy(error) || performance.now() >= deadline) throw explainOpening(error, path);
      await sleep(10 + Math.random() * 20);
    }
  }
};

class SqliteStore implements EventStore {
  readonly #path: string;
  readonly #writer: SqliteWriter;
  /** Stays open while writing connections come and go: it keeps the WAL, and reading, alive. */
  readonly #db: DatabaseSync;
  readonly #reads: SqliteReading;
  readonly #queue: GroupCommit;
  readonly #tail: Tail;
  #closing: Promise<void> | undefined;
  #closed = false;

  /** @throws the driver's errors, so that a lock can be told from what waiting does not mend */
  constructor({ path, now, onOpen, lockPatience, followInterval }: Required<SqliteOptions>) {
    this.#path = path;
    this.#writer = new SqliteWriter({ path, now, onOpen, onCommit: () => this.#tail.wake() });
    try {
      const shared = path === inMemory ? this.#writer.db : undefined;
      this.#db = shared ?? openReader(path);
      this.#reads = new SqliteReading(this.#db, path);
      const version = () =>
        path === inMemory ? undefined : numberOf(this.#db, 'PRAGMA data_version');
      this.#tail = new Tail(
        { page: (after, upTo) => this.#reading().page(after, upTo), version },
        followInterval,
      );
    } catch (error) {
      this.#writer.close();
      throw error;
    }
    this.#queue = new GroupCommit({
      commit: (batch) => this.#writer.commit(batch),
      patience: lockPatience,
      lockedOut: () => this.#writer.lockedOut(),
    });
  }

  async append(
    stream: string,
    events: readonly EventToStore[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    return this.#queue.add(checkAppend(stream, events, expected));
  }

  async *readStream(stream: string, options: StreamOptions = {}): AsyncGenerator<EventPage> {
    const pages = this.#pages(
      (after) => this.#reading().streamPage(stream, after),
      (last) => last.revision,
      options,
    );
    yield* pages;
  }

  async *streams(): AsyncGenerator<string> {
    let last: string | undefined = '';
    while (last !== undefined) {
      const page = this.#reading().streams(last);
      yield* page;
      last = page.at(-1);
    }
  }

  async *readAll(options: AllOptions = {}): AsyncGenerator<EventPage> {
    const upTo = options.upTo ?? this.#reading().head().position;
    const pages = this.#pages(
      (after) => this.#reading().page(after, upTo),
      (last) => last.position,
      options,
    );
    yield* pages;
  }

  follow({ after, signal }: FollowOptions): AsyncIterable<EventPage> {
    return follow(this.#tail, { after: checkCursor(after), signal });
  }

  async find(eventId: string): Promise<StoredEvent | undefined> {
    return this.#reading().find(eventId);
  }

  async head(): Promise<Head> {
    return this.#reading().head();
  }

  /** On a connection of its own, so that the disk is checked and not what was read before. */
  async *verify({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<Finding> {
    this.#reading();
    const db = this.#path === inMemory ? this.#db : openReader(this.#path);
    try {
      for (const finding of verifySqlite(db)) {
        if (signal?.aborted === true) return;
        if (finding === undefined) await nextTurn();
        else yield finding;
      }
    } finally {
      if (db !== this.#db) abandon(db);
    }
  }

  trouble(): StoreUnavailable | undefined {
    return this.#writer.trouble;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#closed = true;
    this.#tail.close();
    if (this.#path !== inMemory) this.#db.close();
    // Last, because the last connection to close puts the WAL back into the file.
    this.#writer.close();
  }

  #reading(): SqliteReading {
    if (!this.#closed) return this.#reads;
    throw new StoreUnavailable('CLOSED', 'The log is closed; open it again before reading.');
  }

  async *#pages(
    read: (after: number) => EventPage,
    placeOf: (last: StoredEvent) => number,
    { after, signal }: StreamOptions,
  ): AsyncGenerator<EventPage> {
    let page = read(checkCursor(after));
    for (;;) {
      const last = page.at(-1);
      if (last === undefined || signal?.aborted === true) return;
      yield page;
      page = read(placeOf(last));
      // Others get their turn between two pages; a single page costs no wait at all.
      if (page.length > 0) await nextTurn();
    }
  }
}
