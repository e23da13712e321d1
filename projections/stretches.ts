/** From one bound up to another, exclusive; what is absent lies open. */
export type Stretch<T> = { readonly from?: T; readonly until?: T };

/**
 * The stretches in which something holds, from whether it does from each of some bounds on. The last lies open; so does
 * the first where it begins with the step without a bound, which stands for all that lies before the others.
 */
export const stretchesWhere = <T extends object | string>(
  steps: readonly { readonly from: T | undefined; readonly holds: boolean }[],
): readonly Stretch<T>[] => {
  // A bound at which nothing changes is none.
  const turns = steps.filter(({ holds }, i) => holds !== (steps[i - 1]?.holds ?? false));
  return turns.flatMap(({ from, holds }, i): readonly Stretch<T>[] => {
    if (!holds) return [];
    const until = turns[i + 1]?.from;
    return [{ ...(from !== undefined && { from }), ...(until !== undefined && { until }) }];
  });
};
