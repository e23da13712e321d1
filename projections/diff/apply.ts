import type { TermId } from '#events/values.ts';
import type { TermState } from '../state.ts';
import type { DiffEntry } from './entry.ts';
import type { Place } from './parts.ts';
import type { StateDiff } from './terms.ts';

const FIRST = Symbol('before all terms');
type Spot = TermId | typeof FIRST;

const latest = (entries: readonly DiffEntry[]): ReadonlyMap<TermId, TermState> =>
  new Map(entries.flatMap(({ to }) => to).map((term) => [term.termId, term]));

/** Each term that takes a place, by the term it stands behind. No two stand behind the same one. */
const followers = (places: readonly Place[]): ReadonlyMap<Spot, TermId> =>
  new Map(places.map(({ termId, after = FIRST }) => [after, termId]));

/**
 * The terms of `to` from those of `from` and the diff between the two: in order, each with the value, the standing and
 * the dates it has there. What a diff does not compare stays as it was.
 */
export const applyDiff = (
  terms: readonly TermState[],
  { entries }: StateDiff,
): readonly TermState[] => {
  const now = latest(entries);
  const gone = new Set(entries.flatMap(({ leaves }) => leaves.map(({ termId }) => termId)));
  const behind = followers(entries.flatMap(({ takes }) => takes));
  const result: TermState[] = [];
  const follow = (spot: Spot) => {
    for (let next = behind.get(spot); next !== undefined; next = behind.get(next)) {
      const term = now.get(next);
      if (term !== undefined) result.push(term);
    }
  };
  follow(FIRST);
  for (const term of terms) {
    if (gone.has(term.termId)) continue;
    result.push(now.get(term.termId) ?? term);
    follow(term.termId);
  }
  return result;
};
