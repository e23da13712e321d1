/** The embedded log: one SQLite file, any number of processes. See docs/decisions/0001. */
import { setTimeout as sleep } from 'node:timers/promises';
import { checkAppend } from './check-append.ts';
import type { StoreUnavailable } from './errors.ts';
import type { ExpectedRevision } from './expected-revision.ts';
import { GroupCommit } from './group-commit.ts';
import { lastTimeSign, type Sign } from './sign.ts';
import { assertSoundSqlite, inMemory, type OnOpen, preparePlace } from './sqlite-connection.ts';
import { explainOpening, isBusy } from './sqlite-errors.ts';
import { LocalLog } from './sqlite-local.ts';
import { log } from './sqlite-schema.ts';
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
  readonly #writer: SqliteWriter;
  readonly #local: LocalLog;
  readonly #queue: GroupCommit;
  readonly #now: () => number;
  #closing: Promise<void> | undefined;

  /** @throws the driver's errors, so that a lock can be told from what waiting does not mend */
  constructor({ path, now, onOpen, lockPatience, followInterval }: Required<SqliteOptions>) {
    this.#writer = new SqliteWriter({ path, now, onOpen, onCommit: () => this.#local.wake() });
    try {
      const shared = path === inMemory ? this.#writer.db : undefined;
      this.#local = new LocalLog({ path, kind: log, shared, followInterval });
    } catch (error) {
      this.#writer.close();
      throw error;
    }
    this.#now = now;
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

  readStream(stream: string, options?: StreamOptions): AsyncIterable<EventPage> {
    return this.#local.readStream(stream, options);
  }

  streams(): AsyncIterable<string> {
    return this.#local.streams();
  }

  readAll(options?: AllOptions): AsyncIterable<EventPage> {
    return this.#local.readAll(options);
  }

  follow(options: FollowOptions): AsyncIterable<EventPage> {
    return this.#local.follow(options);
  }

  find(eventId: string): Promise<StoredEvent | undefined> {
    return this.#local.find(eventId);
  }

  head(): Promise<Head> {
    return this.#local.head();
  }

  verify(options?: { readonly signal?: AbortSignal }): AsyncIterable<Finding> {
    return this.#local.verify(options);
  }

  async *examine(options?: { readonly signal?: AbortSignal }): AsyncGenerator<Sign> {
    const version = process.versions['sqlite'] ?? '';
    yield { kind: 'VERSION', ok: true, message: `SQLite has version ${version}.` };
    yield lastTimeSign((await this.#local.head()).recordedAt, this.#now());
    yield* this.#local.examine('FILE', options);
  }

  async level(): Promise<void> {}

  behind(): undefined {}

  trouble(): StoreUnavailable | undefined {
    return this.#writer.trouble;
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.close();
    this.#local.close();
    // Last, because the last connection to close puts the WAL back into the file.
    this.#writer.close();
  }
}
