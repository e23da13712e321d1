import { applyPatch, parsePatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '#projections/diff/lines.ts';

const names = { from: 'old', to: 'new' };
const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', ' x', '-y', '+z', '@@', 'CR\r'), {
  maxLength: 30,
});
const file = (of: readonly string[]): string => of.map((line) => `${line}\n`).join('');

describe('a unified diff', () => {
  it('makes the one file of the other in an independent implementation', () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(3), (before, after, context) => {
        const patch = file(unifiedDiff(before, after, names, context));
        if (patch === '') expect(before).toEqual(after);
        else {
          const exactly = { autoConvertLineEndings: false };
          expect(applyPatch(file(before), patch, exactly)).toBe(file(after));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('has hunks with as many lines of context as asked for, and one where two would touch', () => {
    const before = Array.from({ length: 30 }, (_, n) => `line ${n}`);
    const after = before.with(5, 'five').with(12, 'twelve').with(25, 'later');
    const [patch] = parsePatch(file(unifiedDiff(before, after, names)));
    expect(patch?.hunks.map(({ oldStart, oldLines }) => [oldStart, oldLines])).toEqual([
      [3, 14],
      [23, 7],
    ]);
  });

  it('is nothing where the files are the same', () => {
    expect(unifiedDiff(['a'], ['a'], names)).toEqual([]);
  });
});
