import type { Dated } from './dates.ts';

/** Model §6.5: start, execution, the instrument's proof weakest first, place in the log. */
export const inOrder = (a: Dated, b: Dated): number =>
  a.from - b.from ||
  a.executedOn - b.executedOn ||
  a.change.weight - b.change.weight ||
  a.change.position - b.change.position;

/** All changes in their order, each rectification right behind its target. */
export const ordered = (view: readonly Dated[]): readonly Dated[] => {
  const inView = new Set(view.map((dated) => dated.change));
  const followers = new Map<Dated['change'], Dated[]>();
  const roots: Dated[] = [];
  for (const dated of view.toSorted(inOrder)) {
    const target = dated.target?.change;
    if (target === undefined || !inView.has(target)) roots.push(dated);
    else followers.set(target, [...(followers.get(target) ?? []), dated]);
  }
  const withFollowers = (dated: Dated): readonly Dated[] => [
    dated,
    ...(followers.get(dated.change) ?? []).flatMap(withFollowers),
  ];
  return roots.flatMap(withFollowers);
};
