import type { TermId } from '#events/values.ts';
import type { Table } from './apply.ts';

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
  const open = new Set<TermId>();
  const own = (termId: TermId): Key => {
    const since = table.brought.get(termId)?.since;
    if (since === undefined) return [];
    return [since.from, since.change.position, since.change.brings.indexOf(termId)];
  };
  const anchored = (termId: TermId): Key => {
    const { after } = table.live.get(termId)?.content ?? table.brought.get(termId)?.content ?? {};
    if (after !== undefined && isAnchor(after)) return [...key(after), BEHIND_IT, ...own(termId)];
    const place = table.placeOf.get(termId);
    if (place !== undefined && isAnchor(place))
      return [...key(place), IN_ITS_PLACE, ...own(termId)];
    return own(termId);
  };
  const isAnchor = (termId: TermId) => table.brought.has(termId) && !open.has(termId);
  // A loop of anchors is cut where it closes.
  const key = (termId: TermId): Key => {
    const known = keys.get(termId);
    if (known !== undefined) return known;
    open.add(termId);
    const made = anchored(termId);
    open.delete(termId);
    keys.set(termId, made);
    return made;
  };
  return [...table.live.keys()].toSorted((a, b) => compare(key(a), key(b)));
};
