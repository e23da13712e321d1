import type { Row } from './row.ts';

/** Something that a row leans on: who strikes, corrects or retracts it may alter more than the row. */
export type Named = `${'change' | 'event' | 'paper'}:${string}`;

const leansOn = ({ event, home }: Row): readonly Named[] => [
  `change:${event.data.changeId}`,
  `event:${event.id}`,
  `paper:${event.data.instrumentId}`,
  ...(home === undefined ? [] : [`event:${home.id}` as const]),
];

/** Which terms rows are tied to by the names that they lean on. */
export class Ties {
  readonly #touched = new Set<Named>();
  /** Filled when a name is first touched: in most histories nothing is struck or corrected. */
  #leaning: Map<Named, Set<string>> | undefined;

  /** Whether something that a row leans on was touched before. */
  isTouched(row: Row): boolean {
    return this.#touched.size > 0 && leansOn(row).some((name) => this.#touched.has(name));
  }

  /** Notes what a row leans on, where anybody asks for that. */
  lean(row: Row, termId: string): void {
    if (this.#leaning === undefined) return;
    for (const name of leansOn(row)) {
      const terms = this.#leaning.get(name);
      if (terms === undefined) this.#leaning.set(name, new Set([termId]));
      else terms.add(termId);
    }
  }

  /**
   * The terms whose rows lean on a name.
   *
   * @param all the rows noted so far, each with its term
   */
  touch(name: Named, all: () => Iterable<readonly [Row, string]>): Iterable<string> {
    this.#touched.add(name);
    if (this.#leaning === undefined) {
      this.#leaning = new Map();
      for (const [row, termId] of all()) this.lean(row, termId);
    }
    return this.#leaning.get(name) ?? [];
  }
}
