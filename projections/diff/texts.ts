import { renumbered, withMoves } from './moves.ts';
import type { Grain } from './pieces.ts';
import { diffWords, turned, type WordHunk } from './words.ts';

/**
 * What became of a text by words, by whole sentences or by whole paragraphs, with what moved in it. EQUAL and DELETE
 * hunks together are `before`, EQUAL and INSERT are `after`, to the character. Between two EQUAL hunks all DELETE come
 * before all INSERT, and hunks side by side differ in `op` or in `move`. Linear in the texts.
 */
export const diffTexts = (before: string, after: string, by: Grain): readonly WordHunk[] =>
  withMoves([diffWords(before, after, by)], by)[0] ?? [];

/** The way back: what {@link diffTexts} says of the same texts the other way round. */
export const invertWords = (hunks: readonly WordHunk[]): readonly WordHunk[] =>
  renumbered([turned(hunks)])[0] ?? [];

const sideOf = (hunks: readonly WordHunk[], without: WordHunk['op']): string =>
  hunks.flatMap(({ op, text }) => (op === without ? [] : [text])).join('');

/** Several comparisons told anew by words, whole sentences or whole paragraphs; what moved may have moved between them. */
export const retold = (
  texts: readonly (readonly WordHunk[])[],
  by: Grain,
): readonly (readonly WordHunk[])[] => {
  if (by === 'WORDS') return texts;
  const told = texts.map((hunks) =>
    hunks.length === 0 ? [] : diffWords(sideOf(hunks, 'INSERT'), sideOf(hunks, 'DELETE'), by),
  );
  return withMoves(told, by);
};
