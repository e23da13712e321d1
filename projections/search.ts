/** How many from the first on something is true of; of all behind those it is not. */
export const countWhile = <T>(all: readonly T[], isTrue: (one: T) => boolean): number => {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = all[middle];
    if (one !== undefined && isTrue(one)) low = middle + 1;
    else high = middle;
  }
  return low;
};

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
