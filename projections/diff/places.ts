import type { TermId } from '#events/values.ts';
import type { TermState } from '../state.ts';
import { longestIncreasing } from './increasing.ts';
import type { Place } from './parts.ts';

/** Where terms stand on either side, and which of them keep their places. */
export type Places = {
  /** True for a term on both sides that others had to be moved around least for. */
  readonly stays: (termId: TermId) => boolean;
  readonly oldPlace: (termId: TermId) => Place;
  readonly newPlace: (termId: TermId) => Place;
  /** Sorts by the reading order of the new side; what is gone stands behind its old predecessor. */
  readonly rank: (termId: TermId) => readonly [number, number];
};

type Order = readonly TermId[];

const indices = (order: Order): ReadonlyMap<TermId, number> =>
  new Map(order.map((termId, at) => [termId, at]));

const place = (order: Order, at: number | undefined, termId: TermId): Place => {
  const after = at === undefined ? undefined : order[at - 1];
  return { termId, ...(after !== undefined && { after }) };
};

/** Comes first in an order of the two orders that does not depend on which is old and which is new. */
const smaller = (a: Order, b: Order): boolean => {
  const at = a.findIndex((termId, index) => termId !== b[index]);
  return (a[at] ?? '') <= (b[at] ?? '');
};

/** The most terms that are in the same order on both sides; the same ones whichever side is the old one. */
const staying = (old: Order, now: Order): ReadonlySet<TermId> => {
  const [first, second] = smaller(old, now) ? [old, now] : [now, old];
  const at = indices(first);
  const common = second.filter((termId) => at.has(termId));
  const kept = longestIncreasing(common.map((termId) => at.get(termId) ?? 0));
  return new Set(kept.flatMap((index) => common[index] ?? []));
};

/** For each old place the new place of the nearest term before it that is still there; -1 for none. */
const anchorsOf = (old: Order, now: ReadonlyMap<TermId, number>): readonly number[] => {
  const anchors: number[] = [];
  let last = -1;
  for (const termId of old) {
    anchors.push(last);
    last = now.get(termId) ?? last;
  }
  return anchors;
};

/** Compares the reading orders of two lists of terms; O(n log n). */
export const placesOf = (from: readonly TermState[], to: readonly TermState[]): Places => {
  const [old, now] = [from.map(({ termId }) => termId), to.map(({ termId }) => termId)];
  const [oldAt, newAt] = [indices(old), indices(now)];
  const kept = staying(old, now);
  const anchors = anchorsOf(old, newAt);
  return {
    stays: (termId) => kept.has(termId),
    oldPlace: (termId) => place(old, oldAt.get(termId), termId),
    newPlace: (termId) => place(now, newAt.get(termId), termId),
    rank: (termId) => {
      const at = newAt.get(termId);
      if (at !== undefined) return [at, 0];
      const gone = oldAt.get(termId) ?? 0;
      return [anchors[gone] ?? -1, gone + 1];
    },
  };
};
