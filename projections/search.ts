/** How many of some rising numbers are not above a limit. */
export const countUpTo = (rising: ArrayLike<number>, limit: number): number => {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rising[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};
