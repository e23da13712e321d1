import type { DatabaseSync } from 'node:sqlite';
import { openIndex } from './connection.ts';
import { type Impacted, type ImpactQuestion, IndexReader } from './index-reader.ts';
import { type Gain, type Indexed, IndexWriter } from './index-writer.ts';
import type { IndexPage, IndexQuestion } from './question.ts';
import { makeTables } from './schema.ts';

/** How far the index follows its log. */
export type Follows = {
  /** Another one: the index was begun anew. */
  readonly generation: string;
  /** Names the first event of its log; empty: it belongs to none yet. */
  readonly origin: string;
  /** Everything up to this position is in; 0: nothing is yet. */
  readonly checkpoint: number;
  /** Names the event there, and no event of another log. */
  readonly event: string;
};

export type Zones = readonly [zone: string, zoneFirst: string];

/**
 * What all agreements hold on all days at all positions, made from the log and made anew at will. Several processes
 * may share one file.
 */
export class PortfolioIndex {
  readonly #db: DatabaseSync;
  readonly #writer: IndexWriter;
  readonly #reader: IndexReader;
  readonly #projection: number;
  #generation = '';

  /**
   * @param projection version of the fold that it is filled by: what another one said is forgotten
   * @param path of its file; absent: it lies in memory
   */
  constructor(projection: number, path?: string) {
    this.#projection = projection;
    this.#db = openIndex(path, projection);
    this.#writer = new IndexWriter(this.#db);
    this.#reader = new IndexReader(this.#db);
  }

  follows(): Follows {
    const row = this.#db.prepare('SELECT * FROM follows').get() ?? {};
    return {
      generation: String(row['generation']),
      origin: String(row['origin']),
      checkpoint: Number(row['checkpoint']),
      event: String(row['event']),
    };
  }

  /**
   * Forgets everything, and belongs to another log from now on.
   * @param generation the one to be forgotten; another process may have been faster
   */
  beginAnew(generation: string, origin: string): void {
    this.#writing(() => {
      if (this.follows().generation !== generation) return;
      makeTables(this.#db, this.#projection);
      this.#db.prepare('UPDATE follows SET origin = ?').run(origin);
    });
  }

  indexed(agreementId: string): Indexed {
    return this.#reading(() => this.#writer.indexed(agreementId));
  }

  /** Takes in what agreements gained, all or nothing, unless the index was begun anew meanwhile. */
  put(gains: readonly Gain[], generation: string): void {
    this.#writing(() => {
      const now = this.follows().generation;
      if (now !== this.#generation) this.#writer.forget();
      this.#generation = now;
      if (now === generation) for (const gain of gains) this.#writer.put(gain);
    });
  }

  /** Says that everything up to a position is in. */
  reach({ generation, checkpoint, event }: Omit<Follows, 'origin'>): void {
    this.#writing(() => {
      this.#db
        .prepare(
          'UPDATE follows SET checkpoint = ?, event = ? WHERE generation = ? AND checkpoint < ?',
        )
        .run(checkpoint, event, generation, checkpoint);
    });
  }

  /** The time zones of agreements, each pair once: as now known, and as first recorded. */
  zones(): readonly Zones[] {
    const rows = this.#db.prepare('SELECT DISTINCT zone, zone_first FROM agreements').all();
    return rows.map((row) => [String(row['zone']), String(row['zone_first'])]);
  }

  page(question: IndexQuestion): IndexPage {
    return this.#reading(() => this.#reader.page(question));
  }

  impact(question: ImpactQuestion): readonly Impacted[] {
    return this.#reading(() => this.#reader.impact(question));
  }

  /** How SQLite goes about finding a page; for tests. */
  plan(question: IndexQuestion): readonly string[] {
    return this.#reading(() => this.#reader.plan(question));
  }

  close(): void {
    this.#db.close();
  }

  #reading<T>(read: () => T): T {
    return this.#within('BEGIN', read);
  }

  #writing(write: () => void): void {
    try {
      this.#within('BEGIN IMMEDIATE', write);
    } catch (error) {
      this.#writer.forget();
      throw error;
    }
  }

  #within<T>(begin: string, work: () => T): T {
    this.#db.exec(begin);
    try {
      const done = work();
      this.#db.exec('COMMIT');
      return done;
    } finally {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
    }
  }
}
