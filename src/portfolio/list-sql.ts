import { ENDS_ON, TERMS, TITLE } from '#projections/portfolio/held.ts';
import type { Condition } from './conditions.ts';
import type { PortfolioOrder } from './filter.ts';
import {
  all,
  fulfilled,
  type Numbered,
  type Point,
  type Sql,
  searched,
  sql,
  zoned,
} from './matching.ts';
import type { Place } from './question.ts';

/** Everything that a list is asked for, in numbers of the index. */
export type List = {
  /** The condition that is searched by. */
  readonly driver: Numbered;
  readonly others: readonly Numbered[];
  /** What the order goes by: the very `driver`, where the search goes by the same; undefined: by id. */
  readonly sort?: Numbered;
  readonly order: PortfolioOrder;
};

/** What is ordered by, besides ids; a fact asked for where the order goes by facts. */
export const sortedBy = (
  { by }: PortfolioOrder,
  fact: Condition | undefined,
): Condition | undefined => {
  if (by === 'FACT') return fact;
  if (by === 'TITLE') return { of: 'agreement', attribute: { name: TITLE }, byValue: true };
  if (by === 'ENDS_ON') return { of: 'agreement', attribute: { name: ENDS_ON } };
  return by === 'TERMS' ? { of: 'agreement', attribute: { name: TERMS } } : undefined;
};

const isOfTerm = ({ of }: Condition): boolean => of === 'term';
const exists = (rows: Sql): Sql => all([sql('EXISTS (SELECT 1 FROM'), rows, sql(')')]);

/** The name of the row whose term all conditions on terms are about; undefined: none is. */
const termRow = ({ driver, others }: List): 'd' | 't' | undefined => {
  if (isOfTerm(driver)) return 'd';
  return others.some(isOfTerm) ? 't' : undefined;
};

/** What else must be held beside the rows found: by the agreement, or by their term. */
const alsoHeld = (list: List, point: Point): readonly Sql[] => {
  const row = termRow(list);
  const first = row === 't' ? list.others.find(isOfTerm) : undefined;
  return list.others
    .filter((condition) => condition !== first)
    .map((condition) => {
      const term = isOfTerm(condition) ? { term: `${row}.term` } : {};
      const rows = fulfilled('o', condition, { point, agreement: 'd.agreement', ...term });
      return all([sql('AND'), exists(all([sql('held AS o WHERE'), rows]))]);
    });
};

const firstTerm = (list: List, point: Point): Sql => {
  const first = termRow(list) === 't' ? list.others.find(isOfTerm) : undefined;
  if (first === undefined) return sql('');
  const rows = fulfilled('t', first, { point, agreement: 'd.agreement' });
  return all([sql('CROSS JOIN held AS t ON'), rows]);
};

const columnOf = ({ byValue }: Condition): 'value' | 'low' => (byValue === true ? 'value' : 'low');
const pickOf = ({ order }: List): 'max' | 'min' => (order.descending === true ? 'max' : 'min');

/** The value to order by, of the term found; that of the agreement is looked up once it is found. */
const termValue = (list: List, point: Point): Sql => {
  const { driver, sort } = list;
  if (sort === undefined || !isOfTerm(sort)) return sql('NULL');
  if (sort === driver) return sql(`d.${columnOf(sort)}`);
  const rows = fulfilled('s', sort, {
    point,
    agreement: 'd.agreement',
    term: `${termRow(list)}.term`,
  });
  return all([
    sql(`(SELECT ${pickOf(list)}(s.${columnOf(sort)}) FROM held AS s WHERE`),
    rows,
    sql(')'),
  ]);
};

/** The value to order by, of the agreement found. */
const agreementValue = ({ sort }: List, point: Point): Sql => {
  if (sort === undefined || isOfTerm(sort)) return sql('found.value');
  const rows = fulfilled('s', sort, { point, agreement: 'found.number' });
  return all([sql(`(SELECT s.${columnOf(sort)} FROM held AS s WHERE`), rows, sql('LIMIT 1)')]);
};

