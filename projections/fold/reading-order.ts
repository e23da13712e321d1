import type { TermId } from '#events/values.ts';
import type { Table } from './apply.ts';
import type { Live } from './terms.ts';

/** Compared from left to right; a beginning comes before what continues it. */
type Key = readonly number[];

const IN_ITS_PLACE = 0;
const BEHIND_IT = 1;

const compare = (a: Key, b: Key): number => {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/**
 * Model §6.11: behind `after`, else at the place of the first term it replaced, else by start and position.
 * Terms that are gone keep their places, so that what refers to them finds them.
 */
export const inReadingOrder = (table: Table): readonly TermId[] => {
  const keys = new Map<TermId, Key>();
  const ranks = new Map([...table.known.keys()].map((termId, rank) => [termId, rank]));
  // What is assumed has no place in the log: there the order in which the terms came decides.
  const own = ({ termId, since }: Live): Key => [
    since.from,
    since.change.position,
    since.change.brings.indexOf(termId),
    ranks.get(termId) ?? 0,
  ];
  const anchorOf = (termId: TermId): readonly [anchor: TermId, how: number] | undefined => {
    const after = table.known.get(termId)?.content.after;
    if (after !== undefined && table.known.has(after)) return [after, BEHIND_IT];
    const place = table.placeOf.get(termId);
    return place === undefined ? undefined : [place, IN_ITS_PLACE];
  };
  /** A term whose anchors lead back to it stands where it would without them. */
  const leadsBack = (termId: TermId): boolean => {
    const seen = new Set<TermId>();
    for (let at = anchorOf(termId)?.[0]; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      at = anchorOf(at)?.[0];
    }
    return seen.has(termId);
  };
  const key = (live: Live): Key => {
    const [anchor, how] = anchorOf(live.termId) ?? [];
    const base = anchor === undefined ? undefined : table.known.get(anchor);
    if (base === undefined || how === undefined || leadsBack(live.termId)) return own(live);
    return [...keyOf(base), how, ...own(live)];
  };
  const keyOf = (live: Live): Key => {
    const made = keys.get(live.termId) ?? key(live);
    keys.set(live.termId, made);
    return made;
  };
  const sorted = [...table.live.values()].toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  return sorted.map(({ termId }) => termId);
};
