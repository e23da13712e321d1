import { diffWords } from './diff/words.ts';

/** What two texts have in common; nothing where they were not compared (see {@link SharedWords}). */
export type Shares = {
  /** The part of the older prose that stands in the newer, 0 to 1; absent without older prose. */
  readonly kept?: number;
  /** The part of the newer prose that stood in the older, 0 to 1; absent without newer prose. */
  readonly taken?: number;
};

/** Work that one answer may take, in steps of a comparison: about a second where texts have nothing in common. */
const MOST_WORK = 6_000_000;

/** At most: a comparison tries each word on each, until it has tried enough, and reads every character. */
const workOf = (characters: number): number =>
  Math.min(characters ** 2 / 64, 50_000) + 3 * characters;

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;

/** How much two texts share: words by the word diff, weighed by their letters and digits. */
export const sharesOf = (older: string, newer: string): Shares => {
  const same = diffWords(older, newer)
    .filter(({ op }) => op === 'EQUAL')
    .reduce((sum, { text }) => sum + letters(text), 0);
  const [before, after] = [letters(older), letters(newer)];
  return {
    ...(before > 0 && { kept: rounded(same / before) }),
    ...(after > 0 && { taken: rounded(same / after) }),
  };
};

/** Tells {@link sharesOf} pair after pair until the work for one answer is done, and nothing from then on. */
export class SharedWords {
  #left: number;

  /** @param work see {@link MOST_WORK} */
  constructor(work = MOST_WORK) {
    this.#left = work;
  }

  between(older: string, newer: string): Shares {
    if (this.#left <= 0) return {};
    this.#left -= workOf(older.length + newer.length);
    return sharesOf(older, newer);
  }
}
