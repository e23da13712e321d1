/** A place to read on from: 0 is the beginning. @throws RangeError for what can't be a place */
export const checkCursor = (after = 0): number => {
  if (Number.isSafeInteger(after) && after >= 0) return after;
  throw new RangeError(`A place in the log is 0 or a whole number above it, not ${after}.`);
};
