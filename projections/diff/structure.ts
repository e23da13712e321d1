import type { TermState } from '../state.ts';

/** How much of two texts' pairs of words must be common (Jaccard) for them to be held the same clause. */
const NEAR = 0.8;
/** A pair that stands in more terms of a side says nothing about one of them. */
const RARE = 8;

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Ids stay below 2^26, so that a pair of them is one exact number. */
const PAIR = 2 ** 26;

/** Numbers things in the order in which they are first seen. */
const numbering = <K>() => {
  const known = new Map<K, number>();
  return (thing: K): number => {
    const number = known.get(thing) ?? known.size;
    known.set(thing, number);
    return number;
  };
};

type Print = ReadonlySet<number>;

/** The set of pairs of neighbouring words in a text, within one kind of term; a single word is paired with nothing. */
const printer = () => {
  const word = numbering<string>();
  const kindOf = numbering<string>();
  const within = numbering<number>();
  return ({ value }: TermState): Print => {
    const kind = kindOf(value.kind);
    // 0 is no word.
    const ids =
      (value.prose ?? '')
        .toLowerCase()
        .match(WORD)
        ?.map((text) => word(text) + 1) ?? [];
    const found = new Set<number>();
    for (let at = 0; at < Math.max(Math.min(1, ids.length), ids.length - 1); at++) {
      const pair = (ids[at] ?? 0) * PAIR + (ids[at + 1] ?? 0);
      found.add(within(pair) * PAIR + kind);
    }
    return found;
  };
};

const holders = (prints: readonly Print[]): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, number[]>();
  prints.forEach((print, at) => {
    for (const pair of print) {
      const same = found.get(pair);
      if (same === undefined) found.set(pair, [at]);
      else same.push(at);
    }
  });
  return found;
};

type Scores = Map<number, Map<number, number>>;

const score = (scores: Scores, of: number, other: number): void => {
  const row = scores.get(of) ?? new Map<number, number>();
  row.set(other, (row.get(other) ?? 0) + 1);
  scores.set(of, row);
};

/** The one other with the highest score; undefined when two share it. */
const best = (row: ReadonlyMap<number, number> | undefined): number | undefined => {
  let [found, high]: [number | undefined, number] = [undefined, 0];
  for (const [other, points] of row ?? []) {
    if (points === high) found = undefined;
    if (points > high) [found, high] = [other, points];
  }
  return found;
};

const jaccard = (a: Print, b: Print): number => {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return common / (a.size + b.size - common);
};

/**
 * Terms of one kind whose prose is nearly the same under another id: each the other's only best fit by
 * rare pairs of neighbouring words, and 4/5 of all pairs common. Doubtful ones stay unmatched; terms without prose
 * do. Linear in the number of words.
 */
export const nearlyTheSame = (
  from: readonly TermState[],
  to: readonly TermState[],
): readonly (readonly [TermState, TermState])[] => {
  const print = printer();
  const [olds, news] = [from.map(print), to.map(print)];
  const [inOld, inNew] = [holders(olds), holders(news)];
  const [forOld, forNew]: [Scores, Scores] = [new Map(), new Map()];
  for (const [pair, left] of inOld) {
    const right = inNew.get(pair) ?? [];
    if (left.length > RARE || right.length > RARE) continue;
    for (const a of left) {
      for (const b of right) {
        score(forOld, a, b);
        score(forNew, b, a);
      }
    }
  }
  return from.flatMap((term, a) => {
    const b = best(forOld.get(a));
    if (b === undefined || best(forNew.get(b)) !== a) return [];
    const [old, now, other] = [olds[a], news[b], to[b]];
    if (old === undefined || now === undefined || other === undefined) return [];
    return jaccard(old, now) >= NEAR ? [[term, other] as const] : [];
  });
};
