import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRAINS, piecesOf } from '#projections/diff/pieces.ts';
import { diffTexts, invertWords } from '#projections/diff/texts.ts';
import { diffWords, type WordHunk } from '#projections/diff/words.ts';
import { anyText, clause } from './random-texts.ts';

/** The text after the hunks, made of the text before them; what they say of it has to be so. */
const applied = (before: string, hunks: readonly WordHunk[]): string => {
  let at = 0;
  const parts = hunks.map(({ op, text }) => {
    if (op === 'INSERT') return text;
    expect(before.slice(at, at + text.length)).toBe(text);
    at += text.length;
    return op === 'EQUAL' ? text : '';
  });
  expect(at).toBe(before.length);
  return parts.join('');
};

/** Where each character that stays stands before, and where it stands after. */
const kept = (hunks: readonly WordHunk[]): ReadonlyMap<number, number> => {
  const places = new Map<number, number>();
  let [old, now] = [0, 0];
  for (const { op, text } of hunks) {
    if (op === 'EQUAL') {
      for (let by = 0; by < text.length; by++) places.set(old + by, now + by);
    }
    if (op !== 'INSERT') old += text.length;
    if (op !== 'DELETE') now += text.length;
  }
  return places;
};

const side = (hunks: readonly WordHunk[], without: 'INSERT' | 'DELETE') =>
  hunks.flatMap((hunk) => (hunk.op === without ? [] : [hunk.text])).join('');

const RUNS = { numRuns: 500 };

describe.each(GRAINS)('laws by %s', (by) => {
  test('what is not inserted is the old text, what is not deleted the new one, to the character', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const hunks = diffTexts(before, after, by);
        expect(side(hunks, 'INSERT')).toBe(before);
        expect(side(hunks, 'DELETE')).toBe(after);
      }),
      RUNS,
    );
  });

  test('a text is no different from itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(diffTexts(text, text, by).filter((hunk) => hunk.op !== 'EQUAL')).toEqual([]);
      }),
    );
  });

  test('the way back is the way there, turned round', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(diffTexts(after, before, by)).toEqual(invertWords(diffTexts(before, after, by)));
      }),
      RUNS,
    );
  });

  test('neighbours differ, deletions come before insertions, and no hunk is empty', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const hunks = diffTexts(before, after, by);
        hunks.forEach((hunk, at) => {
          const next = hunks[at + 1];
          expect(hunk.text).not.toBe('');
          expect([hunk.op, hunk.move]).not.toEqual([next?.op, next?.move]);
          if (hunk.op === 'INSERT') expect(next?.op).not.toBe('DELETE');
        });
      }),
      RUNS,
    );
  });

  test('two diffs one after the other lead from the first text to the third', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (first, second, third) => {
        const there = kept(diffTexts(first, second, by));
        const on = kept(diffTexts(second, third, by));
        // What stays through both, by its place in the first text and in the third.
        const both = [...there].flatMap(([from, via]) => {
          const to = on.get(via);
          return to === undefined ? [] : [[from, to] as const];
        });
        for (const [index, [from, to]] of both.entries()) {
          expect(first.charAt(from)).toBe(third.charAt(to));
          expect(to).toBeGreaterThan(both[index - 1]?.[1] ?? -1);
        }
        expect(
          applied(applied(first, diffTexts(first, second, by)), diffTexts(second, third, by)),
        ).toBe(third);
      }),
      { numRuns: 200 },
    );
  });
});

test('what stays between two changes has a word in it or ends a paragraph', () => {
  fc.assert(
    fc.property(clause, clause, (before, after) => {
      diffWords(before, after)
        .slice(1, -1)
        .filter((hunk) => hunk.op === 'EQUAL')
        .forEach((hunk) => {
          expect(hunk.text).toMatch(/[\p{L}\p{N}\p{M}]|\n\s*\n|\r\s*\r/u);
        });
    }),
    RUNS,
  );
});

/** The ends of the hunks on one side, but for those that are or touch a move, which may end within white space. */
const endsOf = (hunks: readonly WordHunk[], without: 'INSERT' | 'DELETE'): readonly number[] => {
  const own = hunks.filter(({ op }) => op !== without);
  return own.flatMap((hunk, at) => {
    if (hunk.move !== undefined || own[at + 1]?.move !== undefined) return [];
    return own.slice(0, at + 1).reduce((end, { text }) => end + text.length, 0);
  });
};

test('by sentences or paragraphs no sentence and no paragraph is cut through', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('SENTENCES', 'PARAGRAPHS'),
      anyText,
      anyText,
      (by, before, after) => {
        const hunks = diffTexts(before, after, by);
        const ends = (text: string) => {
          const pieces = piecesOf(text, by);
          return pieces.map((_, at) => pieces.slice(0, at + 1).join('').length);
        };
        expect(ends(before)).toEqual(expect.arrayContaining([...endsOf(hunks, 'INSERT')]));
        expect(ends(after)).toEqual(expect.arrayContaining([...endsOf(hunks, 'DELETE')]));
      },
    ),
    RUNS,
  );
});

test('neighbouring changed words make one phrase', () => {
  expect(diffWords('within sixty days, net', 'within thirty (30) weeks, net')).toEqual([
    { op: 'EQUAL', text: 'within ' },
    { op: 'DELETE', text: 'sixty days' },
    { op: 'INSERT', text: 'thirty (30) weeks' },
    { op: 'EQUAL', text: ', net' },
  ]);
});

test('a number is changed whole', () => {
  expect(diffWords('pay $13,000,000 now', 'pay $15,000,000 now')).toEqual([
    { op: 'EQUAL', text: 'pay $' },
    { op: 'DELETE', text: '13,000,000' },
    { op: 'INSERT', text: '15,000,000' },
    { op: 'EQUAL', text: ' now' },
  ]);
});

test('rewritten paragraphs stay apart', () => {
  const ops = diffWords('One thing.\n\nOther matter.', 'Some words!\n\nNew text!').map(
    (hunk) => hunk.op,
  );
  expect(ops).toEqual(['DELETE', 'INSERT', 'EQUAL', 'DELETE', 'INSERT']);
});

test('texts built to be hard still come back whole', () => {
  const words = Array.from({ length: 20_000 }, (_, at) => `w${(at * 7_919) % 601}`);
  const flips = (seed: number) => words.map((_, at) => ((at * at * seed) % 7 < 3 ? 'a' : 'b'));
  const pairs = [
    [words, words.toReversed()],
    [flips(3), flips(5)],
    [
      new Array(20_000).fill('x'),
      [...new Array(9_000).fill('x'), 'y', ...new Array(9_000).fill('x')],
    ],
  ].map((pair) => pair.map((side) => side.join(' ')));
  for (const [before = '', after = ''] of pairs) {
    const hunks = diffWords(before, after);
    expect(side(hunks, 'INSERT') === before && side(hunks, 'DELETE') === after).toBe(true);
  }
});
