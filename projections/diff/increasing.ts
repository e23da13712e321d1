/**
 * Indices of a longest strictly increasing subsequence, in order; of several as long, the one whose
 * members are smallest from the back. O(n log n).
 * Source: M. Fredman, "On computing the length of longest increasing subsequences" (1975).
 */
export const longestIncreasing = (values: readonly number[]): readonly number[] => {
  const tails: number[] = [];
  const before = new Int32Array(values.length);
  for (const [index, value] of values.entries()) {
    const length = place(values, tails, value);
    before[index] = tails[length - 1] ?? -1;
    tails[length] = index;
  }
  return traced(before, tails);
};

/** How many of the runs end below the value; a new largest value is found without searching. */
const place = (values: readonly number[], tails: readonly number[], value: number): number => {
  const below = (at: number) => (values[tails[at] ?? -1] ?? 0) < value;
  if (tails.length === 0 || below(tails.length - 1)) return tails.length;
  let low = 0;
  let high = tails.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
};

const traced = (before: Int32Array, tails: readonly number[]): readonly number[] => {
  const members: number[] = new Array(tails.length);
  let at = tails[tails.length - 1] ?? -1;
  for (let slot = tails.length - 1; slot >= 0; slot--) {
    members[slot] = at;
    at = before[at] ?? -1;
  }
  return members;
};
