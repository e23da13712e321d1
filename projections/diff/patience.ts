import { longestIncreasing } from './increasing.ts';
import type { Region, Sequences } from './region.ts';

/** A token of `a` and the token of `b` it is held to be. */
export type Anchor = { readonly a: number; readonly b: number };

/** Finds the anchors of a region of two sequences; keeps two arrays of the vocabulary's size. */
export type FindAnchors = (region: Region) => readonly Anchor[];

const ABSENT = 0;
const OFTEN = -1;

/** Index + 1 of each token that stands once in `[from, to)`; {@link OFTEN} where it stands again. */
const mark = (seen: Int32Array, ids: Int32Array, [from, to]: readonly [number, number]): void => {
  for (let at = from; at < to; at++) {
    const id = ids[at] ?? 0;
    seen[id] = seen[id] === ABSENT ? at + 1 : OFTEN;
  }
};

const forget = (seen: Int32Array, ids: Int32Array, [from, to]: readonly [number, number]): void => {
  for (let at = from; at < to; at++) seen[ids[at] ?? 0] = ABSENT;
};

/**
 * Patience anchors: tokens that stand exactly once on either side, with the same `context` behind or before them, and
 * of these a longest set that is in the same order on both. A call costs the region's length (and u log u for u such tokens).
 * Source: B. Cohen's patience diff, https://bramcohen.livejournal.com/73318.html
 */
export const patience = ({ a, b, vocabulary, context = 0 }: Sequences): FindAnchors => {
  const inA = new Int32Array(vocabulary);
  const inB = new Int32Array(vocabulary);

  const alike = (left: number, right: number, step: 1 | -1): boolean => {
    for (let by = step; Math.abs(by) <= context; by += step) {
      if (a[left + by] === undefined || a[left + by] !== b[right + by]) return false;
    }
    return true;
  };
  const inContext = (left: number, right: number): boolean =>
    alike(left, right, 1) || alike(left, right, -1);

  const shared = ({ bFrom, bTo }: Region): readonly Anchor[] => {
    const found: Anchor[] = [];
    for (let at = bFrom; at < bTo; at++) {
      const id = b[at] ?? 0;
      const other = inA[id] ?? ABSENT;
      if (other <= 0 || inB[id] === OFTEN || !inContext(other - 1, at)) continue;
      found.push({ a: other - 1, b: at });
    }
    return found;
  };

  return (region) => {
    mark(inA, a, [region.aFrom, region.aTo]);
    mark(inB, b, [region.bFrom, region.bTo]);
    const found = shared(region);
    forget(inA, a, [region.aFrom, region.aTo]);
    forget(inB, b, [region.bFrom, region.bTo]);
    return longestIncreasing(found.map((anchor) => anchor.a)).flatMap((at) => found[at] ?? []);
  };
};
