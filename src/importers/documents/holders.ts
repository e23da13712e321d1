import type { Bag, Words } from './words.ts';

/** What stands in more parts tells nothing of where one comes from. */
const COMMON = 12;

type Holder = { readonly words: Words };

/** For a bag the parts that share the most rare members with it, the most first. */
export const holdersOf = <H extends Holder>(
  holders: readonly H[],
  bagOf: (words: Words) => Bag,
): ((bag: Bag) => readonly H[]) => {
  const index = new Map<number, H[]>();
  for (const holder of holders) {
    for (const member of bagOf(holder.words).counts.keys()) {
      const list = index.get(member);
      if (list === undefined) index.set(member, [holder]);
      else list.push(holder);
    }
  }
  return ({ counts }) => {
    const votes = new Map<H, number>();
    for (const member of counts.keys()) {
      const some = index.get(member) ?? [];
      if (some.length > COMMON) continue;
      for (const holder of some) votes.set(holder, (votes.get(holder) ?? 0) + 1);
    }
    return [...votes].toSorted((a, b) => b[1] - a[1]).map(([holder]) => holder);
  };
};
