import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { kindAttribute, partyAttribute, TITLE } from '#projections/portfolio/held.ts';
import { Attributes } from './attributes.ts';
import { type Condition, conditionsOf } from './conditions.ts';
import { type List, pageSql, sortedBy, termsSql } from './list-sql.ts';
import {
  all,
  heldAt,
  type Numbered,
  type Point,
  type Sql,
  searched,
  sql,
  zoned,
} from './matching.ts';
import type { IndexPage, IndexQuestion, MatchedTerm, PortfolioRow } from './question.ts';
import { Rarity } from './rarity.ts';
import { matchedTerm, type Said, summaryOf } from './rows.ts';

type Row = { readonly [column: string]: unknown };

/** Statements that are kept prepared. */
const STATEMENTS = 200;

const EVERY: Condition = { of: 'agreement', attribute: { name: TITLE } };

/** Of what is held by an agreement or a term only that which its rows show; of terms, facts that are asked for. */
const TERM_FAMILIES =
  "SELECT number FROM attributes WHERE family IN ('kind', 'term-standing', 'evidence')";

/** Whom a change concerns besides its own agreement: who shares one of these parties and has one of these kinds. */
export type ImpactQuestion = {
  readonly agreementId: string;
  readonly parties: readonly string[];
  readonly kinds: readonly string[];
  readonly points: readonly Point[];
};

export type Impacted = {
  readonly agreementId: string;
  readonly title: string;
  /** The parties shared, in order of id. */
  readonly parties: readonly string[];
  /** The terms in force of those kinds, in order of id. */
  readonly terms: readonly { readonly termId: string; readonly kind: string }[];
};

/** Asks the index; everything within the caller's transaction. */
export class IndexReader {
  readonly #db: DatabaseSync;
  readonly #attributes: Attributes;
  /** By their texts: every row of a page asks the same of another agreement. */
  readonly #statements = new Map<string, StatementSync>();
  readonly #rarity = new Rarity((rows) => this.#all(rows));

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#attributes = new Attributes(db);
  }

  /** How SQLite goes about finding a page; for tests. */
  plan(question: IndexQuestion): readonly string[] {
    const list = this.#listOf(question);
    if (list === undefined) return [];
    const page = pageSql(list, question.points, question);
    const rows = this.#all({ ...page, text: `EXPLAIN QUERY PLAN ${page.text}` });
    return rows.map(({ detail }) => String(detail));
  }

  page(question: IndexQuestion): IndexPage {
    const { first, points } = question;
    const list = points.length === 0 ? undefined : this.#listOf(question);
    if (list === undefined) return { rows: [], totalCount: 0, hasNextPage: false };
    const found = this.#all(pageSql(list, points, { ...question, first: first + 1 }));
    const there = found.filter(({ number }) => number !== null);
    return {
      rows: there.slice(0, first).map((row) => this.#rowOf(row, list, points)),
      totalCount: Number(found[0]?.['total'] ?? 0),
      hasNextPage: there.length > first,
    };
  }

  impact({ agreementId, parties, kinds, points }: ImpactQuestion): readonly Impacted[] {
    const numbers = (names: readonly string[]) =>
      names.flatMap((name) => this.#attributes.numbers({ attribute: { name } }));
    const [party, kind] = [numbers(parties.map(partyAttribute)), numbers(kinds.map(kindAttribute))];
    if (party.length === 0 || kind.length === 0) return [];
    const rows = points.flatMap((point) =>
      this.#all(impactSql({ party, kind, agreementId }, point)),
    );
    const groups = Map.groupBy(rows, ({ id }) => String(id));
    return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(impacted);
  }

  #listOf({ filter, order, points }: IndexQuestion): List | undefined {
    const conditions = conditionsOf(filter);
    const wanted = conditions.length > 0 ? conditions : [EVERY];
    const numbered = wanted.map((condition) => this.#numbered(condition));
    if (numbered.some(({ numbers }) => numbers.length === 0)) return undefined;
    const [driver, ...others] = this.#rarity.rarestFirst(numbered, points);
    if (driver === undefined) return undefined;
    const fact = conditions[conditions.length - ofTerms(conditions)];
    const sort = sortedBy(order, fact);
    const asked = sort && numbered[wanted.indexOf(sort)];
    const sorted = asked ?? (sort && this.#numbered(sort));
    const hasValues = sorted !== undefined && sorted.numbers.length > 0;
    return { driver, others, order, ...(hasValues && { sort: sorted }) };
  }

  #numbered(condition: Condition): Numbered {
    return { ...condition, numbers: this.#attributes.numbers(condition) };
  }

  #rowOf(row: Row, list: List, points: readonly Point[]): PortfolioRow {
    const number = Number(row['number']);
    const zones = `${row['zone']} ${row['zone_first']}`;
    const point = points.find((one) => isIn(one, zones)) ?? points[0];
    if (point === undefined) throw new TypeError('nothing is asked without a point');
    const agreementId = String(row['id']);
    const value = row['value'] as string | number | null;
    return {
      agreementId,
      ...summaryOf(this.#saidBy(number, point)),
      terms: this.#termsOf(number, list, point),
      place: { id: agreementId, value },
    };
  }

  #termsOf(agreement: number, { driver, others }: List, point: Point): readonly MatchedTerm[] {
    const conditions = [driver, ...others].filter(({ of }) => of === 'term');
    const facts = conditions.flatMap(({ attribute, numbers }) =>
      'measure' in attribute || attribute.name.startsWith('fact ') ? numbers : [],
    );
    return this.#all(termsSql(conditions, point, agreement)).map(({ number, id }) => {
      const said = this.#saidOf({ agreement, term: Number(number), facts }, point);
      const asked = new Set(
        said.map(({ name }) => name).filter((name) => name.startsWith('fact ')),
      );
      return matchedTerm(String(id), said, asked);
    });
  }

  #saidBy(agreement: number, point: Point): readonly Said[] {
    return this.#said(sql('held.agreement = ? AND held.term = 0', agreement), point);
  }

  #saidOf(
    { agreement, term, facts }: { agreement: number; term: number; facts: readonly number[] },
    point: Point,
  ): readonly Said[] {
    const attributes = [TERM_FAMILIES, ...facts.map((number) => `SELECT ${number}`)];
    const those = `held.attribute IN (${attributes.join(' UNION ALL ')})`;
    const owner = 'held.agreement = ? AND held.term = ?';
    return this.#said(sql(`${owner} AND ${those}`, agreement, term), point);
  }

  #said(owner: Sql, point: Point): readonly Said[] {
    const rows = all([
      sql('SELECT name, value FROM held CROSS JOIN attributes ON number = attribute WHERE'),
      owner,
      heldAt('held', point),
    ]);
    return this.#all(rows).map(({ name, value }) => ({ name: String(name), value: String(value) }));
  }

  #all({ text, values }: Sql): readonly Row[] {
    const statement = this.#statements.get(text) ?? this.#db.prepare(text);
    if (this.#statements.size >= STATEMENTS) this.#statements.clear();
    this.#statements.set(text, statement);
    return statement.all(...values);
  }
}

