/** Something that one change does to another. */
export type Arrow<T> = { readonly from: T; readonly to: T };

/** Whether the arrows lead from one to the other. */
const leads = <T>(from: T, to: T, next: (at: T) => readonly T[]): boolean => {
  const seen = new Set([from]);
  // A set hands out what is added while it is walked.
  for (const at of seen) {
    for (const reached of next(at)) seen.add(reached);
    if (seen.has(to)) return true;
  }
  return false;
};

/**
 * Model §6.4: of a loop only the arrows from later to earlier positions count; outside loops all do.
 *
 * @param next where the arrows from a change lead
 * @param positionOf its place in the log
 */
export const counts = <T>(
  { from, to }: Arrow<T>,
  next: (at: T) => readonly T[],
  positionOf: (at: T) => number,
): boolean => positionOf(to) < positionOf(from) || (from !== to && !leads(to, from, next));
