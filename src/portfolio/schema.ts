/** The tables of the index. They hold nothing that the log does not say, so a change of theirs makes them anew. */
import type { DatabaseSync } from 'node:sqlite';

/** "Cdcp" */
const APPLICATION = 0x43646370;
/** Counts up whenever the tables, or what is written into them, change. */
const FORMAT = 2;

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

/** Bits of the number of a term within its agreement, and of a rectangle within its agreement. */
const TERM_BITS = 20;
const RECTANGLE_BITS = 22;
/** What is left of the 63 bits of an id that is not negative. */
const AGREEMENT_BITS = 63 - TERM_BITS - RECTANGLE_BITS;

/**
 * SQL for the id of a rectangle in `places`: whose it is can be read from it, without a look into `held`.
 * JavaScript never sees it, as it has more bits than a number there.
 */
export const placeId = (agreement: string, term: string, rectangle: string): string =>
  `((${agreement} << ${TERM_BITS + RECTANGLE_BITS}) | (${term} << ${RECTANGLE_BITS}) | ${rectangle})`;

/** SQL for what an id in `places` says. */
export const inPlaceId = (id: string) => ({
  agreement: `(${id} >> ${TERM_BITS + RECTANGLE_BITS})`,
  term: `((${id} >> ${RECTANGLE_BITS}) & ${2 ** TERM_BITS - 1})`,
  rectangle: `(${id} & ${2 ** RECTANGLE_BITS - 1})`,
});

/** The last of the days `[from, until)` in `places`. */
export const lastDay = (until: number): number => Math.min(until - 1, FAR_DAY);

/**
 * `held`: what an agreement (`term` 0) or a term holds on days `[day_from, day_until)` at positions
 * `[position_from, position_until)`. What is said of one thing lies together, as questions go through many agreements
 * for few things; in each agreement what was written last comes first, as it is what mostly still holds. `places` has
 * the same rectangles, both ends inclusive, to be searched by.
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
    revision INTEGER NOT NULL,
    rectangles INTEGER NOT NULL,
    CHECK (number < 1 << ${AGREEMENT_BITS} AND rectangles < 1 << ${RECTANGLE_BITS})
  ) STRICT;
  CREATE TABLE terms (
    agreement INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number < 1 << ${TERM_BITS}),
    id TEXT NOT NULL,
    PRIMARY KEY (agreement, number),
    UNIQUE (agreement, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE attributes (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    family TEXT NOT NULL
  ) STRICT;
  CREATE INDEX attributes_by_family ON attributes (family);
  CREATE TABLE held (
    attribute INTEGER NOT NULL,
    agreement INTEGER NOT NULL,
    term INTEGER NOT NULL,
    rectangle INTEGER NOT NULL,
    value TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    day_from INTEGER NOT NULL,
    day_until INTEGER NOT NULL,
    position_from INTEGER NOT NULL,
    position_until INTEGER NOT NULL,
    PRIMARY KEY (attribute, agreement, term, rectangle DESC)
  ) STRICT, WITHOUT ROWID;
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
