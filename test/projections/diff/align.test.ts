import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { align } from '#projections/diff/align.ts';
import { longestIncreasing } from '#projections/diff/increasing.ts';
import { fewestEdits } from '#projections/diff/myers.ts';
import { patience } from '#projections/diff/patience.ts';
import type { Region } from '#projections/diff/region.ts';
import { lcsLength } from './lcs.ts';

const VOCABULARY = 12;
const tokens = fc.array(fc.nat(VOCABULARY - 1), { maxLength: 40 });

const sequences = (a: readonly number[], b: readonly number[]) => ({
  a: Int32Array.from(a),
  b: Int32Array.from(b),
  vocabulary: VOCABULARY,
});
const whole = (a: readonly number[], b: readonly number[]): Region => ({
  aFrom: 0,
  aTo: a.length,
  bFrom: 0,
  bTo: b.length,
});

/** What stands between the gaps, seen from either side. */
const between = (a: readonly number[], b: readonly number[], gaps: readonly Region[]) => {
  const left: number[] = [];
  const right: number[] = [];
  let [atA, atB] = [0, 0];
  for (const gap of [...gaps, { aFrom: a.length, aTo: 0, bFrom: b.length, bTo: 0 }]) {
    left.push(...a.slice(atA, gap.aFrom));
    right.push(...b.slice(atB, gap.bFrom));
    [atA, atB] = [gap.aTo, gap.bTo];
  }
  return { left, right };
};

const commonTokens = (a: readonly number[], b: readonly number[], gaps: readonly Region[]) => {
  const { left, right } = between(a, b, gaps);
  expect(left).toEqual(right);
  return left.length;
};

describe('fewest edits', () => {
  test('as many tokens stay as the longest common subsequence has', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const gaps = fewestEdits(sequences(a, b), whole(a, b), { left: 1e6 });
        expect(commonTokens(a, b, gaps ?? [])).toBe(lcsLength(a, b));
      }),
      { numRuns: 300 },
    );
  });

  test('a spent budget gives no answer instead of a slow one', () => {
    const [a, b] = [Array.from({ length: 40 }, (_, i) => i % 2), new Array(40).fill(2)];
    expect(fewestEdits(sequences(a, b), whole(a, b), { left: 30 })).toBeUndefined();
  });
});

describe('alignment', () => {
  test('what is left between the gaps is the same on both sides, and gaps never touch', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const gaps = align(sequences(a, b));
        commonTokens(a, b, gaps);
        gaps.slice(1).forEach((gap, at) => {
          expect(gap.aFrom).toBeGreaterThan(gaps[at]?.aTo ?? 0);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('with no token that stands once on either side it is the longest common subsequence', () => {
    // The ends differ, so nothing is cut off, and what is common stands more than once.
    const twoTokens = fc.array(fc.constantFrom(0, 1), { minLength: 12, maxLength: 40 });
    fc.assert(
      fc.property(twoTokens, twoTokens, (x, y) => {
        const [a, b] = [
          [2, ...x, 2],
          [3, ...y, 3],
        ];
        const often = (side: number[]) =>
          [0, 1].every((v) => side.filter((s) => s === v).length > 1);
        fc.pre(often(a) && often(b));
        expect(commonTokens(a, b, align(sequences(a, b)))).toBe(lcsLength(a, b));
      }),
      { numRuns: 300 },
    );
  });

  test('a token that stands once on either side stays, though others could stay in its stead', () => {
    const [a, b] = [
      [1, 1, 1, 9],
      [9, 1, 1, 1],
    ];
    expect(between(a, b, align(sequences(a, b))).left).toEqual([9]);
  });

  test('never fewer tokens stay than the anchors of the trimmed whole', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        fc.pre(a[0] !== b[0] && a.at(-1) !== b.at(-1));
        const anchors = patience(sequences(a, b))(whole(a, b));
        const kept = commonTokens(a, b, align(sequences(a, b)));
        expect(kept).toBeGreaterThanOrEqual(anchors.length);
        expect(kept).toBeLessThanOrEqual(lcsLength(a, b));
      }),
    );
  });
});

describe('patience', () => {
  test('anchors stand once on either side and in one order', () => {
    fc.assert(
      fc.property(tokens, tokens, (a, b) => {
        const once = (side: number[], value: number | undefined) =>
          side.filter((other) => other === value).length === 1;
        const anchors = patience(sequences(a, b))(whole(a, b));
        anchors.forEach((anchor, at) => {
          expect(a[anchor.a]).toBe(b[anchor.b]);
          expect(once(a, a[anchor.a]) && once(b, b[anchor.b])).toBe(true);
          expect(anchor.a).toBeGreaterThan(anchors[at - 1]?.a ?? -1);
          expect(anchor.b).toBeGreaterThan(anchors[at - 1]?.b ?? -1);
        });
      }),
    );
  });

  test('a longest increasing subsequence is as long as what sorting and comparing finds', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 30 }), (values) => {
        const members = longestIncreasing(values).map((at) => values[at] ?? -1);
        const sorted = [...new Set(values)].sort((x, y) => x - y);
        expect(members).toEqual([...new Set(members)].sort((x, y) => x - y));
        expect(members.length).toBe(lcsLength(values, sorted));
      }),
    );
  });
});
