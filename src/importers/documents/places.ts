import type { TermId } from '#events/values.ts';

/**
 * Where a term stands in the reading order of the fold (model §6.11): behind the term it names, else in the place
 * of the first term it replaced, else by the order in which terms came. One that names itself stands by that, too.
 */
export type Place = {
  readonly termId: TermId;
  /** Rises with each term that comes in. */
  readonly rank: number;
  readonly after?: TermId;
  readonly inPlaceOf?: TermId;
};

/** Every term that ever was: those that are gone keep their places. */
export type Places = ReadonlyMap<TermId, Place>;

/** The term that a place hangs on, if any. */
export const anchorOf = ({ termId, after, inPlaceOf }: Place): TermId | undefined => {
  const anchor = after ?? inPlaceOf;
  return anchor === termId ? undefined : anchor;
};

const side = ({ after, inPlaceOf }: Place): number =>
  after === undefined && inPlaceOf !== undefined ? 0 : 1;

/** Of two that hang on the same term: negative when the first stands before the second. */
export const compareBeside = (a: Place, b: Place): number => side(a) - side(b) || a.rank - b.rank;

/** All terms in reading order, those that are gone in their places. */
export const inOrder = (places: Places): readonly TermId[] => {
  const hanging = Map.groupBy(places.values(), anchorOf);
  const waiting: Place[] = [];
  const push = (anchor: TermId | undefined) => {
    const beside = hanging.get(anchor) ?? [];
    for (const place of beside.toSorted((a, b) => compareBeside(b, a))) waiting.push(place);
  };
  const found: TermId[] = [];
  push(undefined);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    found.push(next.termId);
    push(next.termId);
  }
  return found;
};
