import { all, type Numbered, type Point, placesOf, type Sql, sql } from './matching.ts';

/** Beyond so many places conditions are not told apart by how few they find. */
const SAMPLE = 10_000;

/** Conditions whose counts are kept. */
const COUNTS = 200;

/** So few may be many more elsewhere: they are counted again. */
const FEW = 200;

type Ask = (rows: Sql) => readonly { readonly [column: string]: unknown }[];

/**
 * Which of several conditions finds the least: a search begins with it. SQLite keeps no statistics on an rtree. Where a
 * condition found many once, that is taken for what it finds at any point; where it finds another share by then, the
 * answer is the same and may come later.
 */
export class Rarity {
  readonly #ask: Ask;
  readonly #counts = new Map<string, number>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The condition first that finds the fewest places; the others as they are. */
  rarestFirst(conditions: readonly Numbered[], [point]: readonly Point[]): readonly Numbered[] {
    if (point === undefined || conditions.length === 1) return conditions;
    const counted = conditions.map((condition) => ({
      condition,
      count: this.#count(condition, point),
    }));
    const rarest = counted.reduce((a, b) => (b.count < a.count ? b : a)).condition;
    return [rarest, ...conditions.filter((condition) => condition !== rarest)];
  }

  #count(condition: Numbered, point: Point): number {
    const key = JSON.stringify(condition);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const count = this.#counted(condition, point);
    if (count < FEW) return count;
    if (this.#counts.size >= COUNTS) this.#counts.clear();
    this.#counts.set(key, count);
    return count;
  }

  #counted(condition: Numbered, point: Point): number {
    const places = all([sql('SELECT 1 FROM'), placesOf(condition, point), sql(`LIMIT ${SAMPLE}`)]);
    const [row] = this.#ask(all([sql('SELECT count(*) AS count FROM ('), places, sql(')')]));
    return Number(row?.['count'] ?? 0);
  }
}
