import { pairEdited } from './edited-parts.ts';
import { equalParts, NONE } from './equal-parts.ts';
import type { Part } from './part.ts';
import { type Regrouped, regrouped } from './regrouped.ts';
import { pairSimilar, type Read } from './similar-parts.ts';
import { WordReader } from './words.ts';

/** What became of the parts of one version in the next; parts are named by their index. */
export type Matching = {
  /** For each newer part the older one that it goes on from; undefined: it is new, or came by a split or a merger. */
  readonly origins: readonly (number | undefined)[];
  readonly splits: readonly { readonly from: number; readonly to: readonly number[] }[];
  readonly mergers: readonly { readonly from: readonly number[]; readonly to: number }[];
};

type Sides = { readonly before: readonly Part[]; readonly after: readonly Part[] };

const indexes = (reads: readonly Read[]): readonly number[] => reads.map(({ at }) => at);

/** The parts that say something else, and those that go on from nothing or into nothing; none without any to match. */
const changed = ({ before, after }: Sides, origins: Int32Array, reader: WordReader) => {
  const unchanged = new Set(origins);
  const olds = [...before.keys()].filter((at) => !unchanged.has(at));
  const news = [...after.keys()].filter((at) => origins[at] === NONE);
  if (olds.length === 0 || news.length === 0) return { olds: [], news: [] };
  const readAll = (parts: readonly Part[], places: readonly number[]) =>
    places.flatMap((at): readonly Read[] => {
      const part = parts[at];
      return part === undefined ? [] : [{ at, part, words: reader.read(part.text) }];
    });
  return { olds: readAll(before, olds), news: readAll(after, news) };
};

/** Splits and mergers take their parts out of the pairs that were made before. */
const settled = (
  origins: Int32Array,
  splits: readonly Regrouped[],
  mergers: readonly Regrouped[],
): Matching => {
  for (const { pieces } of splits) for (const { at } of pieces) origins[at] = NONE;
  for (const { whole } of mergers) origins[whole.at] = NONE;
  return {
    origins: Array.from(origins, (origin) => (origin === NONE ? undefined : origin)),
    splits: splits.map(({ whole, pieces }) => ({ from: whole.at, to: indexes(pieces) })),
    mergers: mergers.map(({ whole, pieces }) => ({ from: indexes(pieces), to: whole.at })),
  };
};

/**
 * Matches the parts of a version with those of the one before: first equal texts, wherever they stand, then like
 * ones (see {@link pairSimilar}); at last, what is left over shows where one part was split or several became
 * one. Each part is in one pair, split or merger at most. What is unchanged costs a comparison of texts, the rest
 * is linear in its words.
 *
 * @param reader one that read versions before knows much of what is read again
 */
export const matchParts = (
  before: readonly Part[],
  after: readonly Part[],
  reader = new WordReader(),
): Matching => {
  const origins = equalParts(before, after);
  pairEdited(before, after, origins);
  const { olds, news } = changed({ before, after }, origins, reader);
  if (olds.length === 0) return settled(origins, [], []);
  pairSimilar(olds, news, origins, before.length);
  const used = new Set(origins);
  const partner = new Map<number, Read>();
  for (const newer of news) partner.set(origins[newer.at] ?? NONE, newer);
  const looseNews = news.filter(({ at }) => origins[at] === NONE);
  const splits = regrouped(olds, looseNews, ({ at }) => partner.get(at));
  const taken = new Set(splits.flatMap(({ pieces }) => pieces));
  const oldAt = new Map(olds.map((read) => [read.at, read]));
  const looseOlds = olds.filter(({ at }) => !used.has(at));
  const mergers = regrouped(
    news.filter((newer) => !taken.has(newer)),
    looseOlds.filter((older) => !splits.some(({ whole }) => whole === older)),
    ({ at }) => oldAt.get(origins[at] ?? NONE),
  );
  return settled(origins, splits, mergers);
};
