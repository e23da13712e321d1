import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '#render/html-text.ts';
import { markdownLine, textBlock } from '#render/markdown-text.ts';

const WHITE = ['\t', '\v', '\f', ' ', '\u00a0', '\u1680', '\u2003', '\u2028', '\u2029', '\ufeff'];
const piece = fc.constantFrom(
  ...WHITE,
  '\u180e',
  '\u200b',
  'a',
  '#',
  '-',
  '1.',
  '\u0000',
  '\ud800',
);
const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

/** A block in plain words: white space off by a pattern, a line that could be markup escaped, breaks marked. */
const slow = (lines: readonly string[]): readonly string[] => {
  const bare = lines.map((one) => one.replace(/^\s+|\s+$/gu, ''));
  const safe = bare.map((one) => one.replace(/^[#-]/, '\\$&').replace(/^1\./, '1\\.'));
  return safe.map((one, i) => (one === '' || (safe[i + 1] ?? '') === '' ? one : `${one}\\`));
};

describe('running text in Markdown', () => {
  it('loses the white space at both ends of each line and nothing else', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        expect(textBlock(lines)).toEqual(slow(lines));
      }),
    );
  });

  // With a pattern for the ends this takes a quarter of an hour.
  it('takes a megabyte of blanks between two words', () => {
    const long = `a${' '.repeat(1_000_000)}b`;
    expect(textBlock([long])).toEqual([long]);
    expect(markdownLine(long)).toBe(visible('a b'));
  });
});