/** Whether an agreement is found once at most: it has one standing, and no term is asked for. */
const findsOnce = (list: List): boolean =>
  list.driver.of === 'agreement' && list.driver.numbers.length === 1 && termRow(list) === undefined;

/** The agreements found, each once. */
const foundAt = (list: List, point: Point): Sql => {
  const { driver, sort } = list;
  const once = findsOnce(list);
  const withValue = sort === driver && columnOf(sort) === 'value';
  const value = termValue(list, point);
  return all([
    sql('SELECT d.agreement AS number,'),
    once ? value : all([sql(`${pickOf(list)}(`), value, sql(')')]),
    sql('AS value FROM'),
    searched('d', driver, { point, withValue }),
    firstTerm(list, point),
    sql('WHERE true'),
    zoned('d.agreement', point),
    ...alsoHeld(list, point),
    sql(once ? '' : 'GROUP BY d.agreement'),
  ]);
};

const matchedAt = (list: List, point: Point): Sql =>
  all([
    sql('SELECT number,'),
    agreementValue(list, point),
    sql('AS value FROM ('),
    foundAt(list, point),
    sql(') AS found'),
  ]);

const MATCHED = 'WITH matched (number, value) AS MATERIALIZED (';

/** What lies behind a place: nothing comes behind what has no value but what has none either, with a later id. */
const behind = ({ by, descending }: PortfolioOrder, after: Place | undefined): Sql => {
  if (after === undefined) return sql('');
  const { id, value } = after;
  const sign = descending === true ? '<' : '>';
  if (by === 'ID') return sql(`WHERE a.id ${sign} ?`, id);
  if (value === null) return sql('WHERE m.value IS NULL AND a.id > ?', id);
  return sql(
    `WHERE (m.value IS NULL OR m.value ${sign} ? OR (m.value = ? AND a.id > ?))`,
    ...[value, value, id],
  );
};

const orderBy = ({ by, descending }: PortfolioOrder): string => {
  const way = descending === true ? 'DESC' : 'ASC';
  return by === 'ID' ? `a.id ${way}` : `m.value IS NULL, m.value ${way}, a.id`;
};

/** The agreements of one page with their places, each with how many there are in all; one row without one where none is. */
export const pageSql = (
  list: List,
  points: readonly Point[],
  { first, after }: { readonly first: number; readonly after?: Place | undefined },
): Sql =>
  all([
    sql(MATCHED),
    all(
      points.map((point) => matchedAt(list, point)),
      ' UNION ALL ',
    ),
    sql(`) SELECT total, number, id, zone, zone_first, value FROM (SELECT count(*) AS total FROM matched)
      LEFT JOIN (SELECT a.number, a.id, a.zone, a.zone_first, m.value
        FROM matched AS m CROSS JOIN agreements AS a ON a.number = m.number`),
    behind(list.order, after),
    sql(`ORDER BY ${orderBy(list.order)} LIMIT ?) ON true`, first),
  ]);

/** The terms of an agreement that fulfil all that is asked of one, in order of id. */
export const termsSql = (conditions: readonly Numbered[], point: Point, agreement: number): Sql => {
  const [first, ...others] = conditions.filter(isOfTerm);
  if (first === undefined) return sql('SELECT 0 AS number, NULL AS id WHERE false');
  const owner = 'one.agreement';
  const rest = others.map((condition) => {
    const rows = fulfilled('o', condition, { point, agreement: owner, term: 't.term' });
    return all([sql('AND'), exists(all([sql('held AS o WHERE'), rows]))]);
  });
  return all([
    sql(
      `WITH one (agreement) AS (VALUES (?)) SELECT DISTINCT terms.number, terms.id
        FROM one CROSS JOIN held AS t
        CROSS JOIN terms ON terms.agreement = one.agreement AND terms.number = t.term WHERE`,
      agreement,
    ),
    fulfilled('t', first, { point, agreement: owner }),
    ...rest,
    sql('ORDER BY terms.id'),
  ]);
};
