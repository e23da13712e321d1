import type { Change } from './change.ts';
import type { Dated } from './dates.ts';

/** As much of a change as its place in the order depends on. */
export type Ordered = Pick<Dated, 'from' | 'executedOn'> & {
  readonly change: Pick<Change, 'weight' | 'position'>;
};

/** Model §6.5: start, execution, the instrument's proof weakest first, place in the log. */
export const inOrder = (a: Ordered, b: Ordered): number =>
  a.from - b.from ||
  a.executedOn - b.executedOn ||
  a.change.weight - b.change.weight ||
  a.change.position - b.change.position;

/** What a rectification stands behind: its target, else what that rectifies; undefined: none is here. */
export const standsBehind = (
  { target }: Dated,
  here: ReadonlySet<Dated['change']>,
): Dated['change'] | undefined => {
  if (target === undefined) return undefined;
  return here.has(target.change) ? target.change : standsBehind(target, here);
};

/** Each rectification right behind its target, where that is among them. */
export const behindTargets = (sorted: readonly Dated[]): readonly Dated[] => {
  const here = new Set(sorted.map((dated) => dated.change));
  const followers = new Map<Dated['change'], Dated[]>();
  const roots: Dated[] = [];
  for (const dated of sorted) {
    const target = standsBehind(dated, here);
    if (target === undefined) roots.push(dated);
    else followers.set(target, [...(followers.get(target) ?? []), dated]);
  }
  const withFollowers = (dated: Dated): readonly Dated[] => [
    dated,
    ...(followers.get(dated.change) ?? []).flatMap(withFollowers),
  ];
  return roots.flatMap(withFollowers);
};

/** All changes in their order. */
export const ordered = (view: readonly Dated[]): readonly Dated[] =>
  behindTargets(view.toSorted(inOrder));
