import type { ChangeId } from '#events/values.ts';

type Arrow = { readonly from: ChangeId; readonly to: ChangeId };

const reaches = (from: ChangeId, to: ChangeId, arrows: readonly Arrow[]): boolean => {
  const seen = new Set([from]);
  // A set hands out what is added while it is walked.
  for (const at of seen) {
    for (const arrow of arrows) if (arrow.from === at) seen.add(arrow.to);
  }
  return seen.has(to);
};

/** Of a loop only the arrows from later to earlier positions count; all others do. */
export const counting = <A extends Arrow>(
  arrows: readonly A[],
  positionOf: (id: ChangeId) => number,
): A[] =>
  arrows.filter(({ from, to }) => positionOf(from) > positionOf(to) || !reaches(to, from, arrows));
