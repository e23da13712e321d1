import type { Bag, Words } from './words.ts';

/** What stands in no more parts tells where one comes from. */
const RARE = 12;
/** Where little is rare, so many of the rarest members are asked, up to those that stand in so many parts. */
const RAREST = 8;
const FREQUENT = 100;

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
    const lists = [...counts.keys()].flatMap((member) => {
      const list = index.get(member);
      return list === undefined || list.length > FREQUENT ? [] : [list];
    });
    const rare = lists.filter(({ length }) => length <= RARE);
    const enough = rare.length >= RAREST;
    const asked = enough ? rare : lists.toSorted(byLength).slice(0, RAREST);
    const votes = new Map<H, number>();
    for (const list of asked) {
      for (const holder of list) votes.set(holder, (votes.get(holder) ?? 0) + 1);
    }
    return [...votes].toSorted((a, b) => b[1] - a[1]).map(([holder]) => holder);
  };
};

const byLength = (a: readonly unknown[], b: readonly unknown[]): number => a.length - b.length;
