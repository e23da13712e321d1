import { fewestEdits } from './myers.ts';
import { type FindAnchors, patience } from './patience.ts';
import { type Budget, type Region, type Sequences, trimmed } from './region.ts';

/** Steps that one comparison may take: so many per token, some more for short texts, and fewer for long ones. */
const stepsFor = (tokens: number): number =>
  Math.min(2_000_000, 50_000 + 64 * tokens) + 16 * tokens;

/** A gap within a gap within a gap: deeper nesting is left to the plain comparison. */
const DEEPEST = 32;

/**
 * The gaps between the tokens two sequences are held to have in common, in order, none touching the next:
 * common ends are cut off, what lies between is split at patience anchors, again and again, and where
 * there is none the fewest edits are taken. What the budget does not reach is deleted and inserted whole.
 * Time and memory are linear in the lengths.
 */
export const align = (sequences: Sequences): readonly Region[] => {
  const { a, b } = sequences;
  const anchors = patience(sequences);
  const budget = { left: stepsFor(a.length + b.length) };
  const gaps: Region[] = [];
  descend({ sequences, anchors, budget, gaps }, whole(a, b), 0);
  return gaps;
};

const whole = (a: Int32Array, b: Int32Array): Region => ({
  aFrom: 0,
  aTo: a.length,
  bFrom: 0,
  bTo: b.length,
});

type Work = {
  readonly sequences: Sequences;
  readonly anchors: FindAnchors;
  readonly budget: Budget;
  readonly gaps: Region[];
};

const descend = (work: Work, region: Region, depth: number): void => {
  const rest = trimmed(work.sequences, region);
  const n = rest.aTo - rest.aFrom;
  const m = rest.bTo - rest.bFrom;
  if (n === 0 && m === 0) return;
  if (n === 0 || m === 0 || work.budget.left <= 0) {
    add(work.gaps, rest);
    return;
  }
  if (depth < DEEPEST && split(work, rest, depth)) return;
  for (const gap of fewestEdits(work.sequences, rest, work.budget) ?? [rest]) add(work.gaps, gap);
};

/** Splits a region at its anchors; false when it has none. */
const split = (work: Work, region: Region, depth: number): boolean => {
  work.budget.left -= region.aTo - region.aFrom + (region.bTo - region.bFrom);
  const anchors = work.anchors(region);
  if (anchors.length === 0) return false;
  let { aFrom, bFrom } = region;
  for (const { a, b } of anchors) {
    if (a > aFrom || b > bFrom) descend(work, { aFrom, aTo: a, bFrom, bTo: b }, depth + 1);
    aFrom = a + 1;
    bFrom = b + 1;
  }
  descend(work, { ...region, aFrom, bFrom }, depth + 1);
  return true;
};

const add = (gaps: Region[], gap: Region): void => {
  const last = gaps.at(-1);
  if (last === undefined || last.aTo !== gap.aFrom || last.bTo !== gap.bFrom) gaps.push(gap);
  else gaps[gaps.length - 1] = { ...last, aTo: gap.aTo, bTo: gap.bTo };
};
