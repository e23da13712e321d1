/** From one bound up to another, exclusive. */
export type Stretch<T> = { readonly from: T; readonly until?: T };

/** The stretches in which something holds, from whether it does from each of some bounds on; the last lies open. */
export const stretchesWhere = <T>(
  steps: readonly { readonly from: T; readonly holds: boolean }[],
): readonly Stretch<T>[] => {
  // A bound at which nothing changes is none.
  const turns = steps.filter(({ holds }, i) => holds !== (steps[i - 1]?.holds ?? false));
  return turns.flatMap(({ from, holds }, i) => {
    if (!holds) return [];
    const end = turns[i + 1];
    return { from, ...(end && { until: end.from }) };
  });
};
