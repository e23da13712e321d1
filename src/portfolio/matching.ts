import type { Condition } from './conditions.ts';
import { inPlaceId, placeOf } from './schema.ts';

/** A day and a position at which some agreements are asked, or all. */
export type Point = {
  readonly day: number;
  readonly position: number;
  /** The zones of the agreements that are asked there, as now known and as first recorded; absent: all are. */
  readonly zones?: readonly (readonly [zone: string, zoneFirst: string])[];
};

/** SQL with the values that stand for its question marks. */
export type Sql = { readonly text: string; readonly values: readonly (string | number)[] };

/** A condition with the numbers of its attributes. */
export type Numbered = Condition & { readonly numbers: readonly number[] };

export const sql = (text: string, ...values: readonly (string | number)[]): Sql => ({
  text,
  values,
});

/** Pieces of SQL one behind the other. */
export const all = (pieces: readonly Sql[], between = ' '): Sql => ({
  text: pieces.map(({ text }) => text).join(between),
  values: pieces.flatMap(({ values }) => values),
});

const EXCLUSIVE = [
  ['above', '>'],
  ['below', '<'],
] as const;

/** Whether what a row of `held` holds lies within the bounds of a condition. */
const bounded = (row: string, condition: Condition): Sql => {
  const sides = EXCLUSIVE.flatMap(([side, sign]) => {
    const bound = condition[side];
    if (bound === undefined) return [];
    const { rank, value } = bound;
    if (value === undefined) return sql(`AND ${row}.low ${sign} ?`, rank);
    return sql(`AND (${row}.low, ${row}.value) ${sign} (?, ?)`, rank, value);
  });
  const { highBelow } = condition;
  const high = highBelow === undefined ? [] : [sql(`AND ${row}.high < ?`, highBelow)];
  return all([...sides, ...high]);
};

/** Whether a row of `held` holds at a point. */
export const heldAt = (row: string, { day, position }: Point): Sql =>
  sql(
    `AND ${row}.day_from <= ? AND ${row}.day_until > ? AND ${row}.position_from <= ? AND ${row}.position_until > ?`,
    ...[day, day, position, position],
  );

const among = (numbers: readonly number[]): string => `(${numbers.join(', ')})`;

/** What decides where ranks are equal stands in `held` alone. */
const orEqual = ({ value }: { readonly value?: string }): string =>
  value === undefined ? '' : '=';

/** The ranks beyond which nothing fulfils a condition: they narrow the search in `places`. */
const ranked = ({ above, below, highBelow }: Condition): Sql =>
  all([
    ...(above === undefined ? [] : [sql(`AND x.low >${orEqual(above)} ?`, above.rank)]),
    ...(below === undefined ? [] : [sql(`AND x.low <${orEqual(below)} ?`, below.rank)]),
    ...(highBelow === undefined ? [] : [sql('AND x.high < ?', highBelow)]),
  ]);

/** Places `x` in which something holds at a point that may fulfil a condition, with the number `v` of its attribute. */
export const placesOf = (condition: Numbered, { day, position }: Point): Sql =>
  all([
    sql(
      `(VALUES ${condition.numbers.map((number) => `(${placeOf(number)}, ${number})`).join(', ')}) AS v
       CROSS JOIN places AS x ON x.attribute_from <= v.column1 AND x.attribute_to >= v.column1
       AND x.day_from <= ? AND x.day_to >= ? AND x.position_from <= ? AND x.position_to >= ?`,
      ...[day, day, position, position],
    ),
    ranked(condition),
  ]);

/** Whose something is: the agreement itself owns what is of no term. */
const OWNED = { agreement: '= 0', term: '> 0', either: '>= 0' } as const;

const PLACE = inPlaceId('x.id');
const HELD_THERE = `held AS h ON h.attribute = v.column2 AND h.agreement = ${PLACE.agreement}
  AND h.term = ${PLACE.term} AND h.rectangle = ${PLACE.rectangle}`;

/** Whether `places` say all there is to know of a condition; else `held` decides where ranks are equal. */
const isInPlaces = ({ above, below }: Condition): boolean =>
  above?.value === undefined && below?.value === undefined;

/**
 * Who fulfils a condition at a point, searched for over all agreements: rows of `agreement`, `term` and what is held,
 * as `low` and, where it is asked for, `value`.
 */
export const searched = (
  row: string,
  condition: Numbered,
  { point, withValue }: { point: Point; withValue: boolean },
): Sql => {
  const { agreement, term } = PLACE;
  const looksInto = withValue || !isInPlaces(condition);
  return all([
    sql(`(SELECT ${agreement} AS agreement, ${term} AS term, v.column2 AS attribute, x.low AS low`),
    sql(looksInto ? ', h.value AS value FROM' : 'FROM'),
    placesOf(condition, point),
    ...(looksInto ? [sql(`CROSS JOIN ${HELD_THERE}`), bounded('h', condition)] : []),
    sql(`AND ${term} ${OWNED[condition.of]}) AS ${row}`),
  ]);
};

/** Rows of one agreement, and of one term, that fulfil a condition at a point. */
export const fulfilled = (
  row: string,
  condition: Numbered,
  { point, agreement, term }: { point: Point; agreement: string; term?: string },
): Sql =>
  all([
    sql(`${row}.attribute IN ${among(condition.numbers)} AND ${row}.agreement = ${agreement}`),
    sql(`AND ${row}.term ${term === undefined ? OWNED[condition.of] : `= ${term}`}`),
    bounded(row, condition),
    heldAt(row, point),
  ]);

/** Only those agreements whose zones are asked at this point. */
export const zoned = (agreement: string, { zones }: Point): Sql => {
  if (zones === undefined) return sql('');
  const pairs = zones.map(() => '(?, ?)').join(', ');
  return sql(
    `AND ${agreement} IN (SELECT number FROM agreements WHERE (zone, zone_first) IN (VALUES ${pairs}))`,
    ...zones.flat(),
  );
};
