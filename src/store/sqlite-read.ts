/** Reading the SQLite log: pages of checked events. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LogDamaged } from './errors.ts';
import { explain } from './sqlite-errors.ts';
import { byId, columns, eventOf, type Row } from './sqlite-row.ts';
import type { EventPage, Head, StoredEvent } from './store.ts';

export const pageSize = 1_000;
/** A page ends early once it holds this many UTF-16 units of payload. */
const pageLength = 8 * 1024 * 1024;
/** Rows per query, a divisor of the page. Few, so that long events can't make an answer huge. */
const chunkSize = 40;
/** Stream names kept, so that a row needs no join. Beyond it they are looked up anew. */
const maxNames = 100_000;

/** One query's answer, and the number that must rise by one from row to row. */
type Source = {
  readonly rows: (after: number) => readonly Row[];
  readonly placeOf: (event: StoredEvent) => number;
  readonly place: string;
};

/** The statements of one connection. Synchronous: nothing stays open between turns. */
export class SqliteReading {
  readonly #path: string;
  readonly #all: StatementSync;
  readonly #one: StatementSync;
  readonly #byId: StatementSync;
  readonly #head: StatementSync;
  readonly #number: StatementSync;
  readonly #name: StatementSync;
  readonly #revision: StatementSync;
  readonly #streams: StatementSync;
  readonly #names = new Map<number, string>();

  constructor(db: DatabaseSync, path: string) {
    const select = `SELECT ${columns} FROM events WHERE`;
    const end = `LIMIT ${chunkSize}`;
    this.#path = path;
    this.#all = db.prepare(`${select} rowid > ? AND rowid <= ? ORDER BY rowid ${end}`);
    this.#one = db.prepare(`${select} stream = ? AND revision > ? ORDER BY revision ${end}`);
    this.#byId = db.prepare(`${select} ${byId('?')}`);
    for (const rows of [this.#all, this.#one, this.#byId]) rows.setReturnArrays(true);
    this.#head = db.prepare(
      'SELECT rowid AS position, recorded_at FROM events ORDER BY rowid DESC LIMIT 1',
    );
    this.#number = db.prepare('SELECT number FROM streams WHERE name = ?');
    this.#name = db.prepare('SELECT name FROM streams WHERE number = ?');
    this.#revision = db.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?');
    this.#streams = db.prepare(
      `SELECT name FROM streams WHERE name > ? ORDER BY name LIMIT ${pageSize}`,
    );
  }

  head(): Head {
    return this.#explained(() => {
      const row = this.#head.get();
      const position = Number(row?.['position'] ?? 0);
      return { position, recordedAt: Number(row?.['recorded_at'] ?? 0) };
    });
  }

  /** The internal number of a stream, or undefined when nothing was ever appended to it. */
  streamNumber(name: string): number | undefined {
    return this.#explained(() => {
      const number = this.#number.get(name)?.['number'];
      return typeof number === 'number' ? number : undefined;
    });
  }

  /** Revision of a stream's last event; 0 when it has none. */
  revisionOf(name: string): number {
    const number = this.streamNumber(name);
    if (number === undefined) return 0;
    return this.#explained(() => Number(this.#revision.get(number)?.['revision'] ?? 0));
  }

  /** Names of streams behind a name, at most a page. */
  streams(after: string): readonly string[] {
    return this.#explained(() => this.#streams.all(after).map((row) => String(row['name'])));
  }

  find(id: string): StoredEvent | undefined {
    return this.#explained(() => {
      const row = this.#byId.get(id) as unknown as Row | undefined;
      return row === undefined ? undefined : this.#checked(row);
    });
  }

  /** Events after a position and up to another, at most a page; empty at the end. */
  page(after: number, upTo = Number.MAX_SAFE_INTEGER): EventPage {
    return this.#explained(() =>
      this.#pageOf(after, {
        rows: (from) => this.#all.all(from, upTo) as unknown as readonly Row[],
        placeOf: (event) => event.position,
        place: 'position',
      }),
    );
  }

  /** Events of a stream after a revision, at most a page; empty at the end. */
  streamPage(stream: string, after: number): EventPage {
    const number = this.streamNumber(stream);
    if (number === undefined) return [];
    return this.#explained(() =>
      this.#pageOf(after, {
        rows: (from) => this.#one.all(number, from) as unknown as readonly Row[],
        placeOf: (event) => event.revision,
        place: `revision of ${stream}`,
      }),
    );
  }

  #pageOf(after: number, source: Source): EventPage {
    const page: StoredEvent[] = [];
    let length = 0;
    let found = chunkSize;
    while (found === chunkSize && page.length < pageSize && length < pageLength) {
      const rows = source.rows(after + page.length);
      for (const row of rows) {
        const event = this.#checked(row);
        const place = after + page.length + 1;
        if (source.placeOf(event) !== place) throw this.#hole(source.place, place, event);
        page.push(event);
        length += event.data.length + event.metadata.length;
      }
      found = rows.length;
    }
    return page;
  }

  #checked(row: Row): StoredEvent {
    const stream = this.#nameOf(row[1]);
    const event = stream === undefined ? undefined : eventOf(row, stream);
    if (event !== undefined) return event;
    const whose = stream === undefined ? '' : ` (stream ${stream}, revision ${row[2]})`;
    const what = `the event at position ${row[0]}${whose} does not match its checksum`;
    const place = stream === undefined ? {} : { stream };
    throw new LogDamaged(this.#path, what, { position: row[0], ...place });
  }

  #nameOf(number: number): string | undefined {
    const known = this.#names.get(number);
    if (known !== undefined) return known;
    const name = this.#name.get(number)?.['name'];
    if (typeof name !== 'string') return undefined;
    if (this.#names.size >= maxNames) this.#names.clear();
    this.#names.set(number, name);
    return name;
  }

  #hole(place: string, wanted: number, found: StoredEvent): LogDamaged {
    const { position, stream } = found;
    const what = `the event with ${place} ${wanted} is missing before position ${position}`;
    return new LogDamaged(this.#path, what, { position, stream });
  }

  #explained<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw explain(error, this.#path);
    }
  }
}
