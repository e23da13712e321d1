/** Reading and following what lies in a SQLite file of ours: a log itself, or a mirror of one. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkCursor } from './check-cursor.ts';
import { StoreUnavailable } from './errors.ts';
import type { Sign } from './sign.ts';
import { abandon, inMemory, openReader } from './sqlite-connection.ts';
import { follow, Tail } from './sqlite-follow.ts';
import { SqliteReading } from './sqlite-read.ts';
import { type Kind, numberOf } from './sqlite-schema.ts';
import { verifySqlite } from './sqlite-verify.ts';
import type {
  AllOptions,
  EventPage,
  Finding,
  FollowOptions,
  Head,
  StoredEvent,
  StreamOptions,
} from './store.ts';

export type LocalOptions = {
  readonly path: string;
  readonly kind: Kind;
  /** The writing connection, to be shared by a log in memory, which has no other. */
  readonly shared: DatabaseSync | undefined;
  /** How often other processes' commits are looked for while somebody follows, ms. */
  readonly followInterval: number;
};

/** The reading half of a store; its members are those of the port. */
export class LocalLog {
  readonly #path: string;
  readonly #kind: Kind;
  /** Stays open while writing connections come and go: it keeps the WAL, and reading, alive. */
  readonly #db: DatabaseSync;
  readonly #reads: SqliteReading;
  readonly #tail: Tail;
  #closed = false;

  /** @throws the driver's errors */
  constructor({ path, kind, shared, followInterval }: LocalOptions) {
    this.#path = path;
    this.#kind = kind;
    this.#db = shared ?? openReader(path, kind);
    this.#reads = new SqliteReading(this.#db, path);
    const version = () =>
      path === inMemory ? undefined : numberOf(this.#db, 'PRAGMA data_version');
    const page = (after: number, upTo: number) => this.reading().page(after, upTo);
    this.#tail = new Tail({ page, version }, followInterval);
  }

  /** The statements, for what reads within one turn. @throws StoreUnavailable once it is closed */
  reading(): SqliteReading {
    if (!this.#closed) return this.#reads;
    throw new StoreUnavailable('CLOSED', 'The log is closed; open it again before reading.');
  }

  /** Something was committed: followers look again. */
  wake(): void {
    this.#tail.wake();
  }

  async *readStream(stream: string, options: StreamOptions = {}): AsyncGenerator<EventPage> {
    const pages = this.#pages(
      (after) => this.reading().streamPage(stream, after),
      (last) => last.revision,
      options,
    );
    yield* pages;
  }

  async *streams(): AsyncGenerator<string> {
    let last: string | undefined = '';
    while (last !== undefined) {
      const page = this.reading().streams(last);
      yield* page;
      last = page.at(-1);
    }
  }

  async *readAll(options: AllOptions = {}): AsyncGenerator<EventPage> {
    const upTo = options.upTo ?? this.reading().head().position;
    const pages = this.#pages(
      (after) => this.reading().page(after, upTo),
      (last) => last.position,
      options,
    );
    yield* pages;
  }

  follow({ after, signal }: FollowOptions): AsyncIterable<EventPage> {
    return follow(this.#tail, { after: checkCursor(after), signal });
  }

  async find(eventId: string): Promise<StoredEvent | undefined> {
    return this.reading().find(eventId);
  }

  async head(): Promise<Head> {
    return this.reading().head();
  }

  /** On a connection of its own, so that the disk is checked and not what was read before. */
  async *verify({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<Finding> {
    this.reading();
    const db = this.#path === inMemory ? this.#db : openReader(this.#path, this.#kind);
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

  /** What `verify` finds, as signs; what is sound, too. */
  async *examine(
    kind: 'FILE' | 'MIRROR',
    { signal }: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Sign> {
    const { position } = this.reading().head();
    let sound = true;
    for await (const { message, stream } of this.verify(signal && { signal })) {
      sound = false;
      const remedy =
        kind === 'FILE'
          ? 'Restore the file from a backup.'
          : 'Delete the mirror; it is built anew from the server.';
      yield { kind, ok: false, message, remedy, ...(stream !== undefined && { stream }) };
    }
    if (sound)
      yield { kind, ok: true, message: `${this.#path} is sound, with ${position} events.` };
  }

  /** Ends followers and reading. */
  close(): void {
    this.#closed = true;
    this.#tail.close();
    if (this.#path !== inMemory) this.#db.close();
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
