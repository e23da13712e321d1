import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Condition } from './conditions.ts';

/** What attributes have in common: of facts what they measure, of all others what they are. */
const familyOf = (name: string): string => {
  const [what = '', factName = ''] = name.split(' ');
  return what === 'fact' ? `fact${name.slice(what.length + 1 + factName.length)}` : what;
};

/** The numbers that stand for attributes in the index. */
export class Attributes {
  readonly #insert: StatementSync;
  readonly #byName: StatementSync;
  readonly #byFamily: StatementSync;
  readonly #known = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT INTO attributes (name, family) VALUES (?, ?)');
    this.#byName = db.prepare('SELECT number FROM attributes WHERE name = ?');
    this.#byFamily = db.prepare('SELECT number FROM attributes WHERE family = ?');
  }

  /** The number of an attribute; it is given one where it has none. Within a transaction. */
  number(name: string): number {
    const known = this.#known.get(name) ?? this.#number(name);
    if (this.#known.size > 10_000) this.#known.clear();
    this.#known.set(name, known);
    return known;
  }

  /** Numbers may be given out in vain, where a transaction is rolled back. */
  forget(): void {
    this.#known.clear();
  }

  /** The numbers of all attributes that a condition is about; none: nothing fulfils it. */
  numbers({ attribute }: Pick<Condition, 'attribute'>): readonly number[] {
    const found =
      'name' in attribute
        ? this.#byName.all(attribute.name)
        : this.#byFamily.all(`fact ${attribute.measure}`);
    return found.map(({ number }) => Number(number));
  }

  #number(name: string): number {
    const row = this.#byName.get(name);
    if (row !== undefined) return Number(row['number']);
    return Number(this.#insert.run(name, familyOf(name)).lastInsertRowid);
  }
}
