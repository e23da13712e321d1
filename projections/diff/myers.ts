import type { Budget, Region, Sequences } from './region.ts';

/** The largest number of edits looked for in one region; bounds the memory to about 2 MB. */
const MOST_EDITS = 1_000;

/**
 * Furthest reaching `x` by edits `d` and diagonal `k`: row `d` begins at `d (d + 1) / 2` and holds the diagonals
 * -d, -d + 2 … d.
 */
type Rows = Int32Array<ArrayBuffer>;

const rowStart = (d: number): number => (d * (d + 1)) / 2;

/** The rows with room for row `d`. */
const opened = (rows: Rows, d: number): Rows => {
  if (rowStart(d + 1) <= rows.length) return rows;
  const wider = new Int32Array(rows.length * 2);
  wider.set(rows);
  return wider;
};

/** True when the best way onto the diagonal at `place` of row `d` is an insertion (a step down). */
const stepsDown = (rows: Rows, d: number, place: number): boolean => {
  const before = rowStart(d - 1) + place;
  return place === 0 || (place !== d && (rows[before - 1] ?? 0) < (rows[before] ?? 0));
};

const entry = (rows: Rows, d: number, place: number): number => {
  if (d === 0) return 0;
  const before = rowStart(d - 1) + place;
  return stepsDown(rows, d, place) ? (rows[before] ?? 0) : (rows[before - 1] ?? 0) + 1;
};

/** Fills row `d`; true when the region's end is reached. */
const advance = (sequences: Sequences, region: Region, [rows, d]: readonly [Rows, number]) => {
  const { a, b } = sequences;
  const { aFrom, bFrom } = region;
  const n = region.aTo - aFrom;
  const m = region.bTo - bFrom;
  const row = rowStart(d);
  let walked = 0;
  for (let place = 0; place <= d; place++) {
    const k = 2 * place - d;
    const start = entry(rows, d, place);
    let x = start;
    while (x < n && x - k < m && a[aFrom + x] === b[bFrom + x - k]) x++;
    walked += x - start + 1;
    rows[row + place] = x;
    if (x >= n && x - k >= m) return { done: true, walked };
  }
  return { done: false, walked };
};

/** Walks back over the rows and gives the runs of tokens between the edits, last first, as gaps in order. */
const gapsOf = (rows: Rows, edits: number, region: Region): readonly Region[] => {
  const gaps: Region[] = [];
  let k = region.aTo - region.aFrom - (region.bTo - region.bFrom);
  for (let d = edits; d > 0; d--) {
    const place = (k + d) / 2;
    const x = entry(rows, d, place);
    const down = stepsDown(rows, d, place);
    const gap = {
      aFrom: region.aFrom + (down ? x : x - 1),
      aTo: region.aFrom + x,
      bFrom: region.bFrom + x - k - (down ? 1 : 0),
      bTo: region.bFrom + x - k,
    };
    k += down ? 1 : -1;
    prepend(gaps, gap);
  }
  return gaps.reverse();
};

/** Gaps that touch are one; they come from the back. */
const prepend = (gaps: Region[], gap: Region): void => {
  const next = gaps.at(-1);
  if (next === undefined || next.aFrom !== gap.aTo || next.bFrom !== gap.bTo) gaps.push(gap);
  else gaps[gaps.length - 1] = { ...next, aFrom: gap.aFrom, bFrom: gap.bFrom };
};

/**
 * The stretches to delete and insert in a region, with as few tokens in them as can be; undefined when
 * that takes more than {@link MOST_EDITS} edits or than the budget has left. What it walks is spent.
 * Source: E. Myers, "An O(ND) difference algorithm and its variations" (1986), §4.
 */
export const fewestEdits = (
  sequences: Sequences,
  region: Region,
  budget: Budget,
): readonly Region[] | undefined => {
  let rows = new Int32Array(1_024);
  for (let d = 0; d <= MOST_EDITS && budget.left > 0; d++) {
    rows = opened(rows, d);
    const { done, walked } = advance(sequences, region, [rows, d]);
    budget.left -= walked;
    if (done) return gapsOf(rows, d, region);
  }
  return undefined;
};
