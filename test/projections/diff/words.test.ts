import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffWords, invertWords, type WordHunk } from '#projections/diff/words.ts';

const word = fc.constantFrom(
  'shall',
  'pay',
  'Azure',
  '60',
  'days',
  ' ',
  ' ',
  ' ',
  ' ',
  '\r\n',
  '\n\n',
  '\t',
  ',',
  '.',
  '| ',
  '(',
  ')',
  'e\u0301',
  '契約',
  'שלום',
  'مرحبا',
  '👩‍⚖️',
  "party's",
  '\u00a0',
);
const clause = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
const anyText = fc.oneof(clause, fc.string({ unit: 'binary', maxLength: 30 }), fc.string());

const side = (hunks: readonly WordHunk[], without: 'INSERT' | 'DELETE') =>
  hunks.flatMap((hunk) => (hunk.op === without ? [] : [hunk.text])).join('');

describe('laws of the word diff', () => {
  test('what is not inserted is the old text, what is not deleted the new one, to the character', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const hunks = diffWords(before, after);
        expect(side(hunks, 'INSERT')).toBe(before);
        expect(side(hunks, 'DELETE')).toBe(after);
      }),
      { numRuns: 500 },
    );
  });

  test('a text is no different from itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(diffWords(text, text).filter((hunk) => hunk.op !== 'EQUAL')).toEqual([]);
      }),
    );
  });

  test('the way back is the way there, turned round', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        expect(diffWords(after, before)).toEqual(invertWords(diffWords(before, after)));
      }),
      { numRuns: 500 },
    );
  });

  test('neighbours differ, a deletion comes before its insertion, and no hunk is empty', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const hunks = diffWords(before, after);
        hunks.forEach((hunk, at) => {
          expect(hunk.text).not.toBe('');
          expect(hunk.op).not.toBe(hunks[at + 1]?.op);
          if (hunk.op === 'INSERT') expect(hunks[at + 1]?.op).not.toBe('DELETE');
        });
      }),
      { numRuns: 500 },
    );
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
      { numRuns: 500 },
    );
  });
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
