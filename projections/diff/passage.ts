import type { Words } from './changed-words.ts';

/** The words of both sides, numbered alike from 0 to `vocabulary - 1`. */
export type Sides = { readonly left: Words; readonly right: Words; readonly vocabulary: number };

/** A passage: words `[aFrom, aTo)` of the left side, which are `[bFrom, bTo)` on the right. */
export type Passage = {
  readonly aFrom: number;
  readonly aTo: number;
  readonly bFrom: number;
  readonly bTo: number;
};

/** How many words it has on either side. */
export const lengths = ({ aFrom, aTo, bFrom, bTo }: Passage) => [aTo - aFrom, bTo - bFrom] as const;

const add = (counts: Int32Array, id: number, by: 1 | -1): number => {
  const count = counts[id] ?? 0;
  counts[id] = count + by;
  return count;
};

/** Counts the words that two stretches have in common, each as often as it stands; linear in their length. */
export const commonWords = ({ left, right, vocabulary }: Sides) => {
  const counts = new Int32Array(vocabulary);
  return (of: Passage): number => {
    const here = left.ids.subarray(of.aFrom, of.aTo);
    const there = right.ids.subarray(of.bFrom, of.bTo);
    for (const id of here) add(counts, id, 1);
    const common = there.reduce((sum, id) => sum + (add(counts, id, -1) > 0 ? 1 : 0), 0);
    for (const id of here) counts[id] = 0;
    for (const id of there) counts[id] = 0;
    return common;
  };
};

type Stretch = (of: Passage) => readonly [from: number, to: number];
const inA: Stretch = ({ aFrom, aTo }) => [aFrom, aTo];
const inB: Stretch = ({ bFrom, bTo }) => [bFrom, bTo];

const size = (passage: Passage): number => lengths(passage)[0] + lengths(passage)[1];

/** For each word of a side the size of the largest passage it is in, negative where two are as large. */
const claims = (words: number, passages: readonly Passage[], stretch: Stretch): Int32Array => {
  const found = new Int32Array(words);
  const claim = (at: number, own: number) => {
    const most = Math.abs(found[at] ?? 0);
    if (own >= most) found[at] = own === most ? -own : own;
  };
  for (const passage of passages) {
    const [from, to] = stretch(passage);
    for (let at = from; at < to; at++) claim(at, size(passage));
  }
  return found;
};

/** Keeps of passages that share words the largest; none of them where two are as large. */
export const lone = (sides: Sides, passages: readonly Passage[]): readonly Passage[] => {
  const onA = claims(sides.left.ids.length, passages, inA);
  const onB = claims(sides.right.ids.length, passages, inB);
  return passages.filter((passage) => {
    const own = (claim: number) => claim === size(passage);
    return onA.subarray(...inA(passage)).every(own) && onB.subarray(...inB(passage)).every(own);
  });
};
