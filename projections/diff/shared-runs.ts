import { END, FEWEST, type Words } from './changed-words.ts';

/** A run of `length` words that stands at `a` on the one side and at `b` on the other. */
export type Run = { readonly a: number; readonly b: number; readonly length: number };

const hash = (ids: Int32Array, at: number): number => {
  let mixed = 0x811c9dc5;
  for (let word = at; word < at + FEWEST; word++) {
    mixed = Math.imul(mixed ^ (ids[word] ?? END), 0x01000193);
    mixed ^= mixed >>> 15;
  }
  return mixed >>> 0;
};

const isWhole = (ids: Int32Array, at: number): boolean => {
  for (let word = at; word < at + FEWEST; word++) if ((ids[word] ?? END) === END) return false;
  return true;
};

const ABSENT = 0;
const OFTEN = -1;

/** The places + 1 of three words in a row that stand once on a side; {@link OFTEN} where they stand again. */
class Triples {
  readonly #ids: Int32Array;
  readonly #places: Int32Array;
  readonly #first: Int32Array;
  readonly #mask: number;

  constructor(ids: Int32Array) {
    let size = 16;
    while (size < 2 * ids.length) size *= 2;
    this.#ids = ids;
    this.#mask = size - 1;
    this.#first = new Int32Array(size);
    this.#places = new Int32Array(size);
    for (let at = 0; at < ids.length; at++) {
      if (!isWhole(ids, at)) continue;
      const slot = this.#slot(ids, at);
      this.#places[slot] = this.#places[slot] === ABSENT ? at + 1 : OFTEN;
      this.#first[slot] ||= at + 1;
    }
  }

  /** Where the three words are kept, or would be. */
  #slot(ids: Int32Array, at: number): number {
    let slot = hash(ids, at) & this.#mask;
    while (this.#first[slot] !== 0 && !this.#same((this.#first[slot] ?? 0) - 1, ids, at)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #same(own: number, ids: Int32Array, at: number): boolean {
    for (let by = 0; by < FEWEST; by++) if (this.#ids[own + by] !== ids[at + by]) return false;
    return true;
  }

  /** The one place of these words here; undefined when they stand nowhere or more than once. */
  place(ids: Int32Array, at: number): number | undefined {
    const found = this.#places[this.#slot(ids, at)] ?? ABSENT;
    return found > 0 ? found - 1 : undefined;
  }
}

const isSame = (left: Words, right: Words, a: number, b: number): boolean =>
  (left.ids[a] ?? END) !== END && left.ids[a] === right.ids[b];

const extended = (left: Words, right: Words, [a, b]: readonly [number, number]): Run => {
  let [back, length] = [0, FEWEST];
  while (isSame(left, right, a - back - 1, b - back - 1)) back++;
  while (isSame(left, right, a + length, b + length)) length++;
  return { a: a - back, b: b - back, length: length + back };
};

/**
 * The longest runs of words around any three in a row that stand once on either side, in the order of the left
 * side. Words that are repeated belong to a run through words that are not; a word to two runs at most, so that time and
 * memory are linear.
 */
export const sharedRuns = (left: Words, right: Words): readonly Run[] => {
  const [inLeft, inRight] = [new Triples(left.ids), new Triples(right.ids)];
  const runs: Run[] = [];
  for (let a = 0; a < left.ids.length; a++) {
    if (!isWhole(left.ids, a)) continue;
    const b = inRight.place(left.ids, a);
    if (b === undefined || inLeft.place(left.ids, a) === undefined) continue;
    const last = runs.at(-1);
    const known = last !== undefined && a < last.a + last.length && a - b === last.a - last.b;
    if (!known) runs.push(extended(left, right, [a, b]));
  }
  return runs;
};