const isIn = ({ zones }: Point, pair: string): boolean =>
  zones === undefined || zones.some((zone) => zone.join(' ') === pair);

/** How many of the last conditions are about terms. */
const ofTerms = (conditions: readonly Condition[]): number =>
  conditions.filter(({ of }) => of === 'term').length;

type Sharing = {
  readonly party: readonly number[];
  readonly kind: readonly number[];
  readonly agreementId: string;
};

const impactSql = ({ party, kind, agreementId }: Sharing, point: Point): Sql => {
  const shares: Numbered = { of: 'agreement', attribute: { name: '' }, numbers: party };
  const [kinds, title] = [heldAt('k', point), heldAt('h', point)];
  return all([
    sql(
      `SELECT a.id AS id, h.value AS title, w.name AS party, n.name AS kind, terms.id AS term FROM`,
    ),
    searched('p', shares, { point, withValue: false }),
    sql('CROSS JOIN agreements AS a ON a.number = p.agreement AND a.id <> ?', agreementId),
    sql(
      `CROSS JOIN held AS k ON k.agreement = p.agreement AND k.attribute IN (${kind.join(', ')}) AND k.term > 0`,
    ),
    kinds,
    sql('JOIN terms ON terms.agreement = k.agreement AND terms.number = k.term'),
    sql('JOIN attributes AS w ON w.number = p.attribute'),
    sql('JOIN attributes AS n ON n.number = k.attribute'),
    sql(
      `JOIN held AS h ON h.agreement = p.agreement AND h.term = 0
        AND h.attribute = (SELECT number FROM attributes WHERE name = ?)`,
      TITLE,
    ),
    title,
    sql('WHERE true'),
    zoned('p.agreement', point),
  ]);
};

const sorted = (texts: Iterable<unknown>): readonly string[] =>
  [...new Set([...texts].map(String))].toSorted();

const impacted = ([agreementId, rows]: readonly [string, readonly Row[]]): Impacted => {
  const kinds = new Map(rows.map(({ term, kind }) => [String(term), String(kind)]));
  const { title } = summaryOf([{ name: TITLE, value: String(rows[0]?.['title']) }]);
  return {
    agreementId,
    title,
    parties: sorted(rows.map(({ party }) => String(party).slice('party '.length))),
    terms: sorted(kinds.keys()).map((termId) => ({
      termId,
      kind: (kinds.get(termId) ?? '').slice('kind '.length),
    })),
  };
};
