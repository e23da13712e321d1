import { FEWEST, type Words } from './changed-words.ts';
import { commonWords, lengths, lone, type Passage, type Sides } from './passage.ts';
import type { Run } from './shared-runs.ts';

/** How much of the words of the two sides has to be common (Jaccard, each word as often as it stands). */
export const NEAR = 0.8;
/** A passage that is neither a whole sentence nor a whole change on either side has to be as long as this, in words. */
const LONG = 8;

type Counting = Sides & { readonly common: (stretch: Passage) => number };
type Growing = { readonly passage: Passage; readonly common: number };

const nearEnough = ({ passage, common }: Growing): boolean => {
  const [a, b] = lengths(passage);
  return common / (a + b - common) >= NEAR;
};

const ofRun = ({ a, b, length }: Run): Growing => ({
  passage: { aFrom: a, aTo: a + length, bFrom: b, bTo: b + length },
  common: length,
});

/** A passage with the run behind it; undefined when that is elsewhere or too much lies between. */
const continued = (sides: Counting, growing: Growing, run: Run): Growing | undefined => {
  const { left, right } = sides;
  const { aFrom, aTo, bFrom, bTo } = growing.passage;
  if (left.textAt[aFrom] !== left.textAt[run.a] || right.textAt[bFrom] !== right.textAt[run.b]) {
    return undefined;
  }
  const overlap = Math.max(0, aTo - run.a, bTo - run.b);
  if (run.b < bFrom || overlap >= run.length) return undefined;
  const own = growing.common + run.length - overlap;
  const between = { aFrom: aTo, aTo: run.a + overlap, bFrom: bTo, bTo: run.b + overlap };
  if (Math.max(...lengths(between)) > own) return undefined;
  const next = {
    passage: { aFrom, aTo: run.a + run.length, bFrom, bTo: run.b + run.length },
    common: own + sides.common(between),
  };
  return nearEnough(next) ? next : undefined;
};

/** For each run, whether the run before it on the left is also the one before it on the right. */
const follows = (runs: readonly Run[]): readonly boolean[] => {
  const order = runs.map((_, at) => at).toSorted((x, y) => (runs[x]?.b ?? 0) - (runs[y]?.b ?? 0));
  const found = new Array<boolean>(runs.length).fill(false);
  order.forEach((at, rank) => {
    if (rank > 0 && order[rank - 1] === at - 1) found[at] = true;
  });
  return found;
};

const chained = (sides: Counting, runs: readonly Run[]): readonly Growing[] => {
  const following = follows(runs);
  const found: Growing[] = [];
  for (const [at, run] of runs.entries()) {
    const last = found.at(-1);
    const more = last && following[at] ? continued(sides, last, run) : undefined;
    if (more === undefined) found.push(ofRun(run));
    else found[found.length - 1] = more;
  }
  return found;
};

/** How many words lie between `at` and the nearest beginning of a sentence; infinite beyond `most`. */
const away = ({ begins }: Words, at: number, step: 1 | -1, most: number): number => {
  for (let words = 0; words <= most; words++) if (begins[at + step * words] === 1) return words;
  return Number.POSITIVE_INFINITY;
};

const drawnOut = (sides: Counting, growing: Growing, step: 1 | -1): Growing | undefined => {
  const { passage, common } = growing;
  const { aFrom, aTo, bFrom, bTo } = passage;
  const [atA, atB] = step === 1 ? [aTo, bTo] : [aFrom, bFrom];
  const onA = away(sides.left, atA, step, common);
  const onB = away(sides.right, atB, step, common);
  if (!Number.isFinite(onA + onB)) return undefined;
  const more =
    step === 1
      ? { aFrom: aTo, aTo: aTo + onA, bFrom: bTo, bTo: bTo + onB }
      : { aFrom: aFrom - onA, aTo: aFrom, bFrom: bFrom - onB, bTo: bFrom };
  const wider = step === 1 ? { aFrom, aTo: more.aTo, bFrom, bTo: more.bTo } : { ...more, aTo, bTo };
  return { passage: wider, common: common + sides.common(more) };
};

/** Draws a passage out to the ends of the sentences that it is most of, where it stays near enough. */
const grown = (sides: Counting, growing: Growing): Passage => {
  const before = drawnOut(sides, growing, -1);
  const behind = drawnOut(sides, growing, 1);
  const around = before && drawnOut(sides, before, 1);
  const wider = [around, before, behind].find((more) => more && nearEnough(more));
  return (wider ?? growing).passage;
};

const isWhole = ({ begins }: Words, from: number, to: number): boolean =>
  begins[from] === 1 && begins[to] === 1;

/** By how many words to draw an end of a passage in to where a sentence begins on both sides; none beyond `most`. */
const drawnIn = (
  { left, right }: Sides,
  [a, b]: readonly [number, number],
  step: 1 | -1,
  most: number,
) => {
  for (let words = 0; words <= most; words++) {
    const at = step * words;
    if (left.begins[a + at] === 1 && right.begins[b + at] === 1) return words;
    const [here, there] = step === 1 ? [a + at, b + at] : [a + at - 1, b + at - 1];
    if (left.ids[here] !== right.ids[there]) return 0;
  }
  return 0;
};

/** Leaves out what a passage has of the sentences before and behind it. */
const tidied = (sides: Sides, passage: Passage, most: number): Passage => {
  const { aFrom, aTo, bFrom, bTo } = passage;
  const before = drawnIn(sides, [aFrom, bFrom], 1, most);
  const behind = drawnIn(sides, [aTo, bTo], -1, most);
  if (before + behind + FEWEST > Math.min(...lengths(passage))) return passage;
  return { aFrom: aFrom + before, aTo: aTo - behind, bFrom: bFrom + before, bTo: bTo - behind };
};

/** Says whether a passage is one that a reader would call moved. */
const counts = (sides: Counting, passage: Passage, strict: boolean): boolean => {
  const shorter = Math.min(...lengths(passage));
  if (shorter < FEWEST || !nearEnough({ passage, common: sides.common(passage) })) return false;
  const onA = isWhole(sides.left, passage.aFrom, passage.aTo);
  const onB = isWhole(sides.right, passage.bFrom, passage.bTo);
  return strict ? onA && onB : onA || onB || shorter >= LONG;
};

/**
 * The passages that stand on both sides, each the only match of the other: at least three words, at least 4/5 of the
 * words common, and on one side (on both, when `strict`) a whole sentence or all that changed in a place, or else eight
 * words. In the order of the left side. Linear.
 */
export const passagesIn = (
  sides: Sides,
  runs: readonly Run[],
  strict: boolean,
): readonly Passage[] => {
  const counting = { ...sides, common: commonWords(sides) };
  const spilt = strict ? Number.POSITIVE_INFINITY : FEWEST - 1;
  const found = chained(counting, runs)
    .map((growing) => tidied(sides, grown(counting, growing), spilt))
    .filter((passage) => counts(counting, passage, strict));
  return lone(sides, found);
};
