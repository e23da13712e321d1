/** The file of a mirror: what a server's log holds, as far as it was seen, and how far that is. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { MirrorMismatch } from './errors.ts';
import type { Received } from './server-event.ts';
import type { ServerPosition } from './server-log.ts';
import { abandon, assertSoundSqlite, openWriter, preparePlace } from './sqlite-connection.ts';
import { explain, explainOpening } from './sqlite-errors.ts';
import { SqliteInsert } from './sqlite-insert.ts';
import { LocalLog } from './sqlite-local.ts';
import { SqliteReading } from './sqlite-read.ts';
import { mirror } from './sqlite-schema.ts';

/** An event with its place on the server. */
export type Placed = Received & { readonly place: ServerPosition };

/** How far the mirror reaches on the server. */
export type Reach = {
  /** Of the last event that was mirrored; undefined before the first. */
  readonly event: ServerPosition | undefined;
  /** Everything up to here was looked at. */
  readonly seen: ServerPosition | undefined;
  /** When the mirror last held all that the server had, epoch milliseconds UTC. */
  readonly levelAt: number | undefined;
};

type Row = readonly [
  eventCommit: bigint | null,
  eventPrepare: bigint | null,
  seenCommit: bigint | null,
  seenPrepare: bigint | null,
  levelAt: bigint | null,
  origin: string,
];

const select = `SELECT event_commit, event_prepare, seen_commit, seen_prepare, level_at, origin
  FROM mirrored`;
const update = `UPDATE mirrored SET event_commit = ?, event_prepare = ?, seen_commit = ?,
  seen_prepare = ?, level_at = ?`;

/** How often other processes' commits to the same mirror are looked for while somebody follows, ms. */
const followInterval = 50;
/** How long a commit waits for another process that writes to the same mirror, ms. */
const patience = 2_000;

const position = (commit: bigint | null, prepare: bigint | null): ServerPosition | undefined =>
  commit === null || prepare === null ? undefined : { commit, prepare };

/** The place that lies further on; undefined lies before everything. Of two equal ones, the second. */
const further = (
  a: ServerPosition | undefined,
  b: ServerPosition | undefined,
): ServerPosition | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.commit !== b.commit) return a.commit > b.commit ? a : b;
  return a.prepare > b.prepare ? a : b;
};

export class MirrorFile {
  readonly path: string;
  readonly local: LocalLog;
  readonly #db: DatabaseSync;
  /** On the writing connection: it sees what the transaction has inserted so far. */
  readonly #reading: SqliteReading;
  readonly #inserts: SqliteInsert;
  readonly #select: StatementSync;
  readonly #update: StatementSync;

  /** @throws the driver's errors */
  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
    db.exec(`PRAGMA busy_timeout = ${patience}`);
    this.#reading = new SqliteReading(db, path);
    this.#inserts = new SqliteInsert(db);
    this.#select = db.prepare(select);
    this.#select.setReturnArrays(true);
    this.#select.setReadBigInts(true);
    this.#update = db.prepare(update);
    this.local = new LocalLog({ path, kind: mirror, shared: undefined, followInterval });
  }

  /**
   * Opens the mirror of a log, or begins one where there is none.
   * @param origin how the streams that it mirrors begin
   * @throws NotWritable · NotALog · LogTooNew · LogDamaged · StoreUnavailable; MirrorMismatch
   */
  static open(path: string, origin: string): MirrorFile {
    assertSoundSqlite();
    preparePlace(path);
    let db: DatabaseSync | undefined;
    try {
      db = openWriter(path, () => undefined, mirror);
      const file = new MirrorFile(path, db);
      file.#belongTo(origin);
      return file;
    } catch (error) {
      if (db !== undefined) abandon(db);
      throw explainOpening(error, path);
    }
  }

  reach(): Reach {
    const row = this.#row();
    if (row === undefined) return { event: undefined, seen: undefined, levelAt: undefined };
    const [commit, prepare, seenCommit, seenPrepare, levelAt] = row;
    return {
      event: position(commit, prepare),
      seen: position(seenCommit, seenPrepare),
      levelAt: levelAt === null ? undefined : Number(levelAt),
    };
  }

  /**
   * Takes over what came from the server, in its order, all or nothing; what another process has mirrored already is
   * passed over.
   */
  take(events: readonly Placed[], news: Partial<Pick<Reach, 'seen' | 'levelAt'>> = {}): void {
    try {
      this.#db.exec('BEGIN IMMEDIATE');
      const { event, seen, levelAt } = this.reach();
      const fresh = events.filter(({ place }) => further(place, event) === place);
      this.#insert(fresh);
      const last = fresh.at(-1)?.place ?? event;
      this.#reach({
        event: last,
        seen: further(last, further(news.seen, seen)),
        levelAt: news.levelAt ?? levelAt,
      });
      this.#db.exec('COMMIT');
      if (fresh.length > 0) this.local.wake();
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw explain(error, this.path);
    }
  }

  /** Id of the last event that was mirrored. */
  lastId(): string | undefined {
    const { position: end } = this.#reading.head();
    return this.#reading.page(end - 1, end)[0]?.id;
  }

  close(): void {
    this.local.close();
    this.#db.close();
  }

  #insert(events: readonly Placed[]): void {
    let { position: at, recordedAt } = this.#reading.head();
    for (const { left: _, place: _place, ...event } of events) {
      at += 1;
      recordedAt = Math.max(recordedAt, event.recordedAt);
      const number = this.#reading.streamNumber(event.stream) ?? this.#inserts.stream(event.stream);
      this.#inserts.event(number, { ...event, position: at, recordedAt });
    }
  }

  #reach({ event, seen, levelAt }: Reach): void {
    this.#update.run(
      event?.commit ?? null,
      event?.prepare ?? null,
      seen?.commit ?? null,
      seen?.prepare ?? null,
      levelAt ?? null,
    );
  }

  #row(): Row | undefined {
    return this.#select.get() as unknown as Row | undefined;
  }

  /** A mirror is bound to its log when it is begun. */
  #belongTo(origin: string): void {
    this.#db
      .prepare('INSERT INTO mirrored (origin) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM mirrored)')
      .run(origin);
    const found = this.#row()?.[5] ?? '';
    if (found !== origin)
      throw new MirrorMismatch(
        this.path,
        `mirrors the streams called ${found}… and not ${origin}…`,
      );
  }
}
