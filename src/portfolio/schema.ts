/** The tables of the index. They hold nothing that the log does not say, so a change of theirs makes them anew. */
import type { DatabaseSync } from 'node:sqlite';

/** "Cdcp" */
const APPLICATION = 0x43646370;
/** Counts up whenever the tables, or what is written into them, change. */
const FORMAT = 1;

/** The last position there is, as long as something holds. */
export const OPEN = 0x7fffffff;

/** Behind every day that can be asked about: an end that lies further makes the search no better. */
const FAR_DAY = 3_000_000;

/**
 * Where an attribute lies in `places`. SQLite's rtree keeps together what lies close; numbers given out one behind the
 * other would all lie closer than days and positions do. Knuth's multiplier spreads them over 32 bits, each to a place
 * of its own.
 */
export const placeOf = (attribute: number): number => Math.imul(attribute, 0x9e3779b1);

/** The last of the days `[from, until)` in `places`. */
export const lastDay = (until: number): number => Math.min(until - 1, FAR_DAY);

/**
 * `held`: what an agreement (`term` 0) or a term holds on days `[day_from, day_until)` at positions
 * `[position_from, position_until)`. `places` has the same rectangles, both ends inclusive, to be searched by.
 */
const TABLES = `
  CREATE TABLE follows (
    generation TEXT NOT NULL,
    origin TEXT NOT NULL,
    checkpoint INTEGER NOT NULL,
    event TEXT NOT NULL
  ) STRICT;
  INSERT INTO follows VALUES (hex(randomblob(8)), '', 0, '');
  CREATE TABLE agreements (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    zone TEXT NOT NULL,
    zone_first TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE terms (
    number INTEGER PRIMARY KEY,
    agreement INTEGER NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (agreement, id)
  ) STRICT;
  CREATE TABLE attributes (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attributes_by_family ON attributes (family);
  CREATE TABLE held (
    id INTEGER PRIMARY KEY,
    agreement INTEGER NOT NULL,
    term INTEGER NOT NULL,
    attribute INTEGER NOT NULL,
    value TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    day_from INTEGER NOT NULL,
    day_until INTEGER NOT NULL,
    position_from INTEGER NOT NULL,
    position_until INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX held_by_attribute ON held (agreement, attribute, term);
  CREATE INDEX held_by_agreements ON held (agreement) WHERE term = 0;
  CREATE INDEX held_still ON held (agreement) WHERE position_until = ${OPEN};
  CREATE VIRTUAL TABLE places USING rtree_i32 (
    id, attribute_from, attribute_to, day_from, day_to, position_from, position_to, low, high
  );
`;

const numberOf = (db: DatabaseSync, query: string): number =>
  Number(Object.values(db.prepare(query).get() ?? {})[0] ?? 0);

/** Different where the tables are, or where the fold says something else than before. */
const versionOf = (projection: number): number => FORMAT * 10_000 + projection;

/** Whether the tables are there, in today's format, filled by the same projection. */
export const isOurs = (db: DatabaseSync, projection: number): boolean =>
  numberOf(db, 'PRAGMA application_id') === APPLICATION &&
  numberOf(db, 'PRAGMA user_version') === versionOf(projection);

/** Whether the file is another program's: it has tables, and says that they are somebody else's. */
export const isForeign = (db: DatabaseSync): boolean =>
  numberOf(db, 'PRAGMA application_id') !== APPLICATION &&
  numberOf(db, 'SELECT count(*) FROM sqlite_schema') > 0;

/** Makes the tables anew; what another format left there goes. Within a transaction. */
export const makeTables = (db: DatabaseSync, projection: number): void => {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));
  // A virtual table takes its own along, which can't be dropped by themselves.
  for (const name of names.filter((one) => !/^places_/.test(one))) {
    db.exec(`DROP TABLE IF EXISTS "${name}"`);
  }
  db.exec(TABLES);
  db.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${versionOf(projection)}`);
};
