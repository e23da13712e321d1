/** Which axis of time a difference lies on, where two points differ on both. */
import type { Axis, DiffEntry } from './entry.ts';
import type { StateDiff } from './terms.ts';

const aspectOf = ({ effect, certain }: DiffEntry): string => {
  if (effect === 'MOVED') return 'place';
  if (effect === 'SUSPENDED' || effect === 'RESUMED') return 'applies';
  return certain === undefined ? 'value' : 'certain';
};

/** What an entry is about: its terms; else the agreement's standing, its end, or a change still to come. */
const subjectsOf = ({ from, to, dates }: DiffEntry): readonly string[] => {
  const terms = new Set([...from, ...to].map(({ termId }) => `term ${termId}`));
  if (terms.size > 0) return [...terms];
  return dates.length === 0
    ? ['standing']
    : dates.map(({ what, changeId }) => `${what} ${changeId}`);
};

type Touched = { readonly subjects: ReadonlySet<string>; readonly aspects: ReadonlySet<string> };

const keysOf = (entry: DiffEntry): readonly string[] =>
  subjectsOf(entry).map((subject) => `${aspectOf(entry)} ${subject}`);

const touchedBy = ({ entries }: StateDiff): Touched => ({
  subjects: new Set(entries.flatMap(subjectsOf)),
  aspects: new Set(entries.flatMap(keysOf)),
});

const named = (restated: boolean, changed: boolean): Axis | undefined => {
  if (restated && changed) return 'BOTH';
  if (restated) return 'KNOWLEDGE';
  return changed ? 'EFFECTIVE' : undefined;
};

const axisOf = (entry: DiffEntry, restated: Touched, changed: Touched): Axis => {
  const [keys, subjects] = [keysOf(entry), subjectsOf(entry)];
  const inAspects = (touched: Touched) => keys.some((key) => touched.aspects.has(key));
  const inSubjects = (touched: Touched) => subjects.some((one) => touched.subjects.has(one));
  return (
    named(inAspects(restated), inAspects(changed)) ??
    named(inSubjects(restated), inSubjects(changed)) ??
    'BOTH'
  );
};

/**
 * Tells entry by entry what was restated from what changed in the deal. A third state stands between the two: the older
 * day as the newer knowledge sees it. What differs up to there was restated, what differs from there on changed; an
 * entry is held against both in the same respect (value, place, whether it applies, certainty).
 * @param restated from the older state to the one between
 * @param changed from the one between to the newer state
 */
export const toldApart = (diff: StateDiff, restated: StateDiff, changed: StateDiff): StateDiff => {
  const [before, after] = [touchedBy(restated), touchedBy(changed)];
  return {
    ...diff,
    entries: diff.entries.map((entry) => ({ ...entry, axis: axisOf(entry, before, after) })),
  };
};
